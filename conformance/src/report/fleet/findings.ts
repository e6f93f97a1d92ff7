import type { RunVerdict, Verdict } from "../../engine/verdicts.ts";
import { verdicts } from "../../engine/verdicts.ts";
import { say } from "../../messages/say.ts";
import type { ProfileSummary } from "../report.ts";
import { type FleetReport, type FleetRequirement, type FleetResult, isTested, requirementsOf, type TestedKubelet } from "./fleet-report.ts";

/** A requirement that some kubelets break, with all that break it alike. */
export interface Finding {
  requirement: FleetRequirement;
  verdict: Verdict;
  /** Those concerned. The first one has exchanges, where any has. */
  kubelets: { kubelet: TestedKubelet; result: FleetResult }[];
}

/** Worst first, then MUST before SHOULD before MAY, then what concerns most. */
export function findingsOf(report: FleetReport): Finding[] {
  const requirements = requirementsOf(report);
  const found = new Map<string, Finding>();
  for (const kubelet of report.kubelets.filter(isTested)) {
    for (const result of kubelet.problems) {
      const requirement = requirements.get(result.id);
      if (!requirement) continue;
      const key = `${result.verdict} ${result.id}`;
      const finding = found.get(key) ?? { requirement, verdict: result.verdict, kubelets: [] };
      found.set(key, finding);
      if (result.exchanges.length > 0 && finding.kubelets[0]?.result.exchanges.length === 0) finding.kubelets.unshift({ kubelet, result });
      else finding.kubelets.push({ kubelet, result });
    }
  }
  const rank = ({ verdict, requirement: { level } }: Finding): number =>
    verdicts.indexOf(verdict) * 3 + ["MUST", "SHOULD", "MAY"].indexOf(level);
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || b.kubelets.length - a.kubelets.length);
}

/** A requirement on which kubelets do not agree, by verdict; those on which it was not tried at all are left out. */
export interface Difference {
  requirement: FleetRequirement;
  verdicts: { verdict: Verdict; kubelets: string[] }[];
}

export function differencesOf(report: FleetReport): Difference[] {
  const seen = new Map<string, Map<Verdict, string[]>>();
  const note = (id: string, verdict: Verdict, name: string): void => {
    const own = seen.get(id) ?? new Map<Verdict, string[]>();
    seen.set(id, own);
    const names = own.get(verdict);
    if (names) names.push(name);
    else own.set(verdict, [name]);
  };
  for (const { name, problems, others } of report.kubelets.filter(isTested)) {
    for (const { id, verdict } of problems) note(id, verdict, name);
    for (const { ids, verdict } of others) for (const id of ids) note(id, verdict, name);
  }
  return report.requirements.flatMap((requirement) => {
    const own = seen.get(requirement.id);
    if (!own || own.size < 2) return [];
    const sorted = [...own].toSorted(([a], [b]) => verdicts.indexOf(a) - verdicts.indexOf(b));
    return [{ requirement, verdicts: sorted.map(([verdict, kubelets]) => ({ verdict, kubelets })) }];
  });
}

/** What the kubelets support, profile by profile. */
export interface ProfileRow {
  profile: string;
  title: string;
  counts: Record<RunVerdict, number>;
}

export function profileRows(report: FleetReport): ProfileRow[] {
  const rows = new Map<string, ProfileRow>();
  for (const { profiles } of report.kubelets.filter(isTested)) {
    for (const { profile, title, verdict } of profiles) {
      const row = rows.get(profile) ?? { profile, title, counts: { conformant: 0, "not-conformant": 0, incomplete: 0 } };
      rows.set(profile, row);
      row.counts[verdict]++;
    }
  }
  return [...rows.values()];
}

/** One kubelet's summary of a profile; undefined: it was not in the plan. */
export function profileOf({ profiles }: TestedKubelet, profile: string): ProfileSummary | undefined {
  return profiles.find((one) => one.profile === profile);
}

/** The first names, and how many more there are. */
export function namesText(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** The same for people. */
export function namesSaid(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? say("{list} and {count} more", { list: shown, count: names.length - most }) : shown;
}
