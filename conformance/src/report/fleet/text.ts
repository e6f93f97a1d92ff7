import type { FleetKubelet, FleetReport } from "./fleet-report.ts";
import { isTested } from "./fleet-report.ts";
import { type PlainText, say } from "../../messages/say.ts";
import { runVerdictWords } from "../words.ts";

type Counted = Pick<FleetReport, "summary" | "shard">;

/** As programs read it, in English: `1,000 kubelets: 990 conformant, 8 not conformant, 2 not tested`. */
export function fleetCountsText({ summary, shard }: Counted): string {
  const { kubelets, conformant, notConformant, incomplete, notTested } = summary;
  const counts: [number, string][] = [
    [conformant, runVerdictWords.conformant],
    [notConformant, runVerdictWords["not-conformant"]],
    [incomplete, runVerdictWords.incomplete],
    [notTested, "not tested"],
  ];
  const shown = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `${kubelets} ${kubelets === 1 ? "kubelet" : "kubelets"}: ${shown.join(", ") || (shard ? `none in shard ${shard.index}/${shard.count} of ${shard.kubelets}` : "none")}`;
}

/** The same for people. */
export function fleetCountsSaid({ summary, shard }: Counted): string {
  const { kubelets, conformant, notConformant, incomplete, notTested } = summary;
  const shown = [
    conformant > 0 ? say("{count} conformant", { count: conformant }) : "",
    notConformant > 0 ? say("{count} not conformant", { count: notConformant }) : "",
    incomplete > 0 ? say("{count} incomplete", { count: incomplete }) : "",
    notTested > 0 ? say("{count} not tested", { count: notTested }) : "",
  ].filter(Boolean);
  const none = shard
    ? say("none in shard {index}/{count} of {all}", { index: shard.index, count: shard.count, all: shard.kubelets })
    : say("none");
  const counts = shown.join(", ") || none;
  return kubelets === 1 ? say("1 kubelet: {counts}", { counts }) : say("{count} kubelets: {counts}", { count: kubelets, counts });
}

/** The minors of the kubelets and how many there are of each, `1.36 (3), 1.37`. */
export function versionsText({ kubelets }: Pick<FleetReport, "kubelets">): string {
  const counts = new Map<string, number>();
  for (const { target } of kubelets.filter(isTested)) counts.set(target.kubernetesVersion, (counts.get(target.kubernetesVersion) ?? 0) + 1);
  return [...counts].map(([version, count]) => (count === 1 ? version : `${version} (${count})`)).join(", ") || say("none");
}

/** What there is to say of one kubelet in a table's verdict column. */
export function verdictOf(kubelet: FleetKubelet): string {
  const word: PlainText = isTested(kubelet) ? runVerdictWords[kubelet.summary.verdict] : "not tested";
  return say(word);
}
