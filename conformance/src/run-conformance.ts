import { execute, type ExecuteOptions } from "./engine/execute.ts";
import { refuseStale } from "./engine/known-failures.ts";
import type { Strictness } from "./engine/verdicts.ts";
import { buildReport, type Report } from "./report/report.ts";
import { type Closer, openTarget, type TargetOptions } from "./target/open-target.ts";

export interface ConformanceOptions
  extends
    TargetOptions,
    Pick<
      ExecuteOptions,
      "profiles" | "focus" | "skip" | "only" | "concurrency" | "maxFailures" | "score" | "knownFailures" | "keepsExchanges" | "onEvent"
    >,
    Strictness {
  /** The known failures are those of several kubelets: one that passes on this kubelet is not stale for that. */
  sharedKnownFailures?: boolean;
}

/**
 * Tests one kubelet and returns the report. Throws a UsageError or TargetError (stable `code`) when the kubelet cannot be tested at all.
 *
 * @example
 * const report = await runConformance({ server: "https://10.0.0.7:10250", credentials: { name: "admin", authorization: `Bearer ${token}` } });
 */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const { signal, score, knownFailures = [], sharedKnownFailures = false, onEvent } = options;
  const startedAt = new Date();
  const closers: Closer[] = [];
  try {
    const { target, send, firstCheckpoint } = await openTarget(options, closers);
    const { plan, results, leftovers, stoppedAnswering } = await execute({ ...options, target, send, firstCheckpoint });
    const report = buildReport({
      target,
      cluster: options.cluster?.access.server,
      planned: plan.map(({ requirement }) => requirement),
      results: sharedKnownFailures ? results : refuseStale(results, knownFailures),
      leftovers,
      startedAt,
      strictness: options,
      score,
      interrupted: signal?.aborted === true,
      stoppedAnswering,
    });
    onEvent?.({ type: "finished", report });
    return report;
  } finally {
    for (const close of closers) await close();
  }
}
