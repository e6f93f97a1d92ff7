import type { Requirement } from "@kubelet-conformance/spec";
import type { RunScope } from "./context.ts";
import { isSuspicious, type StoppedAnswering, stoppedAnsweringText, wasAnswered, wasAtWork, whySilent } from "./stopped-answering.ts";
import type { Result } from "./verdicts.ts";

/** Looks after the target of a run: a kubelet that is gone must cost no more than the checks that were at work. */
export interface Watch {
  /** Aborts when the target is found gone. */
  readonly gone: AbortSignal;
  /** Resolves once no look at the target is under way. */
  settled(): Promise<void>;
  /** Whether a result counts as it is; false: the target is gone, and `end` judges it. A suspicious one has the target looked at first. */
  accepts(result: Result): Promise<boolean>;
  /** This check was given up. */
  cutOff(requirement: Requirement): void;
  /** Undefined: the target was there to the last. */
  end(): { stoppedAnswering: StoppedAnswering; reason: string; judged: Result[] } | undefined;
}

export function watchTarget(scope: RunScope, limitMs: number, signal?: AbortSignal): Watch {
  const gone = new AbortController();
  const held: Result[] = [];
  const interrupted: string[] = [];
  let seen: string | undefined;
  let last: string | undefined;
  let look: Promise<void> | undefined;
  const lookOnce = async (): Promise<void> => {
    seen = await whySilent(scope, limitMs, signal);
    if (seen !== undefined) gone.abort();
    look = undefined;
  };
  return {
    gone: gone.signal,
    settled: async () => look,
    accepts: async (result) => {
      if (isSuspicious(result)) {
        if (!gone.signal.aborted) await (look ??= lookOnce());
        if (gone.signal.aborted) {
          held.push(result);
          return false;
        }
      }
      last = result.id;
      return true;
    },
    cutOff: ({ id }) => void interrupted.push(id),
    end: () => {
      if (seen === undefined) return undefined;
      const concerned = held.filter((result) => wasAtWork(result) || wasAnswered(result)).map(({ id }) => id);
      const during = [...concerned, ...interrupted];
      const stoppedAnswering = { during, ...(during.length === 0 && last !== undefined ? { after: last } : {}), seen };
      const reason = `the kubelet ${stoppedAnsweringText(stoppedAnswering)}`;
      return { stoppedAnswering, reason, judged: held.map((result) => (wasAtWork(result) ? result : blocked(result, reason))) };
    },
  };
}

/** What it saw says nothing about the requirement; the exchanges stay as the evidence of that. */
function blocked({ expected: _expected, actual: _actual, ...result }: Result, reason: string): Result {
  return { ...result, verdict: "blocked", reason };
}
