import type { Summary } from "../../engine/verdicts.ts";
import { attribute, differenceCases, testCase } from "../junit.ts";
import { endsOf } from "../subject.ts";
import { type FleetKubelet, type FleetReport, type FleetRequirement, isTested, reportOf, requirementsOf } from "./fleet-report.ts";
import { fleetCountsText } from "./text.ts";

/** The report of many kubelets as JUnit XML: a suite per kubelet, a test case per requirement. */
export function toFleetJunit(report: FleetReport): string {
  const requirements = requirementsOf(report);
  const suites = report.kubelets.map((kubelet) => suiteOf(kubelet, requirements, report));
  const sum = (member: "tests" | "failures" | "errors"): number => suites.reduce((total, suite) => total + suite[member], 0);
  const counts = `tests="${sum("tests")}" failures="${sum("failures")}" errors="${sum("errors")}"`;
  const head = `<testsuites name="kubelet-conformance" ${counts} time="${(report.durationMs / 1000).toFixed(3)}">`;
  // An empty document looks like a broken one.
  const nothing =
    suites.length === 0 ? [suiteXml(fleetCountsText(report), { tests: 0, failures: 0, errors: 0 }, 0, report.startedAt, [])] : [];
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites.map(({ xml }) => xml), ...nothing, "</testsuites>", ""].join("\n");
}

interface Suite {
  xml: string;
  tests: number;
  failures: number;
  errors: number;
}

function suiteOf(kubelet: FleetKubelet, requirements: ReadonlyMap<string, FleetRequirement>, { startedAt }: FleetReport): Suite {
  const errorCase = (name: string, message: string): string =>
    `    <testcase classname="kubelet.target" name="${attribute(name)}" time="0.000"><error message="${attribute(message)}"/></testcase>`;
  if (!isTested(kubelet)) {
    const counts = { tests: 1, failures: 0, errors: 1 };
    return {
      ...counts,
      xml: suiteXml(kubelet.name, { ...counts, skipped: 0 }, 0, startedAt, [errorCase("is tested", kubelet.notTested.message)]),
    };
  }
  const whole = reportOf(kubelet, requirements);
  const { planned, failed, suiteError, blocked, notApplicable, knownFailure } = whole.summary;
  // A report from before there were requirement sets has none.
  const notScored = (whole.summary as Partial<Summary>).notScored ?? 0;
  const ends = endsOf(whole).map(({ name, message }) => errorCase(name, message));
  const differences = differenceCases(whole);
  const counts = {
    tests: planned + differences.length + ends.length,
    failures: failed + differences.length,
    errors: suiteError + ends.length,
  };
  const skipped = blocked + notApplicable + knownFailure + notScored;
  const cases = [...whole.results.map(testCase), ...differences, ...ends];
  return { ...counts, xml: suiteXml(kubelet.name, { ...counts, skipped }, whole.durationMs, whole.startedAt, cases) };
}

function suiteXml(name: string, counts: Record<string, number>, durationMs: number, startedAt: string, cases: readonly string[]): string {
  const shown = Object.entries(counts).map(([member, count]) => `${member}="${count}"`);
  const head = `  <testsuite name="${attribute(name)}" ${shown.join(" ")} time="${(durationMs / 1000).toFixed(3)}" timestamp="${startedAt.slice(0, 19)}">`;
  return [head, ...cases, "  </testsuite>"].join("\n");
}
