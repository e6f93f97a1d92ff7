import { type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, beforeAll } from "vitest";
import { describeKubelet } from "./vitest.ts";

let kubelet: RunningKubelet;
beforeAll(async () => {
  kubelet = await startKubelet({ kubernetesVersion: "1.34" });
  await kubelet.settled;
});
afterAll(() => kubelet.stop());

describeKubelet("the reference kubelet", () => ({
  server: kubelet.urls.main,
  tls: { ca: kubelet.caCertificate },
  ...(kubelet.adminCredentials ? { credentials: { name: "credentials", certificate: kubelet.adminCredentials } } : {}),
  checkpoint: { namespace: "default", pod: `sample-${kubelet.nodeName}`, container: "counter" },
  nodeRoot: "/",
  declare: [`root-dir=${kubelet.rootDirectory}`],
  // Its configuration names the standard port; it listens on a free one.
  healthzPort: Number(new URL(kubelet.urls.healthz ?? "http://x:1").port),
  strict: true,
}));
