import type { Verdict } from "../../engine/verdicts.ts";
import { verdicts } from "../../engine/verdicts.ts";
import { countTests, type CtrfTest, differenceTests, spanOf, statuses } from "../ctrf.ts";
import { namesText } from "./findings.ts";
import { type FleetReport, isTested } from "./fleet-report.ts";
import { fleetCountsText } from "./text.ts";

/** The report of many kubelets in the Common Test Report Format: a test per requirement with its worst verdict, and one per kubelet that was not tested. */
export function toFleetCtrf(report: FleetReport) {
  const { suite, summary, durationMs, kubelets } = report;
  const start = Date.parse(report.startedAt);
  const differences = kubelets
    .filter(isTested)
    .flatMap((kubelet) => differenceTests(kubelet).map((test) => ({ ...test, name: `${kubelet.name}: ${test.name}` })));
  const tests = [...requirementTests(report), ...differences, ...untestedTests(report)];
  return {
    reportFormat: "CTRF" as const,
    specVersion: "0.0.0" as const,
    timestamp: new Date(start + durationMs).toISOString(),
    generatedBy: `${suite.name} ${suite.version}`,
    results: {
      tool: { name: suite.name, version: suite.version },
      summary: {
        ...countTests(tests),
        suites: new Set(tests.map((test) => test.suite.join())).size,
        ...spanOf(start, durationMs),
        extra: summary,
      },
      tests,
      environment: { testEnvironment: fleetCountsText(report) },
    },
  };
}

function requirementTests({ requirements, kubelets }: FleetReport): CtrfTest[] {
  const seen = new Map<string, Map<Verdict, string[]>>();
  const durations = new Map<string, number>();
  const note = (id: string, verdict: Verdict, name: string): void => {
    const own = seen.get(id) ?? new Map<Verdict, string[]>();
    seen.set(id, own.set(verdict, [...(own.get(verdict) ?? []), name]));
  };
  for (const { name, problems, others } of kubelets.filter(isTested)) {
    for (const { id, verdict, durationMs } of problems) {
      note(id, verdict, name);
      durations.set(id, (durations.get(id) ?? 0) + durationMs);
    }
    for (const { ids, verdict } of others) for (const id of ids) note(id, verdict, name);
  }
  return requirements.map(({ id, title, level, profile }) => {
    const own = [...(seen.get(id) ?? [])].toSorted(([a], [b]) => verdicts.indexOf(a) - verdicts.indexOf(b));
    const [worst, names] = own[0] ?? (["not-applicable", []] as const);
    const counts = Object.fromEntries(own.map(([verdict, concerned]) => [verdict, concerned.length]));
    return {
      name: id,
      status: statuses[worst],
      duration: Math.round(durations.get(id) ?? 0),
      suite: [profile],
      rawStatus: worst,
      tags: [level, profile],
      ...(worst === "passed" ? {} : { message: `${worst} on ${names.length} of ${kubelets.length}: ${namesText(names)}` }),
      extra: { title, kubelets: counts },
    };
  });
}

function untestedTests({ kubelets }: FleetReport): CtrfTest[] {
  return kubelets.flatMap((kubelet) =>
    isTested(kubelet)
      ? []
      : [
          {
            name: `${kubelet.name} is tested`,
            status: "failed" as const,
            duration: 0,
            suite: ["target"],
            rawStatus: "not-tested",
            message: kubelet.notTested.message,
          },
        ],
  );
}
