import { setTimeout as delay } from "node:timers/promises";
import type { KubeObject, RecordedRequest } from "@kubelet-conformance/control-plane";
import { Blocked, type CheckContext } from "../engine/check.ts";
import { parseJson } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import type { Target } from "../target/target.ts";

const pollMs = 500;

/** How often a kubelet is to show that it is alive, in milliseconds. */
export interface Periods {
  leaseMs: number;
  /** A quarter of the lease. */
  renewMs: number;
  statusUpdateMs: number;
  statusReportMs: number;
}

/** One answer of /configz serves all checks: a kubelet's configuration stays as long as it runs. */
const known = new WeakMap<Target, Promise<Periods>>();

/** What /configz says; the defaults where it says nothing. */
export function periodsOf(context: CheckContext): Promise<Periods> {
  const { target } = context;
  const earlier = known.get(target);
  if (earlier) return earlier;
  const periods = readPeriods(context);
  known.set(target, periods);
  // The next check asks again.
  periods.catch(() => known.delete(target));
  return periods;
}

async function readPeriods(context: CheckContext): Promise<Periods> {
  const configuration = parseJson(await context.send({ target: "/configz" }))?.value;
  const member = (name: string): unknown => pointer(configuration, `/kubeletconfig/${name}`);
  const leaseMs = Number(member("nodeLeaseDurationSeconds") ?? 40) * 1000;
  return {
    leaseMs,
    renewMs: leaseMs / 4,
    statusUpdateMs: milliseconds(member("nodeStatusUpdateFrequency")) ?? 10_000,
    statusReportMs: milliseconds(member("nodeStatusReportFrequency")) ?? 300_000,
  };
}

/** How often the lease is to be renewed, in milliseconds: by the lease itself where the kubelet cannot be asked. */
export async function renewPeriod(context: CheckContext): Promise<number> {
  if (!context.target.unreached) return (await periodsOf(context)).renewMs;
  return (Number(pointer(await leaseOf(context), "/spec/leaseDurationSeconds")) * 1000) / 4;
}

/** What a busy machine may add to a period, in milliseconds of the kubelet's time: half of it, and more where its clock runs faster. */
export function slackMs({ target: { controlPlane } }: CheckContext, periodMs: number): number {
  return Math.max(periodMs / 2, 200 * (controlPlane?.timeScale ?? 1));
}

/**
 * The gap to judge a kubelet's slowness by. Where its clock runs faster than ours, a moment in which the machine is busy is seconds of its time: one
 * gap may be long for that, but a kubelet that is too slow makes all of them so.
 */
export function leastDisturbed(context: CheckContext, gaps: readonly number[], usual: number): number {
  return scaleOf(context) > 1 ? Math.min(...gaps) : usual;
}

/** Seconds of the kubelet's time to one of ours. */
export function scaleOf({ target: { controlPlane } }: CheckContext): number {
  return controlPlane?.timeScale ?? 1;
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration as Go writes it, such as `5m0s`; undefined for anything else. */
function milliseconds(value: unknown): number | undefined {
  const parts = [...String(value).matchAll(/([\d.]+)(h|ms|m|s)/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, amount = "", unit = ""]) => sum + Number(amount) * (units[unit] ?? 0), 0);
}

/** A kubelet tries for its lease before there is a node that may own it, and then again a period later. */
const firstLeaseMs = 15_000;

/** The lease of the node, if there is one. On a live cluster the node may have come just now. */
export async function leaseHere(context: CheckContext): Promise<KubeObject | undefined> {
  const { target, signal } = context;
  const { cluster, controlPlane, nodeName } = target;
  if (!cluster || nodeName === undefined) throw new Blocked("node-object");
  const read = (): Promise<KubeObject | undefined> => cluster.get("leases", { name: nodeName, namespace: "kube-node-lease" }, signal);
  let lease = await read();
  if (lease || controlPlane) return lease;
  context.awaits("the first lease of a new node", firstLeaseMs);
  for (const end = performance.now() + firstLeaseMs; !lease && performance.now() < end; lease = await read()) {
    await delay(pollMs, undefined, { signal });
  }
  return lease;
}

/** The lease of the node. Blocked where there is none: that is another requirement's failure. */
export async function leaseOf(context: CheckContext): Promise<KubeObject> {
  const lease = await leaseHere(context);
  if (!lease) throw new Blocked("lease");
  return lease;
}

/** Waits for so many renewals of the lease; milliseconds of the kubelet's time between them. */
export async function renewals(context: CheckContext, count: number): Promise<number[]> {
  context.awaits(`${count} renewals of the lease`, ((count + 1) * (await renewPeriod(context))) / scaleOf(context));
  const times: number[] = [];
  // By what the kubelet wrote: what it costs to get there is not its fault.
  const note = (lease: KubeObject | RecordedRequest["body"]): void => {
    const time = Date.parse(String(pointer(lease, "/spec/renewTime")));
    if (!Number.isNaN(time) && time !== times.at(-1)) times.push(time);
  };
  const { controlPlane } = context.target;
  await leaseOf(context);
  if (controlPlane) {
    const puts = () => controlPlane.requests.all({ resource: "leases", verb: "update", status: 200 });
    const seen = puts().length;
    for (const { body } of await following(context, puts, seen, count + 1)) note(body);
  } else {
    while (times.length <= count) {
      note(await leaseOf(context));
      await delay(pollMs, undefined, { signal: context.signal });
    }
  }
  return gapsOf(times);
}

/** Waits until there are so many requests more than were seen, and answers with those. */
export function following(
  context: CheckContext,
  requests: () => readonly RecordedRequest[],
  seen: number,
  count: number,
): Promise<readonly RecordedRequest[]> {
  const { controlPlane } = context.target;
  if (!controlPlane) throw new Blocked("control-plane-double");
  const look = (): readonly RecordedRequest[] | undefined => {
    const news = requests().slice(seen);
    return news.length >= count ? news.slice(0, count) : undefined;
  };
  return controlPlane.requests.until(look, { signal: context.signal });
}

/** The middle one, so that one moment in which a busy machine stood still decides nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}
