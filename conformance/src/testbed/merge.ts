import type { Result, Verdict } from "../engine/verdicts.ts";

/** Which of several verdicts on one requirement stands: what was seen beats what was not, worse beats better. */
const order: readonly Verdict[] = ["suite-error", "failed", "known-failure", "warned", "passed", "blocked", "not-applicable"];

export interface ScenarioResults {
  scenario: string;
  results: readonly Result[];
}

/**
 * One result per requirement, in the order of their first appearance. Each says what every scenario that had to do with it found; the
 * reason of a problem names those in which it was seen.
 */
export function mergeScenarios(all: readonly ScenarioResults[]): Result[] {
  const merged = new Map<string, { result: Result; scenarios: { name: string; verdict: Verdict }[] }>();
  for (const { scenario, results } of all) {
    for (const result of results) {
      const known = merged.get(result.id) ?? { result, scenarios: [] };
      if (order.indexOf(result.verdict) < order.indexOf(known.result.verdict)) known.result = result;
      if (result.verdict !== "not-applicable") known.scenarios.push({ name: scenario, verdict: result.verdict });
      merged.set(result.id, known);
    }
  }
  return [...merged.values()].map(({ result, scenarios }) => {
    const { verdict } = result;
    if (verdict === "passed" || verdict === "not-applicable" || verdict === "blocked") return { ...result, scenarios };
    const where = scenarios.filter((scenario) => scenario.verdict === verdict).map(({ name }) => name);
    const place = where.length > 1 ? `in scenarios ${where.join(", ")}` : `in scenario ${where.join("")}`;
    return { ...result, scenarios, reason: [place, result.reason].filter(Boolean).join("; ") };
  });
}
