import type { FleetKubelet, FleetReport, FleetSummary } from "./fleet-report.ts";
import { isTested } from "./fleet-report.ts";
import { runVerdictWords } from "../words.ts";

/** `1,000 kubelets: 990 conformant, 8 not conformant, 2 not tested`. */
export function fleetCountsText({ kubelets, conformant, notConformant, incomplete, notTested }: FleetSummary): string {
  const counts: [number, string][] = [
    [conformant, runVerdictWords.conformant],
    [notConformant, runVerdictWords["not-conformant"]],
    [incomplete, runVerdictWords.incomplete],
    [notTested, "not tested"],
  ];
  const shown = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `${kubelets} ${kubelets === 1 ? "kubelet" : "kubelets"}: ${shown.join(", ") || "none"}`;
}

/** The minors of the kubelets and how many there are of each, `1.36 (3), 1.37`. */
export function versionsText({ kubelets }: Pick<FleetReport, "kubelets">): string {
  const counts = new Map<string, number>();
  for (const { target } of kubelets.filter(isTested)) counts.set(target.kubernetesVersion, (counts.get(target.kubernetesVersion) ?? 0) + 1);
  return [...counts].map(([version, count]) => (count === 1 ? version : `${version} (${count})`)).join(", ") || "none";
}

/** What there is to say of one kubelet in a table's verdict column. */
export function verdictOf(kubelet: FleetKubelet): string {
  return isTested(kubelet) ? runVerdictWords[kubelet.summary.verdict] : "not tested";
}
