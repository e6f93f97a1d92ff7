import { isDeepStrictEqual } from "node:util";
import { objectAt, objectsAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { ApiRefusal } from "../api-server/api-client.ts";
import { limited } from "./heartbeat-limit.ts";
import type { NodeContext } from "./node-context.ts";
import { withStatus } from "./node-status.ts";
import { hasChanged, patchStatus } from "./patch-status.ts";
import { register } from "./registration.ts";

const tries = 5;
const jitter = 0.04;
/** Right after its start a kubelet looks this often whether it has become ready, and so long. */
const readyPollMs = 100;
const readyGraceMs = 120_000;

/** Registers the node and keeps its status: what syncNodeStatus and fastStatusUpdateOnce do. Ends with the signal; never rejects. */
export async function keepStatus(context: NodeContext): Promise<void> {
  const { clock, signal, state } = context;
  const { register: registers, statusUpdateMs } = state.configuration.node;
  const reports = createReports(context);
  try {
    if (registers) await register(context);
    const fast = becomeReady(context, reports);
    while (!signal.aborted) {
      await reports.update();
      await clock.wait("node-status", statusUpdateMs * (1 + Math.random() * jitter), signal);
    }
    await fast;
  } catch (error) {
    if (!signal.aborted) state.logger.error(`node status: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface Reports {
  /** One period: up to five tries to bring the status up to date. */
  update(): Promise<void>;
  /** Writes the status when the node has just become ready. Whether there is nothing left to wait for. */
  updateWhenReady(): Promise<boolean>;
}

function createReports(context: NodeContext): Reports {
  const { api, cache, clock, signal, state, runtime } = context;
  const { statusReportMs, statusUpdateMs, leaseDurationSeconds } = state.configuration.node;
  const timeout = `?timeout=${Math.min(statusUpdateMs / 1000, leaseDurationSeconds)}s`;
  let lastReport: number | undefined;
  let delayMs = 0;
  let underWay: Promise<unknown> = Promise.resolve();

  async function current(number: number): Promise<JsonObject> {
    if (number === 0) {
      if (cache.node === undefined) throw new Error(`error getting node "${state.nodeName}": node "${state.nodeName}" not found`);
      return cache.node;
    }
    const answer = await api.send({ method: "GET", path: `/api/v1/nodes/${state.nodeName}${timeout}`, signal: limited(context) });
    if (answer.code !== 200) throw new ApiRefusal(answer);
    return answer.body;
  }

  async function write(before: JsonObject, after: JsonObject): Promise<void> {
    await patchStatus(before, after, { ...context, signal: limited(context) }, timeout);
    lastReport = clock.elapsed();
  }

  async function attempt(number: number): Promise<void> {
    const before = await current(number);
    const after = context.deviate(withOwnLabels(await withStatus(before, context), context), { purpose: "status", before });
    const changed = hasChanged(before, after) || !isDeepStrictEqual(after["metadata"], before["metadata"]);
    const isDue = lastReport === undefined || clock.elapsed() - lastReport >= statusReportMs + delayMs;
    if (!changed && !isDue) return;
    // Kubelets that start together must not report together for ever.
    delayMs = changed || lastReport === undefined ? statusReportMs * (Math.random() - 0.5) : 0;
    await write(before, after);
  }

  async function update(): Promise<void> {
    for (let number = 0; number < tries && !signal.aborted; number++) {
      try {
        return await attempt(number);
      } catch (error) {
        if (!signal.aborted)
          state.logger.error(`error updating node status, will retry: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (!signal.aborted) state.logger.error("unable to update node status: update node status exceeds retry count");
  }

  async function updateWhenReady(): Promise<boolean> {
    const before = cache.node;
    if (before === undefined) return false;
    if (isReady(before)) return true;
    await runtime.look();
    const after = context.deviate(await withStatus(before, context), { purpose: "status", before });
    if (!isReady(after)) return false;
    await write(before, after).catch(update);
    return true;
  }

  /** One after the other: both change what the node has last reported. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = underWay.then(work);
    underWay = done.catch(() => {});
    return done;
  }

  return { update: () => alone(update), updateWhenReady: () => alone(updateWhenReady) };
}

async function becomeReady({ clock, signal, state }: NodeContext, reports: Reports): Promise<void> {
  const until = clock.elapsed() + readyGraceMs;
  while (!signal.aborted && !(await reports.updateWhenReady())) {
    if (clock.elapsed() > until) {
      state.logger.error("node not becoming ready in time after startup");
      return;
    }
    await clock.wait("node-ready", readyPollMs, signal).catch(() => {});
  }
}

function isReady(node: JsonObject): boolean {
  return objectsAt(objectAt(node, "status"), "conditions").some(({ type, status }) => type === "Ready" && status === "True");
}

/** Of its labels a kubelet puts two back while it runs; the same node when nothing is to do. */
function withOwnLabels(node: JsonObject, { machine }: NodeContext): JsonObject {
  const metadata = objectAt(node, "metadata");
  const labels = objectAt(metadata, "labels");
  const own = { "kubernetes.io/os": machine.operatingSystem, "kubernetes.io/arch": machine.architecture };
  if (Object.entries(own).every(([name, value]) => labels[name] === value)) return node;
  return { ...node, metadata: { ...metadata, labels: { ...labels, ...own } } };
}
