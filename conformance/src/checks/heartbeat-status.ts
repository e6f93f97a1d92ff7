import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { leastDisturbed, periodsOf, slackMs } from "./heartbeat-periods.ts";
import { reportGaps, reports } from "./heartbeat-reports.ts";
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
    if (tookMs > statusUpdateMs * 2 + slackMs(context, statusUpdateMs))
      throw new Broken(`a status within ${statusUpdateMs / 1000} s of a change`, `after ${tookMs / 1000} s`);
  },

  "heartbeat.status.report": async (context) => {
    const { statusReportMs, statusUpdateMs } = await periodsOf(context);
    const gaps = (await reportGaps(context)).map(({ gapMs }) => gapMs);
    const seen = leastDisturbed(context, gaps, Math.max(...gaps));
    const most = statusReportMs * latest + statusUpdateMs * 2 + slackMs(context, statusUpdateMs);
    if (seen > most) throw new Broken(`a status every ${statusReportMs / 1000} s`, `${seen / 1000} s between two`);
  },

  "heartbeat.status.quiet": async (context) => {
    await requireKnownStatus(context);
    const { statusReportMs } = await periodsOf(context);
    const gaps = (await reportGaps(context)).filter(({ changed }) => !changed);
    if (gaps.length === 0) context.notApplicable("the node changed, which is a reason to write its status");
    const shortest = Math.min(...gaps.map(({ gapMs }) => gapMs));
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

type Conditions = Readonly<Record<string, unknown>>[];

/** The kubelet's conditions before and after two of its statuses. */
async function conditionsAround(context: CheckContext): Promise<[before: Conditions, after: Conditions]> {
  await reports(context, 1);
  const before = objectsAt(await nodeOf(context), "/status/conditions");
  await reports(context, 1);
  return [before, objectsAt(await nodeOf(context), "/status/conditions")];
}

/** An API server that is older than the kubelet drops the members of the status that it does not know, so that it differs each time. */
async function requireKnownStatus(context: CheckContext): Promise<void> {
  const { cluster, minor } = context.target;
  const ours = await cluster?.minor?.(context.signal);
  if (ours !== undefined && ours < Number(minor.split(".")[1]))
    context.notApplicable(`the API server (1.${ours}) is older than the kubelet and may drop what is new in the status`);
}
