import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { reportKinds } from "../report/files.ts";
import { type FleetReport, isTested } from "../report/fleet/fleet-report.ts";
import { cli, scratch } from "./cli.support.ts";
import { type TestFleet, testFleet } from "./fleet.support.ts";

const schemaOf = async (name: string): Promise<object> =>
  JSON.parse(await readFile(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8")) as object; // A file of our own.
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
formats.default(ajv);
ajv.addSchema(await schemaOf("report"));
const isFleetReport = ajv.compile(await schemaOf("fleet-report"));

const files = await scratch();
let all: TestFleet;

beforeAll(async () => {
  all = await testFleet(files, {
    nodes: 6,
    kubelet: { kubernetesVersion: "1.36", hostnameOverride: "node" },
    forNode: (name) => (name === "node-2" || name === "node-5" ? { deviation: "health.check.ping" } : {}),
  });
});
afterAll(async () => {
  await all.fleet.stop();
  await files.remove();
});

async function run(...args: string[]): Promise<{ code: number; report: FleetReport; err: string }> {
  const { code, out, err } = await cli(["run", "--servers-file", all.servers, ...all.access, ...args, "--output", "json"]);
  const report: unknown = JSON.parse(out);
  expect(isFleetReport(report), JSON.stringify(isFleetReport.errors?.[0])).toBe(true);
  return { code, report: report as FleetReport, err }; // The schema says the same.
}

describe("run with many kubelets", () => {
  test("one report tells what each of them is, and keeps the evidence of what fails", async () => {
    const { code, report } = await run("--focus", "health.check", "--parallel", "3");
    expect(code).toBe(1);
    expect(report.summary).toEqual({
      verdict: "not-conformant",
      kubelets: 6,
      conformant: 4,
      notConformant: 2,
      incomplete: 0,
      notTested: 0,
    });
    const problems = report.kubelets.filter(isTested).flatMap((kubelet) => kubelet.problems.map(({ id }) => `${kubelet.name} ${id}`));
    expect(problems).toEqual(["node-2 health.check.ping", "node-5 health.check.ping"]);
    const [problem] = report.kubelets.filter(isTested).flatMap((kubelet) => kubelet.problems);
    expect(problem).toMatchObject({ verdict: "failed", expected: "status 200", exchanges: [{ response: { status: 404 } }] });
    expect(report.requirements.map(({ id }) => id)).toContain("health.check.ping");
  });

  test("one that is gone and one that never answers keep nobody from it, and are told", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    onTestFinished(() => void silent.close());
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo; // It listens on TCP.
    const mute = `https://127.0.0.1:${port}`;
    const flags = ["--server", "https://127.0.0.1:1", "--server", mute, "--parallel", "1", "--timeout", "2"];
    const { code, report, err } = await run(...flags, "--focus", "health.main.ok");
    expect(code).toBe(2);
    expect(report.summary).toMatchObject({ verdict: "incomplete", kubelets: 8, conformant: 6, notTested: 2 });
    expect(report.kubelets.filter((kubelet) => !isTested(kubelet))).toEqual([
      { name: "https://127.0.0.1:1", notTested: { code: "target-refused", message: expect.stringContaining("nothing listens") } },
      { name: mute, notTested: { code: expect.any(String), message: expect.stringContaining("2 s") } },
    ]);
    expect(err).toMatch(/nothing listens on https:\/\/127\.0\.0\.1:1/);
  });

  test("every kind of report is one file, or one for each with {node} in its name", async () => {
    const file = (kind: string): string => join(files.directory, `all.${kind}`);
    const reports = [...reportKinds.map((kind) => `${kind}=${file(kind)}`), `json=${join(files.directory, "each-{node}.json")}`];
    const args = ["--focus", "health.check", ...reports.flatMap((report) => ["--report", report])];
    const { code, out } = await cli(["run", "--servers-file", all.servers, ...all.access, ...args, "--output", "plain"]);
    expect(code).toBe(1);
    expect(out.split("\n").filter((line) => /^conformant {5}node-/.test(line))).toHaveLength(4);
    expect(out).toMatch(/^NODE +VERSION +RUNTIME +VERDICT/m);
    expect(out).toMatch(/^core +4 +2 +0$/m);
    expect(out).toMatch(/^failed {2}health\.check\.ping\n {4}MUST .*\n {4}on {7}2 of 6: node-2, node-5$/m);
    expect(out).toMatch(/^not-conformant: 6 kubelets: 4 conformant, 2 not conformant \(\d+\.\d s\)\n$/m);
    const written = async (kind: string): Promise<string> => readFile(file(kind), "utf8");
    expect(isFleetReport(JSON.parse(await written("json")))).toBe(true);
    const shows: Record<string, RegExp> = {
      html: /2 of 6<\/strong>: <code>health\.check\.ping<\/code>/,
      markdown: /<summary>failed: <code>health\.check\.ping<\/code> on 2 of 6<\/summary>/,
      junit: /<testsuite name="node-2" tests="\d+" failures="1" errors="0"/,
      sarif: /on 2 of 6 kubelets: node-2, node-5/,
      ctrf: /"message": "failed on 2 of 6: node-2/,
      tap: /^not ok 2 - node-2$/m,
      badge: /"message": "4 of 6 conformant"/,
      "in-toto": /"failedTests": \[\s+"health\.check\.ping"\s+\]/,
    };
    for (const [kind, pattern] of Object.entries(shows)) expect(await written(kind)).toMatch(pattern);
    expect(["json", ...Object.keys(shows)].toSorted()).toEqual(reportKinds.toSorted());
    expect((await readdir(files.directory)).filter((name) => /^each-node-\d\.json$/.test(name))).toHaveLength(6);
  });

  test("shards are all kubelets, each once", async () => {
    const shards = await Promise.all(["0/4", "1/4", "2/4", "3/4"].map((shard) => run("--focus", "health.main.ok", "--shard", shard)));
    expect(shards.map(({ report }) => report.kubelets.length)).toEqual([2, 2, 1, 1]);
    const names = shards.flatMap(({ report }) => report.kubelets.map(({ name }) => name));
    expect(names.toSorted()).toEqual(all.fleet.kubelets.map(({ nodeName }) => nodeName));
  });

  test("a shard without a kubelet says so in every report, fails nothing, and can be merged", async () => {
    const file = (kind: string): string => join(files.directory, `empty.${kind}`);
    const reports = reportKinds.flatMap((kind) => ["--report", `${kind}=${file(kind)}`]);
    const empty = await run("--focus", "health.main.ok", "--shard", "6/9", ...reports);
    expect(empty.report).toMatchObject({ summary: { kubelets: 0 }, shard: { index: 6, count: 9, kubelets: 6 } });
    expect(empty.code).toBe(0);
    const says = "0 kubelets: none in shard 6/9 of 6";
    for (const kind of ["html", "markdown", "junit", "tap", "sarif", "ctrf", "in-toto"])
      expect(await readFile(file(kind), "utf8")).toContain(says);
    const { out } = await cli(["run", "--servers-file", all.servers, ...all.access, "--shard", "6/9", "--output", "plain"]);
    expect(out).toContain(`incomplete: ${says}`);
    const other = join(files.directory, "shard-0.json");
    await run("--focus", "health.main.ok", "--shard", "0/9", "--report", `json=${other}`);
    const merged = await cli(["merge", file("json"), other, "--output", "json"]);
    expect([merged.code, JSON.parse(merged.out)]).toMatchObject([0, { summary: { verdict: "conformant", kubelets: 1 } }]);
    expect((await cli(["merge", file("json"), "--output", "json"])).code).toBe(2);
  });

  test.each([
    [["--shard", "3/3"], "--shard 3/3: write INDEX/COUNT, from 0/COUNT on: 0/3, 1/3 and 2/3 are the three shards of 3"],
    [["--shard", "x"], "--shard x: write INDEX/COUNT"],
    [["--servers-file", "/absent"], "servers file /absent cannot be read: there is no such file"],
    [["--parallel", "0"], "--parallel is a number from 1 to 256"],
  ])("%j is refused", async (args, message) => {
    const { code, err } = await cli(["run", "--server", "https://127.0.0.1:1", ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test("a line of a servers file that is no URL is named", async () => {
    const file = await files.file("bad", "https://127.0.0.1:1\n10.0.0.7\n");
    const { code, err } = await cli(["run", "--servers-file", file]);
    expect([code, err]).toEqual([2, `kubelet-conformance: ${file}:2: 10.0.0.7 has no scheme; write https://10.0.0.7:10250\n`]);
  });
});
