import { differencePoints, unexplainedPoints } from "../differential/points.ts";
import { isScored } from "../engine/scoring.ts";
import type { Result } from "../engine/verdicts.ts";
import { printableLines } from "../engine/text.ts";
import type { Report } from "./report.ts";
import { endsOf } from "./subject.ts";

/** The report as JUnit XML: a suite per profile, a test case per requirement. */
export function toJunit(report: Report): string {
  const suites = report.profiles.map(({ profile, planned, failed, suiteError, blocked, notApplicable, knownFailure, notScored }) => {
    const own = report.results.filter((result) => result.profile === profile);
    const skipped = blocked + notApplicable + knownFailure + notScored;
    const seconds = own.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
    const counts = `tests="${planned}" failures="${failed}" errors="${suiteError}" skipped="${skipped}"`;
    return [
      `  <testsuite name="${attribute(profile)}" ${counts} time="${seconds.toFixed(3)}" ${timestamp(report)}>`,
      ...own.map(testCase),
      "  </testsuite>",
    ].join("\n");
  });
  // Readers of JUnit see nothing but test cases.
  const ends = endsOf(report);
  if (ends.length > 0) {
    const cases = ends.map(({ name, message }) => {
      const error = `<error message="${attribute(message)}"/>`;
      return `    <testcase classname="kubelet.target" name="${attribute(name)}" time="0.000">${error}</testcase>`;
    });
    const counts = `tests="${ends.length}" failures="0" errors="${ends.length}" skipped="0"`;
    suites.push([`  <testsuite name="target" ${counts} time="0.000" ${timestamp(report)}>`, ...cases, "  </testsuite>"].join("\n"));
  }
  const differences = differenceCases(report);
  if (report.differential) suites.push(differentialSuite(report, differences));
  const { planned, failed, suiteError } = report.summary;
  const counts = `tests="${planned + differences.length + ends.length}" failures="${failed + differences.length}" errors="${suiteError + ends.length}"`;
  const head = `<testsuites name="kubelet-conformance" ${counts} time="${(report.durationMs / 1000).toFixed(3)}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, "</testsuites>", ""].join("\n");
}

function timestamp({ startedAt }: Report): string {
  return `timestamp="${startedAt.slice(0, 19)}"`;
}

/** What is explained has no test case: as passed it would say that nothing differs. */
function differentialSuite(report: Report, cases: readonly string[]): string {
  const properties = differencePoints(report).flatMap(({ name, text: how, change }) =>
    change === undefined ? [] : [`      <property name="${attribute(name)}" value="${attribute(`${change}: ${how}`)}"/>`],
  );
  return [
    `  <testsuite name="differential" tests="${cases.length}" failures="${cases.length}" errors="0" skipped="0" time="0.000" ${timestamp(report)}>`,
    ...(properties.length === 0 ? [] : ["    <properties>", ...properties, "    </properties>"]),
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

/** A test case for each difference that fails the run. */
export function differenceCases(report: Pick<Report, "differential">): string[] {
  return unexplainedPoints(report).map(
    ({ name, text: how }) =>
      `    <testcase classname="kubelet.differential" name="${attribute(name)}" time="0.000"><failure message="${attribute(how)}"/></testcase>`,
  );
}

/** A requirement as a test case. */
export function testCase(result: Result): string {
  const head = `    <testcase classname="kubelet.${attribute(result.profile)}" name="${attribute(result.id)}" time="${(result.durationMs / 1000).toFixed(3)}"`;
  const content = outcome(result);
  return content === "" ? `${head}/>` : `${head}>${content}</testcase>`;
}

function outcome(result: Result): string {
  const { verdict, title, expected, actual, reason, notScoredReason = "" } = result;
  const difference = expected === undefined ? "" : `expected ${expected}, got ${actual}`;
  const message = attribute([difference, reason].filter(Boolean).join("; "));
  // Readers of JUnit know no result that does not count but a skipped one.
  if (!isScored(result))
    return `<skipped message="${attribute(`not scored (${notScoredReason}): ${verdict}`)}${message && `: ${message}`}"/>`;
  switch (verdict) {
    case "failed":
      return `<failure message="${message}">${text(title)}</failure>`;
    case "suite-error":
      return `<error message="${message}">${text(title)}</error>`;
    case "blocked":
    case "not-applicable":
    case "known-failure":
      return `<skipped message="${attribute(verdict)}: ${message}"/>`;
    case "warned":
      return `<system-out>${text(`warned: ${title}: ${difference}`)}</system-out>`;
    case "passed":
      return "";
  }
}

/** XML 1.0 has no way to write most control characters, not even as references. */
function text(value: string): string {
  return printableLines(value)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Text within an attribute. */
export function attribute(value: string): string {
  return text(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;").replaceAll("\r", "&#13;");
}
