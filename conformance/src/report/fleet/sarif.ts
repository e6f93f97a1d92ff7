import { createHash } from "node:crypto";
import { compareVersions } from "@kubelet-conformance/spec";
import { printableLines } from "../../engine/text.ts";
import { baseIds, toolOf, toResult, toRule } from "../sarif.ts";
import { differenceResults, differenceRules } from "../sarif-differential.ts";
import type { SarifLog } from "../sarif-types.ts";
import { findingsOf, namesText } from "./findings.ts";
import { type FleetReport, isTested, reportOf, requirementsOf } from "./fleet-report.ts";
import { fleetCountsText } from "./text.ts";

/** The report of many kubelets for code scanning: one alert for each requirement that is broken, wherever it is broken. */
export function toFleetSarif(report: FleetReport): SarifLog {
  const { suite, startedAt, durationMs, summary, kubelets } = report;
  const requirements = requirementsOf(report);
  const broken = findingsOf(report).flatMap((finding) => {
    const [first] = finding.kubelets;
    if (!first || finding.verdict === "suite-error") return [];
    const whole = reportOf(first.kubelet, requirements);
    const result = whole.results.find(({ id }) => id === finding.requirement.id);
    return result ? [{ finding, whole, result }] : [];
  });
  const faults = findingsOf(report).filter(({ verdict }) => verdict === "suite-error");
  const tested = kubelets.filter(isTested);
  const sets = tested.map((kubelet) => kubelet.suite.requirementSet);
  const requirementSet = sets.toSorted(compareVersions).at(-1) ?? "1.25";
  const notifications = [
    ...faults.map(({ requirement, kubelets: concerned }) => `${requirement.id}: ${concerned[0]?.result.reason ?? "no reason"}`),
    ...kubelets.flatMap((kubelet) => (isTested(kubelet) ? [] : [`${kubelet.name}: ${kubelet.notTested.message}`])),
  ];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: toolOf(suite, [...broken.map(({ result }) => toRule(result)), ...differenceRules(tested)]),
        automationDetails: { id: `${suite.name}/fleet/`, description: { text: fleetCountsText(report) } },
        originalUriBaseIds: baseIds({ requirementSet, version: suite.version }),
        invocations: [
          {
            executionSuccessful: notifications.length === 0 && !report.interrupted,
            startTimeUtc: startedAt,
            endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
            toolExecutionNotifications: notifications.map((text) => ({ level: "error", message: { text: printableLines(text) } })),
          },
        ],
        results: [
          ...broken.map(({ finding, whole, result }, index) => {
            const names = finding.kubelets.map(({ kubelet }) => kubelet.name);
            const hash = createHash("sha256").update(`${result.id}\nfleet`).digest("hex");
            const one = toResult(result, index, whole);
            const text = `${one.message.text}\non ${names.length} of ${kubelets.length} kubelets: ${printableLines(namesText(names, 50))}`;
            return {
              ...one,
              message: { text },
              partialFingerprints: { "kubeletRequirement/v1": hash, primaryLocationLineHash: `${hash.slice(0, 16)}:1` },
            };
          }),
          ...tested.flatMap((kubelet) => (kubelet.differential ? differenceResults(reportOf(kubelet, requirements), broken.length) : [])),
        ],
        columnKind: "utf16CodeUnits",
        properties: { summary },
      },
    ],
  };
}
