import { setTimeout as delay } from "node:timers/promises";
import { Blocked, type CheckContext } from "../engine/check.ts";
import { parseJson } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import type { CheckpointCall, ContainerReference } from "../target/target.ts";
import type { WireResponse } from "../target/wire.ts";
import { changed, contents } from "./checkpoints-directory.ts";

/** How long a call may take from the kubelet to the runtime. */
export const passingOnMs = 2_000;

export function checkpointTarget({ namespace, pod, container }: ContainerReference): string {
  return `/checkpoint/${[namespace, pod, container].map(encodeURIComponent).join("/")}`;
}

/** The archive that an answer names. */
export function pathIn(response: WireResponse | undefined): string | undefined {
  const path = response && response.status < 300 ? pointer(parseJson(response)?.value, "/items/0") : undefined;
  return typeof path === "string" ? path : undefined;
}

export interface Simultaneous {
  /** By request; undefined: no answer came. */
  responses: (WireResponse | undefined)[];
  /** What the runtime double was asked by the end; empty without one. */
  calls: readonly CheckpointCall[];
  /** How many calls the runtime double had at the same time. */
  together: number;
}

/** Asks for checkpoints of these containers at once. A runtime double keeps each at work until all have arrived or are not coming. */
export async function checkpointTogether(context: CheckContext, containers: readonly ContainerReference[]): Promise<Simultaneous> {
  const { runtime } = context.target;
  const record = runtime?.record();
  const hold = runtime?.hold();
  try {
    const requests = containers.map((container) => context.send({ method: "POST", target: checkpointTarget(container) }));
    const answers = Promise.allSettled(requests);
    let together = 0;
    if (record) {
      const given = AbortSignal.any([context.signal, AbortSignal.timeout(passingOnMs)]);
      await Promise.race([record.arrived(containers.length, given).catch(() => undefined), answers]);
      together = record.checkpointCalls().length;
    }
    hold?.release();
    const responses = (await answers).map((answer) => (answer.status === "fulfilled" ? answer.value : undefined));
    return { responses, calls: record?.checkpointCalls() ?? [], together };
  } finally {
    hold?.release();
  }
}

/**
 * Asks for three checkpoints of the opted-in container, each a part of the usual duration after the one before; resolves with the answers once
 * all are there. A runtime double keeps each at work until all have arrived.
 */
export async function checkpointOverlapping(context: CheckContext, part: number): Promise<(WireResponse | undefined)[]> {
  const { checkpoint, runtime } = context.target;
  if (!checkpoint) throw new Blocked("checkpoint");
  const three = [checkpoint, checkpoint, checkpoint];
  if (runtime) return (await checkpointTogether(context, three)).responses;
  const usual = await usualDuration(context);
  const requests = three.map(async (container, index) => {
    await delay(index * usual * part, undefined, { signal: context.signal });
    return context.send({ method: "POST", target: checkpointTarget(container) });
  });
  return (await Promise.allSettled(requests)).map((answer) => (answer.status === "fulfilled" ? answer.value : undefined));
}

/**
 * Asks for a checkpoint and goes away while the runtime is at work on it; resolves once the kubelet has had time to give up, with the call if
 * there is a runtime double.
 */
export async function checkpointAbandoned(context: CheckContext): Promise<{ call?: CheckpointCall; wasCancelled?: boolean }> {
  const { checkpoint, runtime } = context.target;
  if (!checkpoint) throw new Blocked("checkpoint");
  // Before the hold: it may have to make the first archive.
  const usual = runtime ? 0 : await usualDuration(context);
  const before = context.target.nodeRoot === undefined || runtime ? undefined : await contents(context);
  const record = runtime?.record();
  const hold = runtime?.hold();
  const leave = new AbortController();
  const signal = AbortSignal.any([context.signal, leave.signal]);
  try {
    const answer = context.send({ method: "POST", target: checkpointTarget(checkpoint), signal }).catch(() => undefined);
    const given = AbortSignal.any([context.signal, AbortSignal.timeout(passingOnMs)]);
    await Promise.race([record ? record.arrived(1, given).catch(() => undefined) : delay(usual / 3), answer]);
    leave.abort();
    if (await answer) context.notApplicable("the checkpoint was over before the client could go away");
    // No answer names the archive of a runtime that went on all the same.
    if (before) await changed(context, before);
    const [call] = record?.checkpointCalls() ?? [];
    if (!call) return {};
    const inTime = (): Promise<{ cancelled: boolean } | undefined> =>
      Promise.race([call.ended, delay(passingOnMs, undefined, { ref: false })]);
    const ended = await inTime();
    // One that goes on must not write its archive while others look at the directory.
    hold?.release();
    if (!ended) await inTime();
    return { call, wasCancelled: ended?.cancelled === true };
  } finally {
    hold?.release();
  }
}

async function usualDuration(context: CheckContext): Promise<number> {
  const { startedAt, endedAt } = await context.archive();
  return endedAt.getTime() - startedAt.getTime();
}
