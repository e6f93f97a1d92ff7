import { writePem } from "@kubelet-conformance/control-plane";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { KubeletOptions, RunningKubelet } from "../options.ts";

/** Says where the kubelet serves and, when it made its own client certificate, how to call it: two lines to paste. */
export async function introduce(kubelet: RunningKubelet, { rootDirectory, certDirectory }: KubeletOptions): Promise<void> {
  const { urls, nodeName, adminCredentials } = kubelet;
  const lines = [`reference-kubelet ${kubelet.kubernetesVersion} of node ${nodeName} serves at ${urls.main}`];
  if (urls.readOnly !== undefined) lines.push(`read-only: ${urls.readOnly}`);
  if (urls.healthz !== undefined) lines.push(`healthz:   ${urls.healthz}`);
  lines.push(`root directory: ${kubelet.rootDirectory}${rootDirectory === undefined ? " (removed on exit)" : ""}`);
  if (adminCredentials !== undefined) {
    const directory = certDirectory ?? join(kubelet.rootDirectory, "pki");
    await mkdir(directory, { recursive: true });
    const path = (name: string) => join(directory, name);
    await writePem(path("ca.crt"), kubelet.caCertificate);
    await writePem(path("client.crt"), adminCredentials.cert);
    await writePem(path("client.key"), adminCredentials.key);
    const curl = `curl --cacert ${path("ca.crt")} --cert ${path("client.crt")} --key ${path("client.key")}`;
    lines.push("", `${curl} ${urls.main}/pods`);
    const pod = `sample-${nodeName}`;
    lines.push(`${curl} -X POST ${urls.main}/checkpoint/default/${pod}/counter`);
  }
  process.stdout.write(`${lines.join("\n")}\n`);
}
