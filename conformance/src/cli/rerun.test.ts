import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cli, scratch } from "./cli.support.ts";
import { testKubelet } from "./kubelet.support.ts";

const files = await scratch();
afterAll(() => files.remove());
const { kubelet, access } = await testKubelet(files, "broken", { kubernetesVersion: "1.36", deviation: "health.check.ping" });
afterAll(() => kubelet.stop());
const report = join(files.directory, "report.json");
const first = await cli(["run", ...access, "--focus", "health", "--output", "plain", "--report", `json=${report}`]);

test("only what failed runs again, and how many are told", async () => {
  expect(first.code).toBe(1);
  const { code, out, err } = await cli(["run", ...access, "--rerun-failed", report, "--output", "plain"]);
  expect(out).toMatch(/: 1 planned\nfailed +health\.check\.ping: /);
  expect(err).toMatch(/^rerun: 1 of the 1 failures in .*report\.json, of kubelet v1\.36\.\d+ at https:\/\/127\.0\.0\.1:\d+\n$/);
  expect(code).toBe(1);
});

test("with --strict, what was warned runs again, too", async () => {
  const text = JSON.stringify(
    await edited((results) => results.map((one) => (one["id"] === "health.main.ok" ? { ...one, verdict: "warned" } : one))),
  );
  const warned = await files.file("warned.json", text);
  const planned = async (...args: string[]) =>
    (await cli(["run", ...access, "--rerun-failed", warned, "--output", "plain", ...args])).out.match(/(\d+) planned/)?.[1];
  expect([await planned(), await planned("--strict"), await planned("--strict", "--skip", "health.check")]).toEqual(["1", "2", "1"]);
});

test.each<[string, string[], (results: Json[]) => Json[], RegExp]>([
  ["nothing failed", [], () => [], /nothing failed in it, so there is nothing to run again/],
  ["all of it is left out", ["--skip", "health"], (results) => results, /none of its 1 failures is among the requirements that are chosen/],
  [
    "it is a testbed's",
    [],
    (results) => results.map((one) => ({ ...one, scenarios: [] })),
    /testbed wrote this report; run it again with "kubelet-conformance testbed"/,
  ],
])("says when %s", async (_what, args, change, pattern) => {
  const file = await files.file("other.json", JSON.stringify(await edited(change)));
  const { code, out, err } = await cli(["run", ...access, "--rerun-failed", file, ...args]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(pattern);
  expect(err.trimEnd()).not.toContain("\n");
});

test("the testbed runs its own report again, and no other", async () => {
  const own = join(files.directory, "testbed.json");
  const args = ["testbed", "--kubernetes-version", "1.36", "--output", "plain"];
  await cli([...args, "--deviation", "health.check.ping", "--focus", "health.check", "--report", `json=${own}`]);
  const again = await cli([...args, "--rerun-failed", own]);
  expect(again.err).toMatch(/^rerun: 1 of the 1 failures/);
  expect(again.out).toMatch(/^conformant: 1 passed \(/m);
  expect(again.code).toBe(0);
  expect((await cli([...args, "--rerun-failed", report])).err).toMatch(
    /run wrote this report; run it again with "kubelet-conformance run"/,
  );
});

type Json = Record<string, unknown>;

/** The report of the first run with other results. */
async function edited(change: (results: Json[]) => Json[]): Promise<Json> {
  const whole = JSON.parse(await readFile(report, "utf8")) as Json & { results: Json[] }; // the run has just written it
  return { ...whole, results: change(whole.results) };
}
