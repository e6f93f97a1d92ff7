import { setTimeout as delay } from "node:timers/promises";
import type { RecordedRequest, RequestFilter } from "@kubelet-conformance/control-plane";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { following, gapsOf, leaseOf, periodsOf, slackMs } from "./heartbeat-periods.ts";
import { controlPlaneOf, shown } from "./node-object.ts";

const leaseUpdates: RequestFilter = { resource: "leases", verb: "update" };
const leaseReads: RequestFilter = { resource: "leases", verb: "get" };
const statusPatches: RequestFilter = { resource: "nodes/status", verb: "patch" };

/** Tries of a status that is due. */
const tries = 5;
/** Of a lease and a status, with as many reads between them, and some to spare. */
const mostRequests = 4 * tries + 10;
/** The kubelet's first wait for its lease and its longest one, in milliseconds of its own time. */
const firstWaitMs = 200;
const longestWaitMs = 7000;
/** Longer than any kubelet waits for an answer about its node. */
const unansweredMs = 600_000;

/** `heartbeat.outage.*`, and what becomes of a lease that others touch. */
export const outage = {
  "heartbeat.lease.independent": (context) =>
    failing(context, "nodes/status", async () => {
      await next(context, statusPatches, 1);
      // More than one: the first may have been under way.
      await next(context, { ...leaseUpdates, status: 200 }, 2);
    }),

  "heartbeat.lease.recreated": async (context) => {
    const { state } = controlPlaneOf(context);
    const { name, namespace } = (await leaseOf(context)).metadata;
    state.delete("leases", { name, namespace });
    await next(context, { ...leaseUpdates, status: 200 }, 1);
    await leaseOf(context);
  },

  "heartbeat.lease.conflict": async (context) => {
    const { state } = controlPlaneOf(context);
    const lease = await leaseOf(context);
    const labels = { "example.com/touched": "yes" };
    state.update("leases", { ...lease, metadata: { ...lease.metadata, labels } });
    await next(context, { ...leaseUpdates, status: 200 }, 1);
    const touched = (await leaseOf(context)).metadata["labels"];
    if (JSON.stringify(touched) !== JSON.stringify(labels))
      throw new Broken("the lease as another wrote it, renewed", `labels ${shown(touched)}`);
  },

  "heartbeat.outage.status-tries": async (context) => {
    const { requests } = controlPlaneOf(context);
    const seen = requests.all().length;
    await failing(context, "nodes/status", () => next(context, statusPatches, 3 * tries).then(() => {}));
    const turns = turnsOf(requests.all().slice(seen));
    // The first one may have begun before the API server failed, and the last one may not be over.
    const odd = turns.slice(1, -1).find((count) => count !== tries);
    if (odd !== undefined || turns.length < 3) throw new Broken(`${tries} tries in a row`, `${odd ?? turns.join(", ")}`);
  },

  "heartbeat.outage.lease-tries": async (context) => {
    const { requests } = controlPlaneOf(context);
    let before: readonly RecordedRequest[] = [];
    await failing(context, "leases", async () => {
      const seen = requests.all().length;
      await next(context, leaseReads, 1);
      before = requests.all().slice(seen);
    });
    const firstRead = before.findIndex(({ resource, verb }) => resource === "leases" && verb === "get");
    const count = before.slice(0, firstRead).filter(({ resource, verb }) => resource === "leases" && verb === "update").length;
    if (count !== tries) throw new Broken(`${tries} tries before the lease is read anew`, `${count}`);
  },

  "heartbeat.outage.unanswered": async (context) => {
    const { leaseMs, renewMs, statusUpdateMs } = await periodsOf(context);
    const { faults, timeScale } = controlPlaneOf(context);
    await leaseOf(context);
    const limitMs = Math.min(leaseMs, statusUpdateMs);
    // A faster clock leaves a busy machine little time.
    const mostMs = limitMs * 1.5 + Math.max(slackMs(context, limitMs), 1_000 * timeScale);
    const fault = faults.inject({ resource: "leases", effect: { kind: "slow", milliseconds: unansweredMs } });
    const waitMs = (2 * renewMs + 2 * mostMs) / timeScale;
    const limited = () => ({ ...context, signal: AbortSignal.any([context.signal, AbortSignal.timeout(waitMs)]) });
    try {
      const puts = await next(limited(), leaseUpdates, 3).catch(() => {
        context.signal.throwIfAborted();
        throw new Broken(`another try after ${limitMs / 1000} s without an answer`, `none in ${Math.round((waitMs * timeScale) / 1000)} s`);
      });
      const [shortest = 0] = gapsOf(puts.map(({ time }) => time * timeScale)).toSorted((one, other) => one - other);
      if (shortest > mostMs) throw new Broken(`another try after ${limitMs / 1000} s without an answer`, `after ${shortest / 1000} s`);
    } finally {
      fault.remove();
      await next(limited(), { ...leaseUpdates, status: 200 }, 1).catch(() => {});
    }
  },

  "heartbeat.outage.no-storm": async (context) => {
    const { statusUpdateMs, statusReportMs, renewMs } = await periodsOf(context);
    const { requests, timeScale } = controlPlaneOf(context);
    const periodMs = Math.max(statusUpdateMs, renewMs);
    const ownRequests = (): number => requests.all().filter(({ resource }) => /^(nodes|leases)/.test(resource ?? "")).length;
    await failing(context, undefined, async () => {
      const before = ownRequests();
      // Long enough for a status to be due, with the delay that there may be after a change.
      const watchedMs = 1.5 * statusReportMs + 2 * periodMs;
      await delay(watchedMs / timeScale, undefined, { signal: context.signal });
      const [sent, most] = [ownRequests() - before, Math.ceil((mostRequests * watchedMs) / periodMs)];
      if (sent > most) throw new Broken(`at most ${most} requests in ${watchedMs / 1000} s`, `${sent}`);
    });
  },

  "heartbeat.outage.lease-back-off": async (context) => {
    const gaps = await waitsForLease(context, 5);
    // 200, 400, 800, 1600 ms, and what a busy machine adds.
    // A busy machine makes them longer, never shorter; more so where the kubelet's clock runs faster than ours.
    const isTimed = controlPlaneOf(context).timeScale === 1;
    const odd = gaps.findIndex((gap, index) => {
      const waitMs = firstWaitMs * 2 ** index;
      return gap < waitMs * 0.75 || (isTimed && gap > waitMs + slackMs(context, waitMs) + firstWaitMs);
    });
    if (odd >= 0) throw new Broken("waits of 200 ms, doubling", gaps.map((gap) => `${Math.round(gap)} ms`).join(", "));
  },

  "heartbeat.outage.lease-back-off-limit": async (context) => {
    // By then every wait is as long as they get; a busy machine makes some of them longer.
    const [shortest = 0] = (await waitsForLease(context, 10)).slice(-3).toSorted((one, other) => one - other);
    if (shortest > longestWaitMs + slackMs(context, longestWaitMs))
      throw new Broken(`waits of at most ${longestWaitMs} ms`, `${Math.round(shortest)} ms`);
  },

  "heartbeat.outage.recovers": async (context) => {
    const { renewMs, statusReportMs, statusUpdateMs } = await periodsOf(context);
    const { timeScale } = controlPlaneOf(context);
    // Long enough for a report to be due, with the delay that there may be after a change.
    await withoutApiServer(context, 1.5 * statusReportMs + 2 * statusUpdateMs, () => Promise.resolve());
    const limitMs = (Math.max(longestWaitMs + renewMs, 2 * statusReportMs + statusUpdateMs) * 1.5) / timeScale + 1000;
    const limited = { ...context, signal: AbortSignal.any([context.signal, AbortSignal.timeout(limitMs)]) };
    for (const [what, filter] of [["lease", leaseUpdates] as const, ["status", statusPatches] as const]) {
      await next(limited, { ...filter, status: 200 }, 1).catch(() => {
        context.signal.throwIfAborted();
        throw new Broken(`a ${what} again`, `none in ${Math.round((limitMs * timeScale) / 1000)} s`);
      });
    }
  },

  "heartbeat.outage.serves": async (context) => {
    const { renewMs } = await periodsOf(context);
    // By then the kubelet has missed it.
    await withoutApiServer(context, 1.5 * renewMs, async () => {
      for (const target of ["/healthz", "/pods"]) {
        const { status } = await context.send({ target });
        if (status !== 200) throw new Broken(`200 on ${target}`, `${status}`);
      }
    });
    await next(context, { ...leaseUpdates, status: 200 }, 1);
  },
} satisfies Partial<AreaChecks<"heartbeat">>;

/** Does the work while the API server answers 500 to all requests about that resource, and waits until lease and status are well again. */
async function failing(context: CheckContext, resource: string | undefined, work: () => Promise<void>): Promise<void> {
  const { faults } = controlPlaneOf(context);
  // Without one there is nothing to wait for.
  await leaseOf(context);
  const fault = faults.inject({ effect: { kind: "status", code: 500 }, ...(resource === undefined ? {} : { resource }) });
  try {
    await work();
  } finally {
    fault.remove();
    await next(context, { ...leaseUpdates, status: 200 }, 1).catch(() => {});
  }
}

/** Does the work once the API server has been gone for so long, in milliseconds of the kubelet's time, and lets it come back. */
async function withoutApiServer(context: CheckContext, goneMs: number, work: () => Promise<void>): Promise<void> {
  const { faults, timeScale } = controlPlaneOf(context);
  await leaseOf(context);
  await faults.down();
  try {
    await delay(goneMs / timeScale, undefined, { signal: context.signal });
    await work();
  } finally {
    await faults.up();
  }
}

/** The next requests of that kind. */
function next(context: CheckContext, filter: RequestFilter, count: number): Promise<readonly RecordedRequest[]> {
  const { requests } = controlPlaneOf(context);
  const fitting = () => requests.all(filter);
  return following(context, fitting, fitting().length, count);
}

/** How long the kubelet waits between its looks for a lease that it cannot have, in milliseconds of its own time. */
async function waitsForLease(context: CheckContext, count: number): Promise<number[]> {
  const { timeScale } = controlPlaneOf(context);
  let reads: readonly RecordedRequest[] = [];
  await failing(context, "leases", async () => {
    reads = await next(context, leaseReads, count);
  });
  return gapsOf(reads.map(({ time }) => time * timeScale));
}

/**
 * How often each status was tried. The first try goes out from a memory of the node; before each further one it reads the
 * node anew (pkg/kubelet/kubelet_node_status.go, tryUpdateNodeStatus).
 */
function turnsOf(requests: readonly RecordedRequest[]): number[] {
  const turns: number[] = [];
  let hasRead = false;
  for (const { resource, verb, query } of requests) {
    // Up to 1.30 the first try asks the API server's memory.
    if (resource === "nodes" && verb === "get" && !query.includes("resourceVersion=0")) hasRead = true;
    if (resource !== "nodes/status" || verb !== "patch") continue;
    if (hasRead && turns.length > 0) turns.push((turns.pop() ?? 0) + 1);
    else turns.push(1);
    hasRead = false;
  }
  return turns;
}
