import type { Result, Verdict } from "../engine/verdicts.ts";

/** Which of several verdicts on one requirement stands: what was seen beats what was not, worse beats better. */
const order: readonly Verdict[] = ["suite-error", "failed", "known-failure", "warned", "passed", "blocked", "not-applicable"];

export interface ScenarioResults {
  scenario: string;
  results: readonly Result[];
}

/** One result per requirement, in the order of their first appearance; problems say in which scenario they were seen. */
export function mergeScenarios(all: readonly ScenarioResults[]): Result[] {
  const merged = new Map<string, { result: Result; scenario: string }>();
  for (const { scenario, results } of all) {
    for (const result of results) {
      const known = merged.get(result.id);
      if (!known || order.indexOf(result.verdict) < order.indexOf(known.result.verdict)) merged.set(result.id, { result, scenario });
    }
  }
  return [...merged.values()].map(({ result, scenario }) => {
    if (result.verdict === "passed" || result.verdict === "not-applicable" || result.verdict === "blocked") return result;
    return { ...result, reason: [`in scenario ${scenario}`, result.reason].filter(Boolean).join("; ") };
  });
}
