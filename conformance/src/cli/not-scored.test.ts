import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { requirementSet } from "@kubelet-conformance/spec";
import { afterAll, expect, test } from "vitest";
import type { Report } from "../report/report.ts";
import { cli, scratch } from "./cli.support.ts";
import { testKubelet } from "./kubelet.support.ts";

const files = await scratch();
afterAll(() => files.remove());
const draft = "checkpoint.pod-level.gate";
const { kubelet, access } = await testKubelet(files, "draft", { kubernetesVersion: "1.37", deviation: draft });
afterAll(() => kubelet.stop());
const args = ["run", ...access, "--focus", draft, "--focus", "health.main.ok"];

test("a draft that fails is told apart and changes neither verdict nor exit code", async () => {
  const [json, junit] = [join(files.directory, "r.json"), join(files.directory, "r.xml")];
  const { code, out } = await cli([
    ...args,
    "--max-failures",
    "1",
    "--output",
    "plain",
    "--report",
    `json=${json}`,
    "--report",
    `junit=${junit}`,
  ]);
  expect(code).toBe(0);
  expect(out).toMatch(/^failed +checkpoint\.pod-level\.gate \(not scored\): expected the feature gate/m);
  expect(out).toMatch(/^tested and not scored .*\n {2}draft of KEP-5823: .*\n {4}failed +checkpoint\.pod-level\.gate: expected /m);
  expect(out).toMatch(/^conformant: 1 passed, 1 not scored \(/m);
  // The command has just written it.
  const report = JSON.parse(await readFile(json, "utf8")) as Report;
  expect(report.suite).toMatchObject({ requirementSet: "1.37", frozen: requirementSet("1.37").frozen, score: "frozen" });
  expect(report.summary).toMatchObject({ planned: 2, emitted: 2, notScored: 1, passed: 1, failed: 0 });
  expect(report.results.find(({ id }) => id === draft)).toMatchObject({
    verdict: "failed",
    scored: false,
    notScoredReason: /^draft of KEP-5823/,
  });
  expect(await readFile(junit, "utf8")).toMatch(
    /failures="0".*[^]*name="checkpoint\.pod-level\.gate" time="[\d.]+"><skipped message="not scored \(draft of KEP-5823: .*\): failed: expected /,
  );
});

test("--score all counts it", async () => {
  const { code, out } = await cli([...args, "--score", "all", "--output", "json"]);
  // The only thing that this form prints.
  const { summary, suite } = JSON.parse(out) as Report;
  expect([code, summary.failed, summary.notScored, suite.score]).toEqual([1, 1, 0, "all"]);
});

test("list and explain say what does not count", async () => {
  const { out } = await cli(["list", "--area", "checkpoint", "--kubernetes-version", "1.37"]);
  expect(out).toMatch(/^checkpoint\.pod-level\.gate .* as an alpha one \(not scored\)$/m);
  expect(out).toMatch(/; 2 not scored$/m);
  const listed: { id: string; scored?: boolean }[] = JSON.parse((await cli(["list", "--area", "checkpoint", "--output", "json"])).out);
  expect(listed.filter(({ scored }) => scored === false).map(({ id }) => id)).toEqual([draft, "checkpoint.pod-level.no-endpoint"]);
  const explained = await cli(["explain", draft]);
  expect(explained.out).toMatch(/^ {2}scored +never, it is a draft: alpha/m);
  expect(explained.out).toMatch(/^ {2}draft +KEP-5823, https:/m);
  expect((await cli(["explain", "health.main.ok"])).out).toMatch(/^ {2}scored +in the sets of 1\.25 to 1\.37, frozen on /m);
});
