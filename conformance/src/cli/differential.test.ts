import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readKubeconfig, startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { runConformance } from "../run-conformance.ts";
import { cli } from "./cli.support.ts";
import { idsOf, runReport, startCluster, type TestCluster } from "./cluster.support.ts";

const schema = JSON.parse(await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8")) as object;
const isReport = addFormats.default(new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })).compile(schema);

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

describe("run --differential", () => {
  test("explains everything in which the node proxy differs, and reports what it found without it", async () => {
    const { code, report, err } = await runReport([
      "--kubeconfig",
      cluster.kubeconfig,
      "--node",
      "live",
      "--profile",
      "core",
      "--differential",
    ]);
    expect(err).toBe("");
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    const { differential } = report ?? {};
    expect(differential?.differences.filter(({ change }) => change === null)).toEqual([]);
    expect(differential?.headers.filter(({ change }) => change === null)).toEqual([]);
    const changes = differential?.differences.map(({ change }) => change?.id);
    expect(new Set(changes)).toEqual(new Set(["connection", "identity", "location", "method", "path"]));
    expect(differential).toMatchObject({ proxy: `${cluster.plane.url}/api/v1/nodes/live/proxy`, direct: cluster.kubelet.urls.main });
    expect(idsOf(report, "failed", "suite-error")).toEqual([]);
    expect(report?.target.server).toBe(cluster.kubelet.urls.main);
    expect(code).toBe(0);
  }, 120_000);

  test("fails where nothing explains a difference", async () => {
    // Another kubelet than the one behind the proxy is as different as a broken one.
    const other = await startKubelet({
      kubernetesVersion: "1.36",
      configuration: {
        address: "127.0.0.1",
        authentication: { x509: { clientCAFile: await cluster.file("ca-of-other.pem", cluster.plane.authority.cert) } },
        authorization: { mode: "AlwaysAllow" },
      },
      ports: { main: 0, readOnly: 0, healthz: 0 },
      deviation: "routing.method.pods-post",
    });
    onTestFinished(() => other.stop());
    const { cert, key } = cluster.plane.authority.issue({ commonName: "reader", usage: "client" });
    const credentials = ["--client-certificate", await cluster.file("c.pem", cert), "--client-key", await cluster.file("k.pem", key)];
    const flags = ["--kubeconfig", cluster.kubeconfig, "--node", "live", "--server", other.urls.main, "--insecure-skip-tls-verify"];
    const focus = ["--focus", "routing.method.pods-post", "--focus", "routing.method.pods-head"];
    const { code, out } = await cli(["run", ...flags, ...credentials, ...focus, "--differential", "--output", "plain"]);
    expect(out).toContain("1 of 2 requirements alike, 1 differ, 1 unexplained");
    expect(out).toMatch(/routing\.method\.pods-post\n +through the proxy passed\n +direct +failed: expected status 405/);
    expect(code).toBe(1);
  });

  test.each([
    [["--server", "https://127.0.0.1:1", "--differential"], /--differential needs to know the cluster/],
    [["--kubeconfig", "x", "--node", "n", "--direct", "--differential"], /leave out --direct/],
  ])("%j is refused", async (flags, message) => {
    const { code, err } = await cli(["run", ...flags]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

test("a kubelet that goes away behind the node proxy ends the run, and so does its API server, which is to blame then", async () => {
  for (const [end, seen] of [
    ["kubelet", /the API server does not reach the kubelet: .*refused/],
    ["plane", /the API server gives no answer: the connection was refused/],
  ] as const) {
    const other = await startCluster();
    let results = 0;
    let ended: Promise<void> | undefined;
    const report = await runConformance({
      cluster: { access: await readKubeconfig(other.kubeconfig), node: "live" },
      profiles: ["core"],
      concurrency: 1,
      timeoutMs: 2_000,
      onEvent: ({ type }) => {
        if (type === "result" && ++results > 200) ended ??= end === "kubelet" ? other.kubelet.stop() : other.plane.faults.down();
      },
    });
    await ended;
    expect(report.stoppedAnswering?.seen).toMatch(seen);
    expect(idsOf(report, "suite-error")).toEqual([]);
    await other.stop();
  }
}, 60_000);
