import type { Requirement } from "@kubelet-conformance/spec";
import type { Check } from "./check.ts";
import type { RunScope } from "./context.ts";
import type { PlanEntry } from "./plan.ts";
import { runCheck } from "./run-check.ts";
import { type Result, resultHead } from "./verdicts.ts";

export interface RunOptions {
  plan: readonly PlanEntry[];
  scope: RunScope;
  checkOf(requirement: Requirement): Check;
  /** Checks at a time. Default 4. */
  concurrency?: number;
  /** Milliseconds for one check; default three times a request's limit. */
  checkLimitMs?: number;
  /** Stops after so many failed requirements. Default: never. */
  maxFailures?: number;
  /** Stops the run; what has been found so far is kept. */
  signal?: AbortSignal;
  onResult?(result: Result): void;
}

/** Runs a plan. The results come in plan order and miss only what a stop cut off. */
export async function runPlan(options: RunOptions): Promise<Result[]> {
  const { plan, concurrency = 4, maxFailures = Infinity, scope, checkLimitMs = 30_000 } = options;
  const results = new Map<string, Result>();
  const enough = new AbortController();
  const stop = options.signal ? AbortSignal.any([options.signal, enough.signal]) : enough.signal;
  let failures = 0;
  const emit = (result: Result): void => {
    results.set(result.id, result);
    if (result.verdict === "failed" && ++failures >= maxFailures) enough.abort();
    options.onResult?.(result);
  };

  for (const entry of plan) if (entry.state !== "runnable") emit(unexecuted(entry));
  const runnable = plan.filter((entry) => entry.state === "runnable").map(({ requirement }) => requirement);
  const execute = async (requirement: Requirement, limitMs: number): Promise<void> => {
    if (stop.aborted) return;
    const result = await runCheck(requirement, options.checkOf(requirement), scope, limitMs, stop);
    if (result) emit(result);
  };
  const queue = runnable.filter((requirement) => !isExclusive(requirement));
  await inParallel(queue, concurrency, (requirement) => execute(requirement, checkLimitMs));
  for (const requirement of runnable.filter(isExclusive)) {
    await execute(requirement, Math.max(checkLimitMs, 3 * scope.checkpointTimeoutMs));
  }
  return plan.flatMap(({ requirement }) => results.get(requirement.id) ?? []);
}

/** Checkpoints of one container must not overlap, what the runtime is asked is read off a shared record, and an edited node shows to all. */
function isExclusive({ needs = [] }: Requirement): boolean {
  return ["checkpoint", "runtime-double", "node-edit", "api-server-fault"].some((need) => needs.includes(need));
}

function unexecuted(entry: Exclude<PlanEntry, { state: "runnable" }>): Result {
  return { ...resultHead(entry.requirement), verdict: entry.state, reason: entry.reason, exchanges: [], durationMs: 0 };
}

async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, lane));
}
