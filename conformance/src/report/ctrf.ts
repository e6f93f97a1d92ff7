import { unexplainedPoints } from "../differential/points.ts";
import type { Result, Verdict } from "../engine/verdicts.ts";
import { problemFields, problemVerdicts, worstFirst } from "./problems.ts";
import type { Report } from "./report.ts";
import { endsOf, subjectName } from "./subject.ts";

/** The part of the Common Test Report Format that is used here: https://ctrf.io. */
export interface Ctrf {
  reportFormat: "CTRF";
  specVersion: "0.0.0";
  timestamp: string;
  generatedBy: string;
  results: {
    tool: { name: string; version: string };
    summary: Record<CtrfStatus | "tests" | "suites" | "start" | "stop" | "duration", number> & { extra: Report["summary"] };
    tests: CtrfTest[];
    environment: { testEnvironment: string; extra: Report["target"] };
    extra: Pick<Report, "profiles" | "leftovers" | "differential">;
  };
}

type CtrfStatus = "passed" | "failed" | "skipped" | "pending" | "other";

export interface CtrfTest {
  name: string;
  status: CtrfStatus;
  duration: number;
  suite: string[];
  rawStatus: string;
  tags?: string[];
  message?: string;
  trace?: string;
  extra?: Record<string, unknown>;
}

/** Only what fails a run is failed; what nobody could find out is pending. */
export const statuses: Readonly<Record<Verdict, CtrfStatus>> = {
  passed: "passed",
  failed: "failed",
  "suite-error": "failed",
  warned: "other",
  "known-failure": "other",
  blocked: "pending",
  "not-applicable": "skipped",
};

export function toCtrf(report: Report): Ctrf {
  const { suite, summary, profiles, leftovers, durationMs, target, differential } = report;
  const start = Date.parse(report.startedAt);
  // Readers of CTRF see nothing but tests.
  const ends = endsOf(report).map(({ name, message, detail }): CtrfTest => ({
    name,
    status: "failed",
    duration: 0,
    suite: ["target"],
    rawStatus: "failed",
    message,
    ...(detail.length === 0 ? {} : { trace: detail.join("\n") }),
  }));
  const tests = [...worstFirst(report.results).map((result) => toTest(result, report)), ...differenceTests(report), ...ends];
  return {
    reportFormat: "CTRF",
    specVersion: "0.0.0",
    timestamp: new Date(start + durationMs).toISOString(),
    generatedBy: `${suite.name} ${suite.version}`,
    results: {
      tool: { name: suite.name, version: suite.version },
      summary: { ...countTests(tests), suites: profiles.length, ...spanOf(start, durationMs), extra: summary },
      tests,
      environment: { testEnvironment: subjectName(report), extra: target },
      extra: { profiles, leftovers, ...(differential ? { differential } : {}) },
    },
  };
}

/** A test for each difference between two ways that fails the run; `extra` has the others, too. */
export function differenceTests(report: Pick<Report, "differential">): CtrfTest[] {
  return unexplainedPoints(report).map(({ name, text }) => ({
    name,
    status: "failed",
    duration: 0,
    suite: ["differential"],
    rawStatus: "unexplained",
    message: text,
  }));
}

/** How many tests there are of each status. */
export function countTests(tests: readonly CtrfTest[]): Record<CtrfStatus | "tests", number> {
  const count = (status: CtrfStatus): number => tests.filter((test) => test.status === status).length;
  return {
    tests: tests.length,
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
    pending: count("pending"),
    other: count("other"),
  };
}

/** From when to when, in milliseconds since the epoch. */
export function spanOf(start: number, durationMs: number): Record<"start" | "stop" | "duration", number> {
  const duration = Math.round(durationMs);
  return { start, stop: start + duration, duration };
}

function toTest(result: Result, report: Report): CtrfTest {
  const { id, verdict, durationMs, profile, level, title, expected, actual, reason, measured, scenarios } = result;
  const difference = expected === undefined ? undefined : `expected ${expected}, got ${actual}`;
  const message = [difference, reason].filter(Boolean).join("; ");
  const fields = problemVerdicts.has(verdict) ? problemFields(result, report) : [];
  return {
    name: id,
    status: statuses[verdict],
    duration: Math.round(durationMs),
    suite: [profile],
    rawStatus: verdict,
    tags: [level, profile],
    ...(message === "" ? {} : { message }),
    ...(fields.length === 0 ? {} : { trace: [title, ...fields.map(([name, text]) => `${name} ${text}`)].join("\n") }),
    extra: { title, ...(measured ? { measured } : {}), ...(scenarios ? { scenarios } : {}) },
  };
}
