import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { reportKinds } from "../report/files.ts";
import { readAnyReport } from "../report/read.ts";
import type { Report } from "../report/report.ts";
import { cli, scratch } from "./cli.support.ts";

const files = await scratch();
afterAll(() => files.remove());

/** Nothing listens on port 1. */
const nowhere = ["run", "--server", "https://127.0.0.1:1", "--insecure-skip-tls-verify"];

test("a kubelet that cannot be tested has every kind of report, which says why", async () => {
  const file = (kind: string): string => join(files.directory, `report.${kind}`);
  const flags = reportKinds.flatMap((kind) => ["--report", `${kind}=${file(kind)}`]);
  const { code, err } = await cli([...nowhere, ...flags, "--output", "plain"]);
  expect(code).toBe(2);
  expect(err).toMatch(/^(report: \S+\n){9}kubelet-conformance: nothing listens on https:\/\/127\.0\.0\.1:1\b.*\n$/);
  const report = await readAnyReport(file("json"));
  expect(report).toMatchObject({
    summary: { verdict: "incomplete", planned: 0 },
    target: { server: "https://127.0.0.1:1", kubernetesVersion: "unknown" },
    notTested: { code: "target-refused", message: expect.stringContaining("nothing listens") },
  });
  const shows: Record<string, RegExp> = {
    html: /<h1>kubelet at https:\/\/127\.0\.0\.1:1: could not run<\/h1>[\s\S]*nothing listens/,
    markdown: /^## `kubelet at https:\/\/127\.0\.0\.1:1`: could not run\n[\s\S]*is tested: nothing listens/,
    junit: /tests="1" failures="0" errors="1"[\s\S]*<error message="nothing listens/,
    sarif: /"executionSuccessful": false[\s\S]*nothing listens/,
    ctrf: /"failed": 1[\s\S]*nothing listens/,
    tap: /^not ok 1 - is tested\n[\s\S]*nothing listens/m,
    badge: /"message": "could not run"[\s\S]*"isError": true/,
    "in-toto": /"result": "FAILED"/,
  };
  for (const [kind, pattern] of Object.entries(shows)) expect(await readFile(file(kind), "utf8")).toMatch(pattern);
  expect(["json", ...Object.keys(shows)].toSorted()).toEqual(reportKinds.toSorted());
});

test("so has standard output with --output json, and a file of {node} in its name", async () => {
  const { code, out, err } = await cli([...nowhere, "--output", "json", "--report", `junit=${join(files.directory, "{node}.xml")}`]);
  expect([code, JSON.parse(out) as Report]).toMatchObject([2, { notTested: { code: "target-refused" } }]);
  expect(err).toContain(`report: ${join(files.directory, "127.0.0.1-1.xml")}\n`);
});

test("it says what was looked for", async () => {
  const { out } = await cli([...nowhere, "--kubernetes-version", "1.34", "--output", "json"]);
  expect(JSON.parse(out)).toMatchObject({
    suite: { requirementSet: "1.34" },
    target: { kubernetesVersion: "1.34", versionSource: "declared" },
  });
});

test("a flag that nobody can mean writes none", async () => {
  const file = join(files.directory, "none.json");
  const { code, out } = await cli([...nowhere, "--focus", "no.such.thing", "--output", "json", "--report", `json=${file}`]);
  expect([code, out]).toEqual([2, ""]);
});
