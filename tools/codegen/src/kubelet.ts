import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "node:https";
import { startKubelet } from "@kubelet-conformance/reference-server";

/** A reference kubelet as the programs find it, and what they must print. */
export interface Target {
  /** KUBELET_SERVER, KUBELET_CA (a file) and KUBELET_TOKEN; the CA once more as Node's fetch takes it. */
  variables: Record<string, string>;
  expected: string;
  stop(): Promise<void>;
}

/** The pod that no kubelet has: the answer to its checkpoint is a 404 on every minor, of the gate or of the pod. */
const checkpoint = "/checkpoint/default/no-such-pod/none";

/** Starts the kubelet of a minor, and asks it itself what the programs are to ask. */
export async function startTarget(minor: string, directory: string): Promise<Target> {
  const token = randomUUID();
  const kubelet = await startKubelet({
    kubernetesVersion: minor,
    tokens: [{ token, name: "codegen", uid: "codegen", groups: ["system:masters"] }],
  });
  const authority = join(directory, "ca.pem");
  writeFileSync(authority, kubelet.caCertificate);
  const ask = (method: string, path: string): Promise<{ status: number; body: string }> =>
    answer(kubelet.urls.main + path, { method, ca: kubelet.caCertificate, token });
  const [health, pods, refusal] = [await ask("GET", "/healthz"), await ask("GET", "/pods"), await ask("POST", checkpoint)];
  // The reference kubelet's own PodList.
  const { items } = JSON.parse(pods.body) as { items: { metadata: { name: string } }[] };
  return {
    variables: { KUBELET_SERVER: kubelet.urls.main, KUBELET_CA: authority, KUBELET_TOKEN: token, NODE_EXTRA_CA_CERTS: authority },
    expected: report({
      healthz: health.body,
      pods: items.map(({ metadata }) => metadata.name),
      checkpoint: { status: refusal.status, text: refusal.body },
    }),
    stop: () => kubelet.stop(),
  };
}

/** What every program prints. */
export function report(told: { healthz: string; pods: readonly string[]; checkpoint: { status: number; text: string } }): string {
  const { healthz, pods, checkpoint: refused } = told;
  return `healthz: ${healthz}\npods: ${pods.join(" ")}\ncheckpoint: ${refused.status} ${refused.text.trimEnd()}\n`;
}

async function answer(
  url: string,
  { method, ca, token }: { method: string; ca: string; token: string },
): Promise<{ status: number; body: string }> {
  return new Promise((settle, fail) => {
    const asked = request(url, { method, ca, agent: false, headers: { authorization: `Bearer ${token}` } }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.once("end", () => settle({ status: response.statusCode ?? 0, body }));
      response.once("error", fail);
    });
    asked.once("error", fail);
    asked.end();
  });
}
