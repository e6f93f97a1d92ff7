import { setTimeout as delay } from "node:timers/promises";
import type { KubeObject, RecordedRequest } from "@kubelet-conformance/control-plane";
import type { CheckContext } from "../engine/check.ts";
import { following, gapsOf, periodsOf, scaleOf } from "./heartbeat-periods.ts";
import { controlPlaneOf, nodeNow, objectAt, objectsAt, shown } from "./node-object.ts";

/** The time between two statuses that a kubelet wrote, in milliseconds of its own. */
export interface ReportGap {
  gapMs: number;
  /** Whether the node changed meanwhile, be it by another's hand: that is a reason to write. */
  changed: boolean;
}

/** The next statuses that the kubelet writes, as the API server's double records them. */
export async function reports(context: CheckContext, count: number): Promise<readonly RecordedRequest[]> {
  const { requests } = controlPlaneOf(context);
  const { statusReportMs } = await periodsOf(context);
  context.awaits(count === 1 ? "a status of the node" : `${count} statuses of the node`, (count * statusReportMs) / scaleOf(context));
  const patches = () => requests.all({ resource: "nodes/status", verb: "patch", status: 200 });
  return following(context, patches, patches().length, count);
}

/** Of a live cluster the times in the node tell, which have whole seconds; of the API server's double its record. */
export async function reportGaps(context: CheckContext): Promise<ReportGap[]> {
  const { controlPlane } = context.target;
  if (!controlPlane) return [await seenGap(context)];
  const times = (await reports(context, 3)).map(({ time }) => time * controlPlane.timeScale);
  return gapsOf(times).map((gapMs) => ({ gapMs, changed: false }));
}

const pollMs = 2_000;

async function seenGap(context: CheckContext): Promise<ReportGap> {
  const { statusReportMs } = await periodsOf(context);
  context.awaits("the next status of the node", statusReportMs * 1.5);
  const before = await nodeNow(context);
  for (;;) {
    await delay(pollMs, undefined, { signal: context.signal });
    const after = await nodeNow(context);
    const gapMs = heartbeatOf(after) - heartbeatOf(before);
    if (gapMs > 0) return { gapMs, changed: withoutTimes(after) !== withoutTimes(before) };
  }
}

function heartbeatOf(node: KubeObject): number {
  const ready = objectsAt(node, "/status/conditions").find(({ type }) => type === "Ready");
  return Date.parse(shown(ready?.["lastHeartbeatTime"]));
}

/** What a kubelet compares before it writes, and what others may have changed. */
function withoutTimes(node: KubeObject): string {
  const { labels, annotations } = objectAt(node, "/metadata");
  const conditions = objectsAt(node, "/status/conditions").map(({ lastHeartbeatTime: _time, ...rest }) => rest);
  return JSON.stringify([labels, annotations, objectAt(node, "/spec"), { ...objectAt(node, "/status"), conditions }]);
}
