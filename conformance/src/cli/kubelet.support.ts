import { type KubeletOptions, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import type { scratch } from "./cli.support.ts";

export interface TestKubelet {
  kubelet: RunningKubelet;
  /** Flags that reach it as an administrator. */
  access: string[];
}

/** Starts a reference kubelet; stop it when the tests are over. */
export async function testKubelet(files: Awaited<ReturnType<typeof scratch>>, name: string, options: KubeletOptions): Promise<TestKubelet> {
  const kubelet = await startKubelet(options);
  await kubelet.settled;
  const ca = await files.file(`${name}-ca.pem`, kubelet.caCertificate);
  const cert = await files.file(`${name}.pem`, kubelet.adminCredentials?.cert ?? "");
  const key = await files.file(`${name}-key.pem`, kubelet.adminCredentials?.key ?? "");
  return {
    kubelet,
    access: ["--server", kubelet.urls.main, "--certificate-authority", ca, "--client-certificate", cert, "--client-key", key],
  };
}
