import type { RecordedRequest } from "@kubelet-conformance/control-plane";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { following, gapsOf, periodsOf } from "./heartbeat-periods.ts";
import { controlPlaneOf, labelsOf, nodeOf, objectsAt, shown } from "./node-object.ts";

/** A report may be late by half of the period after a change (pkg/kubelet/kubelet_node_status.go, calculateDelay). */
const latest = 1.5;
const earliest = 0.5;

/** `heartbeat.status.*`. */
export const heartbeatStatus = {
  "heartbeat.status.on-change": async (context) => {
    const [{ statusUpdateMs }, plane] = [await periodsOf(context), controlPlaneOf(context)];
    await reports(context, 1);
    const node = await nodeOf(context);
    // One of the labels that the kubelet looks after; hence its node has changed.
    const { "kubernetes.io/os": _os, ...labels } = labelsOf(node);
    const changedAt = Date.now();
    // Labels are texts.
    plane.state.update("nodes", { ...node, metadata: { ...node.metadata, labels: labels as Record<string, string> } });
    const [patch] = await reports(context, 1);
    const tookMs = ((patch?.time ?? 0) - changedAt) * plane.timeScale;
    if (tookMs > statusUpdateMs * 2) throw new Broken(`a status within ${statusUpdateMs / 1000} s of a change`, `after ${tookMs / 1000} s`);
  },

  "heartbeat.status.report": async (context) => {
    const { statusReportMs, statusUpdateMs } = await periodsOf(context);
    const longest = Math.max(...(await reportGaps(context)));
    const most = statusReportMs * latest + statusUpdateMs * 2;
    if (longest > most) throw new Broken(`a status every ${statusReportMs / 1000} s`, `${longest / 1000} s between two`);
  },

  "heartbeat.status.quiet": async (context) => {
    const { statusReportMs } = await periodsOf(context);
    const shortest = Math.min(...(await reportGaps(context)));
    if (shortest < statusReportMs * earliest * 0.8)
      throw new Broken(
        `no status without a change before ${(statusReportMs * earliest) / 1000} s are over`,
        `one after ${shortest / 1000} s`,
      );
  },

  "heartbeat.status.heartbeat-time": async (context) => {
    const [before, after] = await conditionsAround(context);
    for (const { type, lastHeartbeatTime } of after) {
      const earlier = before.find((condition) => condition["type"] === type)?.["lastHeartbeatTime"];
      if (!(Date.parse(shown(lastHeartbeatTime)) > Date.parse(shown(earlier))))
        throw new Broken(`a lastHeartbeatTime of ${shown(type)} after ${shown(earlier)}`, shown(lastHeartbeatTime));
    }
  },

  "heartbeat.status.transition-time": async (context) => {
    const [before, after] = await conditionsAround(context);
    for (const { type, status, lastTransitionTime } of after) {
      const earlier = before.find((condition) => condition["type"] === type);
      if (earlier?.["status"] === status && earlier?.["lastTransitionTime"] !== lastTransitionTime)
        throw new Broken(
          `lastTransitionTime ${shown(earlier?.["lastTransitionTime"])} of ${shown(type)} as it was`,
          shown(lastTransitionTime),
        );
    }
  },
} satisfies Partial<AreaChecks<"heartbeat">>;

/** The next statuses that the kubelet writes. */
async function reports(context: CheckContext, count: number): Promise<readonly RecordedRequest[]> {
  const { requests } = controlPlaneOf(context);
  const patches = () => requests.all({ resource: "nodes/status", verb: "patch", status: 200 });
  return following(context, patches, patches().length, count);
}

/** Milliseconds of the kubelet's time between some statuses. Of a live cluster the heartbeat times tell. */
async function reportGaps(context: CheckContext): Promise<number[]> {
  const { timeScale } = controlPlaneOf(context);
  return gapsOf((await reports(context, 3)).map(({ time }) => time * timeScale));
}

type Conditions = Readonly<Record<string, unknown>>[];

/** The kubelet's conditions before and after two of its statuses. */
async function conditionsAround(context: CheckContext): Promise<[before: Conditions, after: Conditions]> {
  await reports(context, 1);
  const before = objectsAt(await nodeOf(context), "/status/conditions");
  await reports(context, 1);
  return [before, objectsAt(await nodeOf(context), "/status/conditions")];
}
