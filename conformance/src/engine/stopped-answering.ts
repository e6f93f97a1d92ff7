import { setTimeout as delay } from "node:timers/promises";
import { type WireClient, WireError } from "../target/wire.ts";
import { absentName } from "./variables.ts";
import type { RunScope } from "./context.ts";
import type { Result } from "./verdicts.ts";

/** The end of a target in the middle of a run: it was there, and then it gave no answer any more. */
export interface StoppedAnswering {
  /** Requirements that were being checked when it happened. */
  during: string[];
  /** Where none was: the one that was checked last. */
  after?: string;
  /** Instead of an answer, in words. */
  seen: string;
}

/** As one clause, without the target's name. */
export function stoppedAnsweringText({ during, after, seen }: StoppedAnswering): string {
  const shown = during.slice(0, 3).join(", ");
  const ids = during.length > 3 ? `${shown} and ${during.length - 3} more` : shown;
  if (during.length > 0) return `stopped answering during ${ids} (${seen})`;
  return after === undefined ? `stopped answering (${seen})` : `stopped answering after ${after} (${seen})`;
}

/** How a request ends at a target that is gone, and now and then at one that is there. */
const silences: ReadonlySet<string> = new Set<WireError["code"]>(["refused", "unreachable", "reset", "closed", "timeout"]);
/** Of these, the ones before anything of the request was sent. */
const unsent: ReadonlySet<string> = new Set<WireError["code"]>(["refused", "unreachable"]);

/** Whether a result looks as if the target might be gone. */
export function isSuspicious(result: Result): boolean {
  return result.exchanges.some(({ error }) => error && silences.has(error.code)) || brokeOffUpgraded(result);
}

/** What breaks off an upgraded connection is seen by its check alone, and may take that by surprise. */
function brokeOffUpgraded({ actual, verdict, exchanges }: Result): boolean {
  return (actual !== undefined || verdict === "suite-error") && exchanges.some(({ response }) => response?.status === 101);
}

/**
 * Of a suspicious result, now that the target is gone: whether a request of it was at work then, so that it is about the requirement. Where none was
 * even sent, or where silence was as good as an answer, it is not.
 */
export function wasAtWork(result: Result): boolean {
  const sent = result.exchanges.some(({ error }) => error && silences.has(error.code) && !unsent.has(error.code));
  return result.actual !== undefined && (sent || brokeOffUpgraded(result));
}

/** Whether any request of a check was answered, be it one that it shares with others. */
export function wasAnswered({ exchanges }: Result): boolean {
  return exchanges.some(({ response }) => response !== undefined);
}

const nobody: WireClient = { name: "none" };
/** A restart is not the end, and a full queue of connections is no refusal. */
const pauseMs = 1_000;

/**
 * Looks whether a target answers anything at all, whatever the answer: twice, and on different routes, since one route may be all that is broken. Resolves
 * with what was seen instead of an answer; undefined: it answers, or the look was given up.
 */
export async function whySilent({ target, send }: RunScope, timeoutMs: number, signal?: AbortSignal): Promise<string | undefined> {
  const known = target.credentials ?? nobody;
  const questions = [
    // The API server lets nobody through to a kubelet whom it does not know.
    { path: "/healthz", client: target.proxied ? known : nobody },
    { path: `/${absentName}`, client: known },
  ];
  let seen: string | undefined;
  for (const { path, client } of questions) {
    try {
      if (seen !== undefined) await delay(pauseMs, undefined, { signal });
      await send({ method: "GET", target: path, listener: "main", client, timeoutMs, ...(signal ? { signal } : {}) });
      return undefined;
    } catch (error) {
      // Broken TLS and what is no HTTP are answers, too: something is there.
      if (!(error instanceof WireError) || !silences.has(error.code)) return undefined;
      seen = error.message;
    }
  }
  return seen;
}
