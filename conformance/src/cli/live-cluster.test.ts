import { type ControlPlane, objectAt, seedNode } from "@kubelet-conformance/control-plane";
import type { RunningKubelet } from "@kubelet-conformance/reference-server";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../report/report.ts";
import { cli } from "./cli.support.ts";
import { startCluster, type TestCluster } from "./cluster.support.ts";

let cluster: TestCluster;
let plane: ControlPlane;
let kubelet: RunningKubelet;
let kubeconfig: string;

beforeAll(async () => {
  cluster = await startCluster();
  ({ plane, kubelet, kubeconfig } = cluster);
  seedNode(plane.state, { name: "other" });
});
afterAll(() => cluster.stop());

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
    const { code, report } = await run("--node", "live", "--direct", "--profile", "node", "--runtime-endpoint", cluster.runtimeEndpoint);
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
    const file = join(cluster.directory, "fleet.json");
    const { out, err } = await cli(["run", "--kubeconfig", kubeconfig, "--all-nodes", "--profile", "node", "--report", `json=${file}`]);
    const lines = out.split("\n");
    const rows = lines.slice(lines.findIndex((line) => line.startsWith("NODE")));
    expect(rows[0]).toMatch(/^NODE +VERSION +RUNTIME +VERDICT +PASSED +FAILED +BLOCKED$/);
    expect(rows[1]).toMatch(/^live +v1\.36\.\d+ +containerd:\/\/2\.1\.4 +incomplete +\d+ +0 +\d+$/);
    expect(rows[2]).toMatch(/^other +/);
    expect(err).toContain(`report: ${file}\n`);
  });

  test("nothing is ever written", () => {
    const asked = plane.requests.all({ user: "reader" }).filter(({ path }) => !path.includes("/proxy/"));
    expect(asked.length).toBeGreaterThan(10);
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });
});
