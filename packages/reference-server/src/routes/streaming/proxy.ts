import type { Duplex } from "node:stream";
import { httpError } from "../../http/answers.ts";
import { pairs } from "../../http/headers.ts";
import type { KubeletAnswer, KubeletRequest } from "../../http/message.ts";
import type { RuntimeAnswer } from "./runtime-answer.ts";
import { canonicalName, dialForUpgrade, forwardedRequest, type UpgradeRequest } from "./upgrade-dial.ts";
import { isUpgrade } from "./upgrade-request.ts";

/** What to do with the runtime's 101. */
type OnUpgrade = (answer: RuntimeAnswer, runtime: Duplex) => KubeletAnswer;

/**
 * Passes a client's upgrade request on to the URL that the runtime gave, and its answer back (apimachinery's UpgradeAwareHandler with
 * upgradeRequired): after a 101 bytes go both ways until one side ends.
 */
export async function proxyUpgrade(request: KubeletRequest, url: string): Promise<KubeletAnswer> {
  return proxyAs(request, url, forwardedRequest(request), (answer, runtime) => ({
    status: 101,
    headers: pairs(answer.headers),
    body: "",
    takeOver(client) {
      // What came before the answer is lost: the handler takes the connection, and not what was read of it (http.Hijacker).
      client.read();
      return splice(client, runtime);
    },
  }));
}

/** The same with a request of the kubelet's own making. */
export async function proxyAs(request: KubeletRequest, url: string, upgrade: UpgradeRequest, onUpgrade: OnUpgrade): Promise<KubeletAnswer> {
  if (!isUpgrade(request)) return httpError(500, "Upgrade request required");
  try {
    const { answer, connection } = await dialOrExplain(url, upgrade);
    if (answer.status === 101) return onUpgrade(answer, connection);
    return answer.status < 400 ? httpError(500, `invalid upgrade response: status code ${answer.status}`) : relayed(answer);
  } catch (error) {
    return httpError(500, error instanceof Error ? error.message : String(error));
  }
}

async function dialOrExplain(url: string, upgrade: UpgradeRequest) {
  try {
    return await dialForUpgrade(new URL(url), upgrade);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // Only a connection that was never made is called a failed dial.
    throw new Error(/^(?:dial |unknown scheme)/.test(text) ? `error dialing backend: ${text}` : text, { cause: error });
  }
}

/** A refusal of the runtime, written as Go's http.Response.Write does; the connection ends. */
function relayed({ status, headers, body, isChunked }: RuntimeAnswer): KubeletAnswer {
  const own = pairs(headers)
    .map(([name, value]) => [canonicalName(name), value] as const)
    .filter(([name]) => !["Content-Length", "Transfer-Encoding", "Trailer"].includes(name))
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const length = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === "content-length");
  const saysClose = own.some(([name, value]) => name === "Connection" && value.toLowerCase() === "close");
  const framing = isChunked
    ? ([["Transfer-Encoding", "chunked"]] as const)
    : length >= 0
      ? body.length > 0
        ? ([["Content-Length", String(body.length)]] as const)
        : []
      : saysClose
        ? []
        : ([["Connection", "close"]] as const);
  const empty = length >= 0 && body.length === 0 && !isChunked ? ([["Content-Length", "0"]] as const) : [];
  const chunks = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n0\r\n\r\n")]);
  return {
    status,
    headers: [...framing, ...own, ...empty],
    body: isChunked ? chunks : body,
    takeOver: () => Promise.resolve(),
  };
}

/** Copies both ways until either side ends, then ends both. */
export async function splice(client: Duplex, runtime: Duplex): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const side of [client, runtime]) side.once("end", resolve).once("close", resolve).once("error", resolve);
  client.pipe(runtime, { end: false });
  runtime.pipe(client, { end: false });
  await promise;
  client.unpipe(runtime);
  runtime.unpipe(client);
  client.end();
  runtime.end(() => runtime.destroy());
}
