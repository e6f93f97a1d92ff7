import { minorOf, requirementById, whyNotScored } from "@kubelet-conformance/spec";
import type { Result } from "./verdicts.ts";

/** What counts: the frozen set of the kubelet's minor, or everything that is tested. */
export type Score = "frozen" | "all";

/** Marks a result that does not count for a minor. One of a minor without a set, and of no requirement of the catalogue, counts. */
export function scorer(minor: string, score: Score): (result: Result) => Result {
  const known = minorOf(minor);
  if (score === "all" || known === undefined) return (result) => result;
  return (result) => {
    const requirement = requirementById(result.id);
    const reason = requirement && whyNotScored(requirement, known);
    return reason === undefined ? result : { ...result, scored: false, notScoredReason: reason };
  };
}

/** Whether a result counts. */
export function isScored({ scored }: Pick<Result, "scored">): boolean {
  return scored !== false;
}
