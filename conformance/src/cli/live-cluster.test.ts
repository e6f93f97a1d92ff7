import { type ControlPlane, objectAt, seedNode, startControlPlane } from "@kubelet-conformance/control-plane";
import { RuntimeDouble, serveDouble, type ServedDouble } from "@kubelet-conformance/cri/double";
import { readKubeconfig, type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../report/report.ts";
import { cli, scratch } from "./cli.support.ts";

const files = await scratch();
const double = new RuntimeDouble({ runtimeVersion: "v2.1.4" });
const user = "reader";
let plane: ControlPlane;
let kubelet: RunningKubelet;
let served: ServedDouble;
/** Of a user whom the API server and the kubelet both know. */
let kubeconfig: string;

beforeAll(async () => {
  plane = await startControlPlane();
  served = await serveDouble(double, join(files.directory, "cri.sock"));
  const own = await files.file("kubelet.conf", plane.kubeconfigFor({ user: "system:node:live", groups: ["system:nodes"] }));
  const clientCAFile = await files.file("ca.pem", plane.authority.cert);
  const { cert, key } = plane.authority.issue({ commonName: "live", names: ["127.0.0.1"], usage: "server" });
  kubelet = await startKubelet({
    kubernetesVersion: "1.36",
    hostnameOverride: "live",
    configuration: {
      address: "127.0.0.1",
      authentication: { x509: { clientCAFile } },
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
  });
  await plane.state.until(() => plane.state.list("leases")[0]);
  seedNode(plane.state, { name: "other" });
  kubeconfig = await files.file("admin.conf", plane.kubeconfigFor({ user, groups: ["system:masters"] }));
});
afterAll(async () => {
  await kubelet.stop();
  await plane.stop();
  await served.stop();
  await double.close();
  await files.remove();
});

async function run(...args: string[]): Promise<{ code: number; report: Report; err: string }> {
  const { code, out, err } = await cli(["run", "--kubeconfig", kubeconfig, ...args, "--output", "json"]);
  if (out === "") throw new Error(err);
  // The report of a run that got that far.
  return { code, report: JSON.parse(out) as Report, err };
}

function of(report: Report, ...verdicts: string[]): string[] {
  return report.results.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);
}

describe("run --kubeconfig", () => {
  test("without the kubelet only what the cluster tells is decided", async () => {
    const gone = seedNode(plane.state, { name: "gone" });
    // Nothing listens on port 1.
    const status = {
      ...objectAt(gone, "status"),
      addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
      daemonEndpoints: { kubeletEndpoint: { Port: 1 } },
      nodeInfo: { kubeletVersion: "v1.36.4", containerRuntimeVersion: "containerd://2.1.4" },
    };
    plane.state.update("nodes", { ...gone, status }, { subresource: "status" });
    const { report } = await run("--node", "gone", "--focus", "runtime", "--focus", "node-status.registered");
    plane.state.delete("nodes", { name: "gone" });
    expect(of(report, "suite-error")).toEqual([]);
    expect(of(report, "passed")).toEqual(expect.arrayContaining(["runtime.version.form", "node-status.registered"]));
    expect(report.results.find(({ id }) => id === "runtime.endpoint.form")).toMatchObject({
      verdict: "blocked",
      reason: expect.stringMatching(/the API server does not reach the kubelet: dial tcp .*connection refused.*--direct/),
    });
    expect(report.target).toMatchObject({ node: "gone", kubernetesVersion: "v1.36.4", versionSource: "node" });
  });

  test("the kubelet is asked through the API server", async () => {
    const { code, report } = await run("--node", "live");
    expect(of(report, "failed", "suite-error", "warned")).toEqual([]);
    expect(of(report, "passed")).toEqual(
      expect.arrayContaining(["runtime.version.form", "heartbeat.lease.holder", "runtime.endpoint.form", "pods.list.ok"]),
    );
    expect(report.results.find(({ id }) => id === "routing.redirect.double-slash")).toMatchObject({
      verdict: "blocked",
      reason: expect.stringMatching(/decodes and cleans the path.*--direct/),
    });
    const server = `${plane.url}/api/v1/nodes/live/proxy`;
    expect(report.target).toMatchObject({ node: "live", server, kubernetesVersion: kubelet.kubernetesVersion, versionSource: "metrics" });
    expect(report.results.filter(({ exchanges }) => exchanges.length > 0).length).toBeGreaterThan(250);
    expect(code).toBe(0);
  }, 60_000);

  test("with --direct the kubelet is asked where its node says, and with --runtime-endpoint its runtime", async () => {
    const { code, report } = await run("--node", "live", "--direct", "--profile", "node", "--runtime-endpoint", served.endpoint);
    expect(of(report, "failed", "suite-error")).toEqual([]);
    expect(of(report, "passed")).toEqual(
      expect.arrayContaining(["runtime.version.answer", "runtime.endpoint.form", "heartbeat.lease.duration", "node-status.endpoint.port"]),
    );
    expect(report.target).toMatchObject({ server: kubelet.urls.main, versionSource: "metrics" });
    expect(code).toBe(0);
  });

  test("with --long-checks it waits for renewals and reports, and says so", async () => {
    const ids = ["heartbeat.lease.renewed", "heartbeat.status.report", "heartbeat.status.quiet"];
    const flags = ["--node", "live", "--direct", "--long-checks", "--output", "plain"];
    const { code, out } = await cli(["run", "--kubeconfig", kubeconfig, ...flags, ...ids.flatMap((id) => ["--focus", id])]);
    expect(out).toContain("waiting        heartbeat.lease.renewed: for 4 renewals of the lease, about 5 s");
    expect(out).toContain("passed         heartbeat.lease.renewed");
    expect(out).toContain("passed         heartbeat.status.report");
    expect(out).not.toContain("failed  ");
    expect(code).toBe(0);
  }, 60_000);

  test("--all-nodes ends with a table, and writes one report of all nodes", async () => {
    const file = join(files.directory, "fleet.json");
    const { out, err } = await cli(["run", "--kubeconfig", kubeconfig, "--all-nodes", "--profile", "node", "--report", `json=${file}`]);
    const lines = out.split("\n");
    const rows = lines.slice(lines.findIndex((line) => line.startsWith("NODE")));
    expect(rows[0]).toMatch(/^NODE +VERSION +RUNTIME +VERDICT +PASSED +FAILED +BLOCKED$/);
    expect(rows[1]).toMatch(/^live +v1\.36\.\d+ +containerd:\/\/2\.1\.4 +incomplete +\d+ +0 +\d+$/);
    expect(rows[2]).toMatch(/^other +/);
    expect(err).toContain(`report: ${file}\n`);
  });

  test("nothing is ever written", () => {
    const asked = plane.requests.all({ user }).filter(({ path }) => !path.includes("/proxy/"));
    expect(asked.length).toBeGreaterThan(10);
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });
});
