import { json, plain } from "../http/answers.ts";
import type { PodState } from "../pods/pod-worker.ts";
import { hasEnded } from "../pods/pod-status.ts";
import { escapeHtml, podList } from "./pods.ts";
import type { RouteHandler } from "./route-handler.ts";

/** GET /allocatedPods: the pods that have not ended, without status. No resize is ever pending here, so their specs are those of /pods. */
export const getAllocatedPods: RouteHandler = async ({ kubelet: { pods } }) => {
  await pods.refresh();
  return json(podList(pods.states.filter((state) => !hasEnded(state)).map(withoutStatus)));
};

/** GET /allocatedPods/{namespace}/{pod}, and with a UID that it must have. */
export const getAllocatedPod: RouteHandler = async ({ kubelet: { pods }, parameters }) => {
  const { podNamespace = "", podID = "", podUID } = parameters;
  await pods.refresh();
  const state = pods.find(podNamespace, podID);
  const isAnother = podUID !== undefined && podUID !== state?.pod.metadata.uid;
  if (state === undefined || hasEnded(state) || isAnother) return plain(404, "pod not found");
  return json(`${escapeHtml(JSON.stringify({ kind: "Pod", apiVersion: "v1", ...withoutStatus(state) }))}\n`);
};

function withoutStatus({ pod }: PodState): object {
  return { ...pod, status: {} };
}
