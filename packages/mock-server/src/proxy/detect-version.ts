import { minorOf, type Minor } from "@kubelet-conformance/spec";
import { describeFailure } from "./failure.ts";
import { ProxyError } from "./proxy-error.ts";
import type { Upstream } from "./upstream.ts";

/** The minor of the kubelet behind the proxy, as its metrics say; undefined when it does not say so to us. Throws a ProxyError when it gives no answer. */
export async function detectMinor(upstream: Upstream, seconds = 10): Promise<Minor | undefined> {
  const version = await new Promise<string | undefined>((resolve, reject) => {
    const request = upstream.open("GET", "/metrics");
    request.setHeader("Host", upstream.host);
    const late = (): unknown => request.destroy(new Error(`it sent no metrics within ${seconds} seconds; is this a kubelet's port?`));
    const timer = setTimeout(late, 1000 * seconds);
    // Also where it changes the protocol unasked.
    request.once("close", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    if (upstream.token !== undefined) request.setHeader("Authorization", `Bearer ${upstream.token}`);
    request.once("error", (error) => reject(new ProxyError(describeFailure(error, upstream), { cause: error })));
    request.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        const found = /^kubernetes_build_info\{.*?git_version="([^"]+)"/m.exec(text)?.[1];
        if (found === undefined && text.length < longest) return;
        resolve(found);
        request.destroy();
      });
      response.once("error", () => resolve(undefined));
    });
    request.end();
  });
  return version === undefined ? undefined : minorOf(version);
}

/** Characters of metrics; the version stands somewhere in the first hundreds of KiB. */
const longest = 4 * 1024 * 1024;
