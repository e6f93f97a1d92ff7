import type { Requirement } from "@kubelet-conformance/spec";
import { WireError } from "../target/wire.ts";
import { Blocked, Broken, type Check, NotApplicable } from "./check.ts";
import { openSession, type RunScope, type Session } from "./context.ts";
import { blockedReason } from "./plan.ts";
import { MissingVariable } from "./variables.ts";
import { type Result, resultHead } from "./verdicts.ts";

type Outcome = Pick<Result, "verdict"> & Partial<Pick<Result, "reason" | "expected" | "actual">>;

/** Runs one check within its time limit. Undefined: the run was stopped meanwhile, so there is nothing to say about the requirement. */
export async function runCheck(
  requirement: Requirement,
  check: Check,
  scope: RunScope,
  limitMs: number,
  stop: AbortSignal,
): Promise<Result | undefined> {
  const startedAt = performance.now();
  const end = new AbortController();
  let isLate = false;
  const { promise: ended, reject } = Promise.withResolvers<never>();
  let wholeMs = limitMs;
  const ring = (): void => {
    isLate = true;
    end.abort();
    reject(new Error("the time limit of the check has passed"));
  };
  let alarm = setTimeout(ring, wholeMs);
  const prolong = (milliseconds: number): void => {
    wholeMs += milliseconds;
    clearTimeout(alarm);
    alarm = setTimeout(ring, startedAt + wholeMs - performance.now());
  };
  const giveUp = (): void => end.abort();
  stop.addEventListener("abort", giveUp, { once: true });
  if (stop.aborted) giveUp();
  const session = openSession(requirement, scope, end.signal, prolong);
  try {
    await Promise.race([check(session.context), ended]);
    return finish(outcomeOf(session));
  } catch (error) {
    if (stop.aborted) return undefined;
    if (isLate) return finish(broken(requirement, "an end of the check", `none within ${Math.round(wholeMs) / 1000} s`));
    return finish(failureOf(requirement, error));
  } finally {
    clearTimeout(alarm);
    stop.removeEventListener("abort", giveUp);
    session.close();
  }

  function finish(outcome: Outcome): Result {
    const shown = Object.fromEntries(
      Object.entries(outcome).map(([key, value]) => [key, key === "verdict" ? value : scope.redact.text(value)]),
    );
    // Object.fromEntries loses the types; the members are those of Outcome.
    return {
      ...resultHead(requirement),
      ...(shown as Outcome),
      ...(Object.keys(session.measured).length === 0 ? {} : { measured: session.measured }),
      exchanges:
        session.silent() || (scope.keepsExchanges?.(outcome.verdict) ?? true) ? session.exchanges.map((exchange) => exchange()) : [],
      durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
    };
  }
}

function outcomeOf({ warnings }: Session): Outcome {
  const [first] = warnings;
  if (!first) return { verdict: "passed" };
  return {
    verdict: "warned",
    expected: warnings.map(({ expected }) => expected).join("; "),
    actual: warnings.map(({ actual }) => actual).join("; "),
  };
}

function failureOf(requirement: Requirement, error: unknown): Outcome {
  if (error instanceof Broken) return broken(requirement, error.expected, error.actual);
  if (error instanceof WireError && error.code === "not-through-proxy")
    return { verdict: "blocked", reason: blockedReason("direct-connection") };
  if (error instanceof WireError && error.code === "answered-by-proxy") return { verdict: "blocked", reason: error.message };
  if (error instanceof WireError) return broken(requirement, "an answer", `${error.message} (${error.code})`);
  if (error instanceof Blocked) return { verdict: "blocked", reason: blockedReason(error.need, error.obstacle) };
  if (error instanceof MissingVariable) return { verdict: "blocked", reason: blockedReason(error.need) };
  if (error instanceof NotApplicable) return { verdict: "not-applicable", reason: error.message };
  const text =
    error instanceof Error ? (process.env["KUBELET_CONFORMANCE_DEBUG"] ? (error.stack ?? error.message) : error.message) : String(error);
  return { verdict: "suite-error", reason: `the check itself broke: ${text}` };
}

/** A broken MUST fails, a broken SHOULD warns; a MAY that is not taken up is no fault at all. */
function broken({ level }: Requirement, expected: string, actual: string): Outcome {
  if (level === "MUST") return { verdict: "failed", expected, actual };
  if (level === "SHOULD") return { verdict: "warned", expected, actual };
  return { verdict: "not-applicable", reason: "optional, and this kubelet does not do it", expected, actual };
}
