import type { Requirement } from "@kubelet-conformance/spec";
import type { Check } from "./check.ts";
import type { RunScope } from "./context.ts";
import type { PlanEntry } from "./plan.ts";
import { runCheck } from "./run-check.ts";
import { isScored } from "./scoring.ts";
import type { StoppedAnswering } from "./stopped-answering.ts";
import { type Result, unexecuted } from "./verdicts.ts";
import { watchTarget } from "./watch.ts";

export interface RunOptions {
  plan: readonly PlanEntry[];
  scope: RunScope;
  checkOf(requirement: Requirement): Check;
  /** Checks at a time. Default 4. */
  concurrency?: number;
  /** Milliseconds for one check; default three times a request's limit. */
  checkLimitMs?: number;
  /** Milliseconds within which a target that is there answers anything at all. Default 5,000. */
  signOfLifeLimitMs?: number;
  /** Stops after so many failed requirements. Default: never. */
  maxFailures?: number;
  /** Stops the run; what has been found so far is kept. */
  signal?: AbortSignal;
  /** Says what a result counts for, before anybody sees it. */
  judge?(result: Result): Result;
  onResult?(result: Result): void;
}

export interface Run {
  /** In plan order; they miss only what a stop cut off. */
  results: Result[];
  /** The target was gone before the end: what was not decided by then is blocked. */
  stoppedAnswering?: StoppedAnswering;
}

/** Runs a plan, up to its end or that of the target. */
export async function runPlan(options: RunOptions): Promise<Run> {
  const { plan, concurrency = 4, maxFailures = Infinity, scope, checkLimitMs = 30_000, signOfLifeLimitMs = 5_000, signal } = options;
  const results = new Map<string, Result>();
  const enough = new AbortController();
  const watch = watchTarget(scope, signOfLifeLimitMs, signal);
  const stop = AbortSignal.any([enough.signal, watch.gone, ...(signal ? [signal] : [])]);
  let failures = 0;
  const emit = (found: Result): void => {
    const result = options.judge?.(found) ?? found;
    results.set(result.id, result);
    if (result.verdict === "failed" && isScored(result) && ++failures >= maxFailures) enough.abort();
    options.onResult?.(result);
  };

  for (const entry of plan) if (entry.state !== "runnable") emit(unexecuted(entry.requirement, entry.state, entry.reason));
  const runnable = plan.filter((entry) => entry.state === "runnable").map(({ requirement }) => requirement);
  const execute = async (requirement: Requirement, limitMs: number): Promise<void> => {
    await watch.settled();
    if (stop.aborted) return;
    const result = await runCheck(requirement, options.checkOf(requirement), scope, limitMs, stop);
    if (!result) watch.cutOff(requirement);
    else if (await watch.accepts(result)) emit(result);
  };
  const queue = runnable.filter((requirement) => !isExclusive(requirement));
  const limitOf = ({ needs = [] }: Requirement): number => Math.max(checkLimitMs, ...needs.map((need) => limitsMs[need] ?? 0));
  await inParallel(queue, concurrency, (requirement) => execute(requirement, limitOf(requirement)));
  for (const requirement of runnable.filter(isExclusive)) {
    await execute(requirement, Math.max(limitOf(requirement), (3 * scope.checkpointTimeoutMs) / paceOf(requirement, scope)));
  }
  const end = watch.end();
  if (end) {
    for (const result of end.judged) emit(result);
    const open = signal?.aborted ? [] : runnable.filter(({ id }) => !results.has(id));
    for (const requirement of open) emit(unexecuted(requirement, "blocked", end.reason));
  }
  return {
    results: plan.flatMap(({ requirement }) => results.get(requirement.id) ?? []),
    ...(end ? { stoppedAnswering: end.stoppedAnswering } : {}),
  };
}

/** What checks with these needs may take at least. */
const limitsMs: Readonly<Record<string, number>> = { "kubelet-launch": 30_000, "long-outage": 120_000, "five-minutes": 420_000 };

/** How much faster than usual a check is over: one that waits for a kubelet whose clock runs faster, and for nothing else. */
function paceOf({ needs = [] }: Requirement, { target }: RunScope): number {
  return needs.includes("checkpoint") || needs.includes("runtime-double") ? 1 : (target.controlPlane?.timeScale ?? 1);
}

/**
 * Checkpoints of one container must not overlap, what the runtime is asked is read off a shared record, an edited node shows to all, and
 * kubelets are started one at a time, so that a check that starts one waits for no other's.
 */
function isExclusive({ needs = [] }: Requirement): boolean {
  return ["checkpoint", "runtime-double", "node-edit", "api-server-fault", "kubelet-launch"].some((need) => needs.includes(need));
}

async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, lane));
}
