import { unexplainedPoints } from "../../differential/points.ts";
import { printable } from "../../engine/text.ts";
import { escapePoint, yamlBlock } from "../tap.ts";
import { endsOf } from "../subject.ts";
import { type FleetReport, isTested } from "./fleet-report.ts";
import { fleetCountsText } from "./text.ts";

/** The report of many kubelets in the Test Anything Protocol: a test point per kubelet, with what it breaks. */
export function toFleetTap(report: FleetReport): string {
  const { kubelets } = report;
  const points = kubelets.map((kubelet, index) => {
    const head = (ok: boolean): string => `${ok ? "ok" : "not ok"} ${index + 1} - ${escapePoint(kubelet.name)}`;
    if (!isTested(kubelet)) return [head(false), ...yamlBlock([["reason", kubelet.notTested.message]])];
    const { summary, problems } = kubelet;
    const ends = endsOf(kubelet);
    const differences = unexplainedPoints(kubelet);
    const fails = summary.verdict === "not-conformant" || summary.suiteError > 0 || differences.length > 0 || ends.length > 0;
    const told = [
      ...problems.map(({ id, verdict, expected, actual, reason }): [string, string] => [
        verdict,
        printable(`${id}: ${expected === undefined ? (reason ?? "") : `expected ${expected}, got ${actual}`}`),
      ]),
      ...differences.map(({ name, text }): [string, string] => ["difference", `${name}: ${text}`]),
      ...ends.map(({ message }): [string, string] => ["end", message]),
    ];
    // What could not be found out is neither good nor bad.
    const directive = !fails && summary.verdict === "incomplete" ? " # TODO incomplete" : "";
    return [`${head(!fails && directive === "")}${directive}`, ...(told.length === 0 ? [] : yamlBlock(told))];
  });
  return `${["TAP version 14", `1..${points.length}${points.length === 0 ? ` # SKIP ${fleetCountsText(report)}` : ""}`, ...points.flat()].join("\n")}\n`;
}
