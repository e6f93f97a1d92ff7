import { isScored } from "./scoring.ts";
import type { Result } from "./verdicts.ts";

/** One entry of a known-failures file. */
export interface KnownFailure {
  id: string;
  /** Why it is accepted for now. */
  reason: string;
  /** Where it is tracked. */
  link?: string;
  /** Last day (YYYY-MM-DD) on which it is accepted; absent: no end. */
  expires?: string;
}

/**
 * Turns a listed failure, of a MUST or of a SHOULD, into `known-failure` while its entry has not expired. What is not scored needs no
 * acceptance.
 */
export function acceptor(known: readonly KnownFailure[], today = new Date().toISOString().slice(0, 10)): (result: Result) => Result {
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  return (result) => {
    const entry = byId.get(result.id);
    if (!entry || !isScored(result) || !isBroken(result)) return result;
    if (entry.expires !== undefined && entry.expires < today)
      return { ...result, verdict: "failed", reason: `its known failure expired on ${entry.expires} (${entry.reason})` };
    return { ...result, verdict: "known-failure", reason: [entry.reason, entry.link].filter(Boolean).join("; ") };
  };
}

/** Fails what is listed and passes: its entry is stale. */
export function refuseStale(results: readonly Result[], known: readonly KnownFailure[]): Result[] {
  const ids = new Set(known.map(({ id }) => id));
  return results.map((result) => {
    if (!ids.has(result.id) || !isScored(result) || result.verdict !== "passed") return result;
    return {
      ...result,
      verdict: "failed",
      expected: "the failure that the known-failures file lists",
      actual: "it passes",
      reason: "stale known failure: remove its entry, or run with --update-known-failures",
    };
  });
}

/** Entries of a file for several kubelets that failed on none of them and passed on some. */
export function staleAmong(results: readonly Result[], known: readonly KnownFailure[]): string[] {
  const seen = (id: string, verdicts: readonly Result["verdict"][]): boolean =>
    results.some((result) => result.id === id && isScored(result) && verdicts.includes(result.verdict));
  return known.map(({ id }) => id).filter((id) => seen(id, ["passed"]) && !seen(id, ["known-failure", "failed", "warned", "suite-error"]));
}

/** Entries about which nothing was found out, each with why. */
export function unjudged(results: readonly Result[], known: readonly KnownFailure[]): string[] {
  const open: readonly Result["verdict"][] = ["blocked", "not-applicable", "suite-error"];
  return known.flatMap(({ id }) => {
    const own = results.filter((result) => result.id === id);
    const [first] = own;
    if (!first) return [`${id} (not run)`];
    if (own.every((result) => !isScored(result))) return [`${id} (not scored)`];
    return own.every(({ verdict }) => open.includes(verdict)) ? [`${id} (${first.verdict})`] : [];
  });
}

/** Exactly the failures of a run, and what it had nothing to say about. `strict`: a broken SHOULD is a failure. Entries that stay keep their reason, link and date. */
export function updatedEntries(results: readonly Result[], previous: readonly KnownFailure[], strict: boolean): KnownFailure[] {
  const scored = results.filter(isScored);
  const open: readonly Result["verdict"][] = ["blocked", "not-applicable", "suite-error"];
  const judged = new Set(scored.filter(({ verdict }) => !open.includes(verdict)).map(({ id }) => id));
  const broken = new Set(scored.filter(isBroken).map(({ id }) => id));
  const failed = new Set(scored.filter((result) => isBroken(result) && (strict || result.verdict !== "warned")).map(({ id }) => id));
  const known = new Set(previous.map(({ id }) => id));
  return [
    ...previous.filter(({ id }) => !judged.has(id) || broken.has(id)),
    ...[...failed].filter((id) => !known.has(id)).map((id) => ({ id, reason: "fails as of this run; say why it is accepted" })),
  ];
}

function isBroken({ verdict }: Result): boolean {
  return verdict === "failed" || verdict === "warned" || verdict === "known-failure";
}
