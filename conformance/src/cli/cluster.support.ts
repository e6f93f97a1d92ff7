import { join } from "node:path";
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from "@kubelet-conformance/control-plane";
import { RuntimeDouble, serveDouble } from "@kubelet-conformance/cri/double";
import { type KubeletOptions, readKubeconfig, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import type { Report } from "../report/report.ts";
import { cli, scratch } from "./cli.support.ts";

/** An API server's double with one node, `live`, and the reference kubelet on it. */
export interface TestCluster {
  plane: ControlPlane;
  kubelet: RunningKubelet;
  directory: string;
  file(name: string, content: string): Promise<string>;
  /** An administrator's kubeconfig; the API server and the kubelet both know him, as `reader`. */
  kubeconfig: string;
  /** Of the runtime under the kubelet. */
  runtimeEndpoint: string;
  stop(): Promise<void>;
}

export async function startCluster(options: ControlPlaneOptions = {}, more: Partial<KubeletOptions> = {}): Promise<TestCluster> {
  const files = await scratch();
  const plane = await startControlPlane(options);
  const double = new RuntimeDouble({ runtimeVersion: "v2.1.4" });
  const served = await serveDouble(double, join(files.directory, "cri.sock"));
  const own = await files.file("kubelet.conf", plane.kubeconfigFor({ user: "system:node:live", groups: ["system:nodes"] }));
  const { cert, key } = plane.authority.issue({ commonName: "live", names: ["127.0.0.1"], usage: "server" });
  const kubelet = await startKubelet({
    kubernetesVersion: "1.36",
    hostnameOverride: "live",
    configuration: {
      address: "127.0.0.1",
      authentication: { x509: { clientCAFile: await files.file("ca.pem", plane.authority.cert) } },
      authorization: { mode: "AlwaysAllow" },
      containerRuntimeEndpoint: served.endpoint,
      tlsCertFile: await files.file("kubelet.pem", cert),
      tlsPrivateKeyFile: await files.file("kubelet-key.pem", key),
      nodeLeaseDurationSeconds: 4,
      nodeStatusUpdateFrequency: "1s",
      nodeStatusReportFrequency: "4s",
    },
    ports: { main: 0, readOnly: 0, healthz: 0 },
    systemLogsDirectory: files.directory,
    node: { ips: ["127.0.0.1"] },
    apiServer: await readKubeconfig(own),
    ...more,
  });
  await plane.state.until(() => plane.state.list("leases")[0]);
  return {
    plane,
    kubelet,
    directory: files.directory,
    file: (name, content) => files.file(name, content),
    runtimeEndpoint: served.endpoint,
    kubeconfig: await files.file("admin.conf", plane.kubeconfigFor({ user: "reader", groups: ["system:masters"] })),
    stop: async () => {
      await kubelet.stop();
      await plane.stop();
      await served.stop();
      await double.close();
      await files.remove();
    },
  };
}

/** Runs `run` with these flags in this process; the report, where there is one. */
export async function runReport(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; report: Report | undefined; err: string }> {
  const { code, out, err } = await cli(["run", ...args, "--output", "json"], environment);
  // What is printed under this flag is a report.
  return { code, report: out === "" ? undefined : (JSON.parse(out) as Report), err };
}

/** Ids of the results with one of these verdicts. */
export function idsOf(report: Report | undefined, ...verdicts: string[]): string[] {
  return report?.results.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id) ?? [];
}
