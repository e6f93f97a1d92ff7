import { setTimeout as delay } from "node:timers/promises";
import type { ContainerReference } from "./target.ts";
import { headerOf, type Send, type WireClient, type WireResponse } from "./wire.ts";

/** When a container wrote the lines at the end of its log, oldest first, in milliseconds since the epoch. */
export type LogTimes = readonly number[];

export function logPath({ namespace, pod, container }: ContainerReference): string {
  return `/containerLogs/${[namespace, pod, container].map(encodeURIComponent).join("/")}`;
}

/** The end of a container's log, with times. */
export function logTarget(container: ContainerReference): string {
  return `${logPath(container)}?tailLines=50&timestamps=true`;
}

/** Undefined: the answer is no log with times. */
export function logTimes({ status, body }: WireResponse): LogTimes | undefined {
  if (status !== 200) return undefined;
  const lines = body.toString().split("\n");
  const times = lines.map((line) => Date.parse(/^\d{4}-\d\d-\d\dT\S+(?= )/.exec(line)?.[0] ?? "")).filter((time) => !Number.isNaN(time));
  return times.length === 0 ? undefined : times;
}

/** The silences between lines, in milliseconds. */
export function gapsOf(times: LogTimes): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

/** The middle one; 0 of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A container that logs at least this often is watched unasked; checks wait for its lines, and a run is to stay quick. */
const quickMs = 500;
/** How long one waits for a new line before the container counts as silent. */
const patienceMs = 3_000;
/** Silence of such a container that means it stands still: what a large container's dump may take, and more than its own pauses. */
const silenceMs = 10_000;

/**
 * Watches a container's log until it grows: how long a silence of it can be without meaning that it stands still. Undefined: it does not write
 * several times a second, or its log cannot be read.
 */
export async function longestSilence(send: Send, container: ContainerReference, client: WireClient): Promise<number | undefined> {
  const read = (): Promise<WireResponse> => send({ method: "GET", target: logTarget(container), listener: "main", client });
  try {
    const first = await read();
    const lines = logTimes(first) ?? [];
    const before = lines.at(-1);
    // By the node's own clock, in whole seconds.
    const now = Date.parse(headerOf(first, "date") ?? "");
    if (before === undefined || now - before > patienceMs + 1_000 || lines.length < 3 || median(gapsOf(lines)) > quickMs) return undefined;
    const end = performance.now() + patienceMs;
    while (performance.now() < end) {
      await delay(100);
      const times = logTimes(await read()) ?? [];
      if ((times.at(-1) ?? before) > before) return silenceMs;
    }
  } catch {
    // A log that cannot be read shows nothing.
  }
  return undefined;
}
