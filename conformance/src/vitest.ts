import { requirements } from "@kubelet-conformance/spec";
import { afterAll, beforeAll, describe, test } from "vitest";
import { checkOf } from "./checks/index.ts";
import type { RunScope } from "./engine/context.ts";
import { acceptor, refuseStale } from "./engine/known-failures.ts";
import { type PlanEntry, planRun, select, type Selection } from "./engine/plan.ts";
import { runCheck } from "./engine/run-check.ts";
import { openScope } from "./engine/scope.ts";
import { isScored, scorer } from "./engine/scoring.ts";
import type { Result, Verdict } from "./engine/verdicts.ts";
import type { ConformanceOptions } from "./run-conformance.ts";
import { type Closer, openTarget } from "./target/open-target.ts";

export interface DescribeOptions
  extends
    Selection,
    Omit<
      ConformanceOptions,
      "onEvent" | "sharedKnownFailures" | "concurrency" | "maxFailures" | "signal" | "requireComplete" | "longChecks"
    > {}

/**
 * Makes one vitest test of each requirement, named by its id, so that a vendor's own suite shows them. A broken MUST fails its test, a broken
 * SHOULD does so under `strict`; what is blocked, not applicable, a known failure or broken and not scored is skipped with the reason. `options` may be a function for a kubelet that
 * is started in a `beforeAll` of the same file.
 *
 * @example
 * describeKubelet("our kubelet", () => ({ server: kubelet.url, credentials: kubelet.admin, tls: { ca: kubelet.ca }, profiles: ["checkpoint"] }), { profiles: ["checkpoint"] });
 */
export function describeKubelet(
  name: string,
  options: DescribeOptions | (() => DescribeOptions | Promise<DescribeOptions>),
  selection: Selection = typeof options === "function" ? {} : options,
): void {
  // oxlint-disable-next-line vitest/valid-title -- the caller's title
  describe(name, () => {
    const closers: Closer[] = [];
    let scope: RunScope | undefined;
    let plan = new Map<string, PlanEntry>();
    let limits = { timeoutMs: 10_000, strict: false };
    let judge = (result: Result): Result => result;

    beforeAll(async () => {
      const given = typeof options === "function" ? await options() : options;
      const { timeoutMs = 10_000, strict = false, score = "frozen", knownFailures = [] } = given;
      limits = { timeoutMs, strict };
      const { target, send, firstCheckpoint } = await openTarget(given, closers);
      const [scored, accept] = [scorer(target.minor, score), acceptor(knownFailures)];
      judge = (result) => refuseStale([accept(scored(result))], knownFailures)[0] ?? result;
      scope = openScope(target, send, { timeoutMs, firstCheckpoint });
      plan = new Map(planRun(select(requirements(), selection), target).map((entry) => [entry.requirement.id, entry]));
    });
    afterAll(async () => {
      for (const close of closers) await close();
    });

    for (const requirement of select(requirements(), selection)) {
      // oxlint-disable-next-line vitest/expect-expect -- the check asserts
      test(`${requirement.id}: ${requirement.title}`, { timeout: 120_000 }, async ({ skip, signal }) => {
        const entry = plan.get(requirement.id);
        if (!scope || !entry) throw new Error("the kubelet was not reached");
        if (entry.state !== "runnable") return skip(`${entry.state}: ${entry.reason}`);
        const found = await runCheck(requirement, checkOf(requirement), scope, 3 * limits.timeoutMs, signal);
        if (!found) return skip("the run was stopped");
        const result = judge(found);
        if (skipped.has(result.verdict)) return skip(`${result.verdict}: ${result.reason ?? ""}`);
        if (!isScored(result) && result.verdict !== "passed") return skip(`not scored: ${explained(result)}`);
        if (result.verdict !== "passed" && (result.verdict !== "warned" || limits.strict)) throw new Error(explained(result));
      });
    }
  });
}

const skipped: ReadonlySet<Verdict> = new Set(["blocked", "not-applicable", "known-failure"]);

function explained({ id, verdict, expected, actual, reason }: Result): string {
  const detail = expected === undefined ? (reason ?? verdict) : `expected ${expected}, got ${actual}`;
  return `${id}: ${detail}`;
}
