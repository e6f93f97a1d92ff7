import { validate } from "ctrf";
import { expect, test } from "vitest";
import { toCtrf } from "./ctrf.ts";
import { hostile, sampleReport } from "./report.support.ts";

test.each([undefined, hostile])("the report is valid by the schema of CTRF", (text) => {
  // As a reader gets it.
  const read: unknown = JSON.parse(JSON.stringify(toCtrf(sampleReport(text))));
  expect(validate(read)).toEqual({ valid: true, errors: [] });
});

test("only what fails a run is failed, and the raw status says what it was", () => {
  const { tests, summary } = toCtrf(sampleReport()).results;
  expect(tests.map(({ status, rawStatus }) => `${rawStatus} ${status}`)).toEqual([
    "suite-error failed",
    "failed failed",
    "failed failed",
    "known-failure other",
    "warned other",
    "blocked pending",
    "not-applicable skipped",
    ...Array.from({ length: 3 }, () => "passed passed"),
    "failed failed",
    "failed failed",
  ]);
  expect(summary).toMatchObject({ tests: 12, passed: 3, failed: 5, skipped: 1, pending: 1, other: 2, suites: 1 });
  expect(tests[1]).toMatchObject({
    message: "expected status 200, got 404 404 page not found",
    trace: expect.stringContaining("\ncurl curl -sSi "),
  });
});
