import { type PlainText, say } from "../messages/say.ts";
import type { RunVerdict, Summary, Verdict } from "../engine/verdicts.ts";
import type { Report } from "./report.ts";

/** Words that several kinds of reports share. */
export const runVerdictWords: Readonly<Record<RunVerdict, PlainText>> = {
  conformant: "conformant",
  "not-conformant": "not conformant",
  incomplete: "incomplete",
};

/** Of a group of results. */
export const verdictWords: Readonly<Record<Verdict, PlainText>> = {
  "suite-error": "suite errors",
  failed: "failed",
  "known-failure": "known failures",
  warned: "warned",
  blocked: "blocked",
  "not-applicable": "not applicable",
  passed: "passed",
};

export const verdictMeanings: Readonly<Record<Verdict, PlainText>> = {
  "suite-error": "our own fault, not the kubelet's",
  failed: "a MUST seen broken",
  "known-failure": "failed, and accepted for now",
  warned: "a SHOULD seen broken",
  blocked: "a prerequisite is missing",
  "not-applicable": "this version or configuration does not have it",
  passed: "seen to hold",
};

/** Columns of a profile table, in the order of reading. */
export const countColumns = [
  ["passed", "Passed"],
  ["failed", "Failed"],
  ["warned", "Warned"],
  ["knownFailure", "Known failures"],
  ["blocked", "Blocked"],
  ["notApplicable", "Not applicable"],
  ["suiteError", "Suite errors"],
] as const satisfies readonly (readonly [keyof Summary, PlainText])[];

/** The columns that say something: the first two, and those that are not empty. */
export function shownColumns(profiles: readonly Summary[]): (typeof countColumns)[number][] {
  return countColumns.filter(([member], index) => index < 2 || profiles.some((profile) => profile[member] > 0));
}

/** The verdict of a run, and whether something else fails it. */
export function verdictPhrase({
  summary: { verdict },
  differential,
  notTested,
}: Pick<Report, "summary" | "differential" | "notTested">): string {
  if (notTested) return say("could not run");
  const unexplained = differential?.unexplained ?? 0;
  return `${say(runVerdictWords[verdict])}${unexplained > 0 ? `, ${say("unexplained differences: {count}", { count: unexplained })}` : ""}`;
}

/** The counts of a run in one phrase. */
export function countsText({ summary }: Pick<Report, "summary">): string {
  const counts = countColumns.filter(([member]) => summary[member] > 0).map(([member]) => say(counted[member], { count: summary[member] }));
  const missing = summary.planned - summary.emitted;
  const cut = missing > 0 ? `; ${say("{count} of {planned} not run", { count: missing, planned: summary.planned })}` : "";
  return `${counts.join(", ") || say("nothing was executed")}${cut}`;
}

/** How many there are of each. */
export const counted = {
  passed: "{count} passed",
  failed: "{count} failed",
  warned: "{count} warned",
  knownFailure: "{count} known failures",
  blocked: "{count} blocked",
  notApplicable: "{count} not applicable",
  suiteError: "{count} suite errors",
  notScored: "{count} not scored",
} as const;
