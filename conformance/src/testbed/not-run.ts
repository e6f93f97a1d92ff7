import type { Requirement } from "@kubelet-conformance/spec";
import { planRun } from "../engine/plan.ts";
import type { StoppedAnswering } from "../engine/stopped-answering.ts";
import { type Result, unexecuted } from "../engine/verdicts.ts";
import type { TargetError } from "../errors.ts";
import type { NotRun } from "../report/report.ts";
import type { Target } from "../target/target.ts";
import type { Scenario } from "./scenarios.ts";

/** Scenarios that were to be run with one kubelet, and what kept them from it. */
export interface Failure {
  scenarios: readonly Scenario[];
  error: TargetError;
  /** The first of them was at work, and has results. */
  stoppedAnswering?: StoppedAnswering | undefined;
}

/** A failure as reports tell it. */
export function notRun({ scenarios, error, stoppedAnswering }: Failure): NotRun {
  const names = scenarios.map(({ name }) => name);
  const { code, message, detail = [] } = error;
  // What goes wrong while a kubelet starts says so itself.
  const located = message.startsWith("scenario ") ? message : `scenario ${names[0]}: ${message}`;
  return { scenarios: names, code, message: located, detail: [...detail], ...(stoppedAnswering ? { stoppedAnswering } : {}) };
}

/** What a scenario would have decided, as far as that can be known without a kubelet: blocked. */
export function blockedResults(selected: readonly Requirement[], scenario: Scenario, target: Target): Result[] {
  const decided = selected.filter((requirement) => scenario.decides?.(requirement) ?? true);
  const imagined = { ...target, facts: { ...target.facts, ...scenario.facts } };
  return planRun(decided, imagined)
    .filter(({ state }) => state !== "not-applicable")
    .map(({ requirement }) => unexecuted(requirement, "blocked", `needs scenario ${scenario.name}, which could not be run`));
}
