import type { Requirement } from "@kubelet-conformance/spec";
import { planRun } from "../engine/plan.ts";
import { type Result, resultHead } from "../engine/verdicts.ts";
import type { TargetError } from "../errors.ts";
import type { NotRun } from "../report/report.ts";
import type { Target } from "../target/target.ts";
import type { Scenario } from "./scenarios.ts";

/** Scenarios that were to be run with one kubelet, and what kept them from it. */
export interface Failure {
  scenarios: readonly Scenario[];
  error: TargetError;
}

/** A failure as reports tell it. */
export function notRun({ scenarios, error }: Failure): NotRun {
  const names = scenarios.map(({ name }) => name);
  const { code, message, detail = [] } = error;
  // What goes wrong while a kubelet starts says so itself.
  const located = message.startsWith("scenario ") ? message : `scenario ${names[0]}: ${message}`;
  return { scenarios: names, code, message: located, detail: [...detail] };
}

/** What a scenario would have decided, as far as that can be known without a kubelet: blocked. */
export function blockedResults(selected: readonly Requirement[], scenario: Scenario, target: Target): Result[] {
  const decided = selected.filter((requirement) => scenario.decides?.(requirement) ?? true);
  const imagined = { ...target, facts: { ...target.facts, ...scenario.facts } };
  return planRun(decided, imagined)
    .filter(({ state }) => state !== "not-applicable")
    .map(({ requirement }) => ({
      ...resultHead(requirement),
      verdict: "blocked" as const,
      reason: `needs scenario ${scenario.name}, which could not be run`,
      exchanges: [],
      durationMs: 0,
    }));
}
