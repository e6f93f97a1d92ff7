import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { TargetError } from "../errors.ts";
import { createFleetCollector, type FleetReport } from "../report/fleet/fleet-report.ts";
import { toFleetJson } from "../report/fleet/json.ts";
import { readAnyReport, readReport } from "../report/read.ts";
import { toJson } from "../report/json.ts";
import type { Report } from "../report/report.ts";
import { resultsOf, sampleReport, sampleTarget } from "../report/report.support.ts";
import { untestedReport } from "../report/untested.ts";
import { cli, scratch } from "./cli.support.ts";

const files = await scratch();
afterAll(() => files.remove());

function reportOn(
  nodeName: string,
  verdicts: Parameters<typeof resultsOf>[0] = ["passed"],
  startedAt = new Date(Date.UTC(2026, 10, 24)),
): Report {
  const results = resultsOf(verdicts);
  const target = { ...sampleTarget, nodeName, server: `https://${nodeName}:10250` };
  const {
    stoppedAnswering: _,
    notRun: __,
    ...report
  } = sampleReport(undefined, { target, planned: results, results, startedAt, leftovers: [] });
  return { ...report, summary: { ...report.summary, verdict: verdicts.includes("failed") ? "not-conformant" : "conformant" } };
}

function fleetOf(reports: readonly Report[], untested: readonly string[] = []): FleetReport {
  const collector = createFleetCollector();
  for (const report of reports) collector.add(report);
  for (const name of untested) collector.addUntested(name, new Error("it was off"));
  return collector.report({ startedAt: new Date(Date.UTC(2026, 10, 24)), durationMs: 1000 });
}

const write = (name: string, report: Report | FleetReport): Promise<string> =>
  files.file(name, "kind" in report ? toFleetJson(report) : toJson(report));

async function merge(...args: string[]): Promise<{ code: number; report: FleetReport; err: string }> {
  const { code, out, err } = await cli(["merge", ...args, "--output", "json"]);
  if (out === "") throw new Error(err);
  return { code, report: JSON.parse(out) as FleetReport, err }; // As it was written.
}

test("reports of one and of many become one, by name, and can be merged again", async () => {
  const one = await write("one.json", reportOn("c"));
  const many = await write("many.json", fleetOf([reportOn("b", ["passed", "failed"]), reportOn("a")]));
  const { code, report, err } = await merge(one, many, "--report", `json=${join(files.directory, "both.json")}`);
  expect([code, err]).toEqual([1, `report: ${join(files.directory, "both.json")}\n`]);
  expect(report.kubelets.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(report.summary).toMatchObject({ verdict: "not-conformant", kubelets: 3, conformant: 2, notConformant: 1 });
  expect(await readAnyReport(join(files.directory, "both.json"))).toEqual(report);
  const again = await merge(join(files.directory, "both.json"), one, many);
  expect(again.report).toMatchObject({ summary: report.summary, kubelets: report.kubelets });
});

test("two reports about one kubelet that differ are refused, or the newest is taken", async () => {
  const old = await write("old.json", reportOn("a", ["failed"], new Date(Date.UTC(2026, 10, 1))));
  const fresh = await write("fresh.json", fleetOf([reportOn("a"), reportOn("b")]));
  const refused = await cli(["merge", old, fresh]);
  expect([refused.code, refused.err]).toEqual([
    2,
    `kubelet-conformance: a is in ${old} and in ${fresh}, with different results; --newest takes what was tested last\n`,
  ]);
  for (const order of [
    [old, fresh],
    [fresh, old],
  ]) {
    const { code, report } = await merge(...order, "--newest");
    expect([code, report.summary.conformant]).toEqual([0, 2]);
  }
});

test("one that was not reached at first is the one that was tested later", async () => {
  const first = await write("first.json", fleetOf([reportOn("a")], ["https://b:10250"]));
  const later = await write("later.json", reportOn("b"));
  expect((await merge(first)).code).toBe(2);
  for (const order of [
    [first, later],
    [later, first],
  ]) {
    const { code, report } = await merge(...order, "--newest");
    expect([code, report.kubelets.map(({ name }) => name)]).toEqual([0, ["a", "b"]]);
  }
});

/** A node of this name in a cluster, as the cluster's node proxy or its kubelet shows it. */
function nodeOf(cluster: string, server: string): Report {
  const report = reportOn("node1");
  return { ...report, target: { ...report.target, cluster, server } };
}

test("nodes of two clusters are two, whatever their names, and one node is one, whichever way it was asked", async () => {
  const [a, b] = ["https://a:6443", "https://b:6443"];
  const one = await write("a.json", nodeOf(a, "https://10.0.0.1:10250"));
  const other = await write("b.json", nodeOf(b, "https://10.0.0.1:10251"));
  const { code, report } = await merge(one, other, "--report", `json=${join(files.directory, "two.json")}`);
  expect([code, report.kubelets.map(({ name }) => name)]).toEqual([0, ["node1 (a:6443)", "node1 (b:6443)"]]);
  const again = await merge(join(files.directory, "two.json"), one, other);
  expect(again.report.kubelets).toEqual(report.kubelets);
  const proxied = await write("proxied.json", { ...nodeOf(a, `${a}/api/v1/nodes/node1/proxy`), durationMs: 1 });
  expect((await cli(["merge", one, proxied])).err).toMatch(
    /^kubelet-conformance: node1 is in \S+a\.json and in \S+proxied\.json, with different/,
  );
  expect((await merge(one, other, proxied, "--newest")).report.kubelets).toHaveLength(2);
});

test("one that was not reached belongs to its cluster, too", async () => {
  const collector = createFleetCollector();
  collector.addUntested("node1", new Error("it was off"), "https://a:6443");
  const off = await write("off.json", collector.report({ startedAt: new Date(), durationMs: 1 }));
  const [same, other] = [
    await write("same.json", nodeOf("https://a:6443", "https://x:1")),
    await write("o.json", nodeOf("https://b:6443", "https://y:1")),
  ];
  expect((await merge(off, same, "--newest")).report.summary).toMatchObject({ kubelets: 1, notTested: 0 });
  const { code, report } = await merge(off, other);
  expect([code, report.kubelets.map(({ name }) => name)]).toEqual([2, ["node1 (a:6443)", "node1 (b:6443)"]]);
});

test("the report of one that could not be tested is one that was not tested", async () => {
  const error = new TargetError("target-refused", "nothing listens there");
  const alone = untestedReport({ server: "https://b:10250", startedAt: new Date(0) }, error);
  const file = await write("alone.json", alone);
  const { code, report } = await merge(file, await write("c.json", reportOn("c")));
  expect([code, report.kubelets[1]]).toEqual([2, { name: "https://b:10250", notTested: { code: error.code, message: error.message } }]);
  expect((await merge(file, await write("later.json", reportOn("b")), "--newest")).code).toBe(0);
  await expect(readReport(file)).rejects.toThrow("has no results, since the kubelet could not be tested");
});

test("other versions of the suite are told, other schema versions and other files are refused", async () => {
  const one = await write("v1.json", reportOn("a"));
  const report = reportOn("b");
  const other = await write("v2.json", { ...report, suite: { ...report.suite, version: "99.0.0" } });
  expect((await merge(one, other)).err).toMatch(/^kubelet-conformance: tested with different versions, .*99\.0\.0 \(1\)\n$/);
  const fleet = fleetOf([report]);
  for (const [content, problem] of [
    [JSON.stringify({ ...fleet, schemaVersion: 2 }), "has schema version 2, and this version reads 1"],
    [JSON.stringify({ ...fleet, kubelets: [{ name: "a" }] }), "is damaged: /kubelets/0 must have required property"],
    ["[]", "is JSON, but no report of kubelet-conformance"],
    ["", "is not JSON"],
  ] as const) {
    const file = await files.file("bad.json", content);
    const { code, err } = await cli(["merge", one, file]);
    expect([code, err]).toEqual([2, expect.stringContaining(`report ${file} ${problem}`)]);
  }
  expect((await cli(["merge"])).err).toContain("merge takes reports");
  const many = await write("fleet.json", fleet);
  await expect(readReport(many)).rejects.toThrow("is a report of many kubelets; give one of one kubelet");
});

test("a thousand files", async () => {
  const directory = join(files.directory, "shards");
  await mkdir(directory);
  const names = Array.from({ length: 1000 }, (_, index) => `node-${String(index).padStart(4, "0")}`);
  const verdicts = (index: number): Parameters<typeof resultsOf>[0] => (index % 100 === 0 ? ["passed", "failed"] : ["passed", "passed"]);
  for (const [index, name] of names.entries()) await writeFile(join(directory, `${name}.json`), toJson(reportOn(name, verdicts(index))));
  const shards = (await readdir(directory)).map((name) => join(directory, name));
  const html = join(files.directory, "all.html");
  const { code, report } = await merge(...shards, "--report", `html=${html}`);
  expect([code, report.summary]).toEqual([
    1,
    { verdict: "not-conformant", kubelets: 1000, conformant: 990, notConformant: 10, incomplete: 0, notTested: 0 },
  ]);
  expect(report.kubelets.map(({ name }) => name)).toEqual(names);
  expect(await readFile(html, "utf8")).toContain("<strong>10 of 1000</strong>");
});
