import { execute, type ExecuteOptions } from "./engine/execute.ts";
import type { Result, Strictness } from "./engine/verdicts.ts";
import { buildReport, type Report } from "./report/report.ts";
import { type Declarations, parseDeclarations } from "./target/declare.ts";
import { discover, type DiscoverOptions } from "./target/discover.ts";
import { openRuntimeService } from "./target/runtime-endpoint.ts";
import type { Target } from "./target/target.ts";
import { createTransport, type TransportOptions } from "./target/transport.ts";

export interface ConformanceOptions
  extends
    Omit<DiscoverOptions, "declarations" | "authorityGiven">,
    Pick<TransportOptions, "tls">,
    Pick<ExecuteOptions, "profiles" | "focus" | "skip" | "timeoutMs" | "concurrency" | "maxFailures" | "signal" | "onEvent">,
    Strictness {
  /** `KEY=VALUE` facts about the target that discovery cannot see or gets wrong. */
  declare?: readonly string[];
  /** `unix:///path` of the runtime under the kubelet; asked what changes nothing. */
  runtimeEndpoint?: string | undefined;
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
  const { server, tls, timeoutMs, signal, amend = (results) => results, onEvent } = options;
  const startedAt = new Date();
  const declarations: Declarations = parseDeclarations(options.declare ?? []);
  const runtime = await openRuntimeService(options.runtimeEndpoint);
  const transport = createTransport({ server, ...(tls ? { tls } : {}), ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  try {
    const found = await discover(transport, { ...options, declarations, authorityGiven: tls?.ca !== undefined });
    const { firstCheckpoint } = found;
    const target: Target = { ...found.target, ...(runtime ? { runtimeService: runtime.probe } : {}) };
    const { plan, results, leftovers, stoppedAnswering } = await execute({ ...options, target, send: transport.send, firstCheckpoint });
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
    transport.close();
    await runtime?.close();
  }
}
