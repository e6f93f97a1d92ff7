import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { scratch } from "../cli/cli.support.ts";
import type { Verdict } from "../engine/verdicts.ts";
import { toBadge } from "./badge.ts";
import { writeReports } from "./files.ts";
import { toStatement } from "./in-toto.ts";
import type { Report } from "./report.ts";
import { resultsOf, sampleReport, sampleTarget } from "./report.support.ts";

function reportOf(...verdicts: Verdict[]): Report {
  const results = resultsOf(verdicts);
  return sampleReport(undefined, { planned: results, results, leftovers: [], stoppedAnswering: undefined, notRun: [] });
}

// No schema is published for these two: the members that their pages call required are named here.

test("the statement has all required members, and its subject is the JSON report, byte for byte", async () => {
  const report = sampleReport();
  const statement = toStatement(report);
  expect(statement).toMatchObject({
    _type: "https://in-toto.io/Statement/v1",
    predicateType: "https://in-toto.io/attestation/test-result/v0.1",
    predicate: {
      result: "FAILED",
      configuration: [{ name: "kubelet-conformance", uri: expect.stringMatching(/^pkg:npm\/kubelet-conformance@\d/) }],
      passedTests: expect.any(Array),
    },
  });
  const { passedTests, warnedTests, failedTests } = statement.predicate;
  expect([passedTests, warnedTests, failedTests].map(({ length }) => length)).toEqual([3, 2, 3]);
  const files = await scratch();
  onTestFinished(() => files.remove());
  const file = join(files.directory, "report.json");
  await writeReports(report, [{ kind: "json", file }]);
  const digest = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  expect(statement.subject).toEqual([expect.objectContaining({ name: "report.json", digest: { sha256: digest } })]);
});

test("where the kubelet's program is known, it is the subject", () => {
  const programSha256 = createHash("sha256").update("kubelet").digest("hex");
  const { subject } = toStatement(sampleReport(undefined, { target: { ...sampleTarget, programSha256 } }));
  expect(subject).toEqual([expect.objectContaining({ name: "kubelet", digest: { sha256: programSha256 } })]);
  expect(subject[0]?.annotations).toMatchObject({ report: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
});

test.each([
  [["passed"], "PASSED", "conformant, 1 of 1 passed", "brightgreen"],
  [["passed", "not-applicable"], "PASSED", "conformant, 1 of 1 passed", "brightgreen"],
  [["passed", "warned"], "WARNED", "conformant, 1 of 2 passed", "brightgreen"],
  [["passed", "known-failure"], "WARNED", "conformant, 1 of 2 passed", "brightgreen"],
  [["passed", "blocked"], "WARNED", "incomplete, 1 of 1 passed", "yellow"],
  [["passed", "failed"], "FAILED", "not conformant, 1 of 2 passed", "red"],
  [["passed", "suite-error"], "FAILED", "incomplete, 1 of 1 passed", "yellow"],
  [["blocked"], "FAILED", "incomplete, 0 of 0 passed", "yellow"],
] satisfies [Verdict[], string, string, string][])("a run with %j is %s", (verdicts, result, message, color) => {
  const report = reportOf(...verdicts);
  expect(toStatement(report).predicate.result).toBe(result);
  expect(toBadge(report)).toMatchObject({ schemaVersion: 1, label: "kubelet API 1.36", message, color });
});

test("a badge is an error where the suite or the run is", () => {
  expect([reportOf("suite-error"), reportOf("blocked"), reportOf("failed")].map((report) => toBadge(report).isError)).toEqual([
    true,
    true,
    undefined,
  ]);
});
