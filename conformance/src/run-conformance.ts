import { execute, type ExecuteOptions } from "./engine/execute.ts";
import type { Result, Strictness } from "./engine/verdicts.ts";
import { buildReport, type Report } from "./report/report.ts";
import { type Closer, openTarget, type TargetOptions } from "./target/open-target.ts";

export interface ConformanceOptions
  extends TargetOptions, Pick<ExecuteOptions, "profiles" | "focus" | "skip" | "concurrency" | "maxFailures" | "onEvent">, Strictness {
  /** Changes the results before they are counted; known failures do. */
  amend?: (results: Result[]) => Result[];
}

/**
 * Tests one kubelet and returns the report. Throws a UsageError or TargetError (stable `code`) when the kubelet cannot be tested at all.
 *
 * @example
 * const report = await runConformance({ server: "https://10.0.0.7:10250", credentials: { name: "admin", authorization: `Bearer ${token}` } });
 */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const { signal, amend = (results) => results, onEvent } = options;
  const startedAt = new Date();
  const closers: Closer[] = [];
  try {
    const { target, send, firstCheckpoint } = await openTarget(options, closers);
    const { plan, results, leftovers, stoppedAnswering } = await execute({ ...options, target, send, firstCheckpoint });
    const report = buildReport({
      target,
      planned: plan.map(({ requirement }) => requirement),
      results: amend(results),
      leftovers,
      startedAt,
      strictness: options,
      interrupted: signal?.aborted === true,
      stoppedAnswering,
    });
    onEvent?.({ type: "finished", report });
    return report;
  } finally {
    for (const close of closers) await close();
  }
}
