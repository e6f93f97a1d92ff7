import type { Level, Requirement, Source } from "@kubelet-conformance/spec";
import type { RecordedExchange } from "./record.ts";

/** In the order in which reports list them: worst first. */
export const verdicts = ["suite-error", "failed", "known-failure", "warned", "blocked", "not-applicable", "passed"] as const;
export type Verdict = (typeof verdicts)[number];

/** What a run found out about one requirement. */
export interface Result {
  id: string;
  level: Level;
  verdict: Verdict;
  title: string;
  profile: string;
  /** It is told and does not count ... */
  scored?: false;
  /** ... because it is a draft, or younger than the requirement set. */
  notScoredReason?: string;
  /** Why it is blocked, not applicable or a known failure, or where it failed. */
  reason?: string;
  /** Present when something differed: what should have been seen ... */
  expected?: string;
  /** ... and what was. */
  actual?: string;
  /** Figures that were seen, by a name that ends in the unit: `pauseMs`. */
  measured?: Record<string, number>;
  /** Of a testbed: what each scenario found in which this requirement applies. */
  scenarios?: { name: string; verdict: Verdict }[];
  exchanges: RecordedExchange[];
  sources: Source[];
  durationMs: number;
}

export interface Counts {
  planned: number;
  emitted: number;
  /** In these two, and in none of the following. */
  notScored: number;
  passed: number;
  failed: number;
  warned: number;
  notApplicable: number;
  blocked: number;
  knownFailure: number;
  suiteError: number;
}

export interface Summary extends Counts {
  verdict: RunVerdict;
}

export type RunVerdict = "conformant" | "not-conformant" | "incomplete";

export interface Strictness {
  /** A broken SHOULD fails the run. */
  strict?: boolean;
  /** A blocked check fails the run. */
  requireComplete?: boolean;
}

const members = {
  passed: "passed",
  failed: "failed",
  warned: "warned",
  "not-applicable": "notApplicable",
  blocked: "blocked",
  "known-failure": "knownFailure",
  "suite-error": "suiteError",
} as const satisfies Record<Verdict, keyof Counts>;

/** Counts verdicts and draws the conclusion from what is scored. Fewer results than planned is never better than incomplete. */
export function summarize(
  results: readonly Pick<Result, "verdict" | "scored">[],
  planned: number,
  { strict = false }: Strictness = {},
): Summary {
  const counts: Counts = {
    planned,
    emitted: results.length,
    notScored: 0,
    passed: 0,
    failed: 0,
    warned: 0,
    notApplicable: 0,
    blocked: 0,
    knownFailure: 0,
    suiteError: 0,
  };
  for (const { verdict, scored = true } of results) counts[scored ? members[verdict] : "notScored"]++;
  return { verdict: conclusion(counts, strict), ...counts };
}

function conclusion(counts: Counts, strict: boolean): RunVerdict {
  if (counts.failed > 0 || (strict && counts.warned > 0)) return "not-conformant";
  const gaps = counts.blocked > 0 || counts.suiteError > 0 || counts.emitted < counts.planned;
  return gaps || executed(counts) === 0 ? "incomplete" : "conformant";
}

function executed({ passed, failed, warned, knownFailure }: Counts): number {
  return passed + failed + warned + knownFailure;
}

/** What a report says about how its run went; a whole report will do. */
export interface Ending {
  summary: Summary;
  /** The target was gone before the end. */
  stoppedAnswering?: unknown;
  /** Where two ways to the kubelet were compared. */
  differential?: { unexplained: number };
  /** Of a testbed: scenarios without their outcome. */
  notRun?: readonly unknown[];
}

/** 0 conformant, 1 not conformant, 2 could not run. Interruption (130) is the caller's to know. */
export function exitCode(
  { summary, stoppedAnswering, differential, notRun = [] }: Ending,
  { requireComplete = false }: Strictness = {},
): 0 | 1 | 2 {
  if (summary.suiteError > 0 || executed(summary) === 0) return 2;
  if (summary.verdict === "not-conformant" || (differential && differential.unexplained > 0)) return 1;
  // Stopped early without a failure: nothing that a user asked for does that.
  if (summary.emitted < summary.planned || stoppedAnswering !== undefined || notRun.length > 0) return 2;
  return requireComplete && summary.blocked > 0 ? 1 : 0;
}

/** The part of a result that comes from the catalogue. */
export function resultHead({
  id,
  level,
  title,
  profile,
  sources,
}: Requirement): Pick<Result, "id" | "level" | "title" | "profile" | "sources"> {
  return { id, level, title, profile, sources };
}

/** The result of a requirement about which the target was not asked. */
export function unexecuted(requirement: Requirement, verdict: "blocked" | "not-applicable", reason: string): Result {
  return { ...resultHead(requirement), verdict, reason, exchanges: [], durationMs: 0 };
}
