import { type Requirement, requirements } from "@kubelet-conformance/spec";
import { checkOf as checkOfCatalogue } from "../checks/index.ts";
import type { RunEvent } from "../report/report.ts";
import type { FirstCheckpoint } from "../target/classify-runtime.ts";
import type { Target } from "../target/target.ts";
import type { Send } from "../target/wire.ts";
import type { Check } from "./check.ts";
import type { RunScope } from "./context.ts";
import { type PlanEntry, planRun, select, type Selection } from "./plan.ts";
import { acceptor, type KnownFailure } from "./known-failures.ts";
import { type Run, runPlan } from "./run.ts";
import { openScope } from "./scope.ts";
import { type Score, scorer } from "./scoring.ts";

export interface ExecuteOptions extends Selection {
  target: Target;
  send: Send;
  /** A checkpoint that was made already; its archive serves the checks. */
  firstCheckpoint?: FirstCheckpoint | undefined;
  /** Milliseconds for one request. Default 10,000. */
  timeoutMs?: number | undefined;
  concurrency?: number | undefined;
  maxFailures?: number | undefined;
  signal?: AbortSignal | undefined;
  onEvent?: ((event: RunEvent) => void) | undefined;
  /** What counts. Default `frozen`: the requirement set of the kubelet's minor. */
  score?: Score | undefined;
  /** Failures that are accepted; plain data. */
  knownFailures?: readonly KnownFailure[];
  /** Whose exchanges results keep; the others are not even recorded. Default: of every verdict. */
  keepsExchanges?: RunScope["keepsExchanges"];
  /** Named in events. */
  scenario?: string;
  /** Default: the whole catalogue of the spec. */
  catalogue?: readonly Requirement[];
  checkOf?: (requirement: Requirement) => Check;
}

export interface Execution extends Run {
  plan: PlanEntry[];
  leftovers: string[];
}

/** A kubelet that lives says something within this time, however busy it is; a request's own limit may be meant for less, or for more. */
const leastSignOfLifeMs = 1_000;
const mostSignOfLifeMs = 5_000;

/** Plans and runs the checks against one target. */
export async function execute(options: ExecuteOptions): Promise<Execution> {
  const { target, send, timeoutMs = 10_000, catalogue = requirements(), checkOf = checkOfCatalogue, onEvent, scenario } = options;
  const plan = planRun(select(catalogue, options), target);
  const named = scenario === undefined ? {} : { scenario };
  onEvent?.({ type: "planned", target, planned: plan.length, ...named });
  const onWait: RunScope["onWait"] = ({ id }, what, aboutMs) =>
    onEvent?.({ type: "waiting", id, what, seconds: Math.round(aboutMs / 1000), ...named });
  const scope = openScope(target, send, { ...options, timeoutMs, onWait });
  const score = scorer(target.minor, options.score ?? "frozen");
  const accept = acceptor(options.knownFailures ?? []);
  let done = 0;
  const run = await runPlan({
    plan,
    scope,
    checkOf,
    checkLimitMs: 3 * timeoutMs,
    signOfLifeLimitMs: Math.min(Math.max(timeoutMs, leastSignOfLifeMs), mostSignOfLifeMs),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.maxFailures === undefined ? {} : { maxFailures: options.maxFailures }),
    ...(options.signal ? { signal: options.signal } : {}),
    judge: (result) => accept(score(result)),
    onResult: (result) => onEvent?.({ type: "result", result, done: ++done, planned: plan.length, ...named }),
  });
  return { plan, ...run, leftovers: [...scope.leftovers] };
}
