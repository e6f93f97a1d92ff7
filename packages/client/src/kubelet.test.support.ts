import type { Credentials } from "@kubelet-conformance/control-plane";
import { type KubeletOptions, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { onTestFinished } from "vitest";
import { createKubeletClient, type KubeletClient, type KubeletClientOptions } from "./index.ts";

/** A reference kubelet over TLS with its sample pod, named `node`; stopped when the test ends. */
export async function startTestKubelet(options: Partial<KubeletOptions> = {}): Promise<RunningKubelet & { admin: Credentials }> {
  const kubelet = await startKubelet({ kubernetesVersion: "1.36", hostnameOverride: "node", ...options });
  onTestFinished(() => kubelet.stop());
  await kubelet.settled;
  if (!kubelet.adminCredentials) throw new Error("the test's kubelet has a configuration, and so no administrator of its own");
  return { ...kubelet, admin: kubelet.adminCredentials };
}

/** A client that is closed when the test ends. */
export async function openClient(options: KubeletClientOptions): Promise<KubeletClient> {
  const client = await createKubeletClient(options);
  onTestFinished(() => client.close());
  return client;
}

/** The kubelet's administrator. */
export async function adminOf({ urls, caCertificate, admin }: RunningKubelet & { admin: Credentials }): Promise<KubeletClient> {
  return openClient({ server: urls.main, ca: caCertificate, clientCertificate: admin.cert, clientKey: admin.key });
}

/** The counting container of the sample pod. */
export const counter = { namespace: "default", pod: "sample-node", container: "counter" };
