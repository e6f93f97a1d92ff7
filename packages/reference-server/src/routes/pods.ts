import { grpcErrorText } from "@kubelet-conformance/cri";
import { behaviour } from "@kubelet-conformance/types";
import { json, plain } from "../http/answers.ts";
import { podStatus } from "../pods/pod-status.ts";
import type { ListedContainer } from "../pods/runtime-service.ts";
import type { KubeletState } from "../state.ts";
import type { RouteHandler } from "./route-handler.ts";

/** Bodies by kubelet, kept until a look at the runtime found something new. */
const kept = new WeakMap<KubeletState, { revision: number; body: Buffer }>();

/** GET /pods: what the kubelet was told to run, with its own view of the status. */
export const getPods: RouteHandler = async ({ kubelet }) => {
  await kubelet.pods.refresh();
  const { revision } = kubelet.pods;
  let entry = kept.get(kubelet);
  if (entry?.revision !== revision) kept.set(kubelet, (entry = { revision, body: Buffer.from(podList(podsOf(kubelet))) }));
  return { ...json(""), body: entry.body };
};

function podsOf(kubelet: KubeletState): object[] {
  const { minor, pods, runtimeVersion } = kubelet;
  const context = { members: behaviour("pod-status-members", minor), runtimeName: runtimeVersion.name, hostIps: kubelet.hostIps };
  // Of a pod of the API server it shows what it last saw there.
  return pods.states.map((state) => (state.isRemote ? state.pod : { ...state.pod, status: podStatus(state, context) }));
}

/** GET /runningpods/: what the runtime says that runs now, asked for each time. */
export const getRunningPods: RouteHandler = async ({ kubelet }) => {
  try {
    return json(podList(runningPods(await kubelet.runtime.listContainers(), kubelet.minor)));
  } catch (error) {
    return plain(500, grpcErrorText(error));
  }
};

function runningPods(containers: readonly ListedContainer[], minor: string): object[] {
  const byUid = Map.groupBy(
    containers.filter((container) => container.running),
    (container) => container.podUid,
  );
  const creation = behaviour("static-pod-creation-timestamp", minor) === "null" ? { creationTimestamp: null } : {};
  return [...byUid.values()].map((group) => ({
    metadata: { name: group[0]?.podName, namespace: group[0]?.namespace, uid: group[0]?.podUid, ...creation },
    spec: { containers: group.map(({ name, imageId }) => ({ name, image: imageId, resources: {} })) },
    status: {},
  }));
}

/** A compact PodList with a newline, `items: null` when there is none. */
export function podList(items: readonly object[]): string {
  const list = { kind: "PodList", apiVersion: "v1", metadata: {}, items: items.length === 0 ? null : items };
  return `${escapeHtml(JSON.stringify(list))}\n`;
}

/** Go's JSON encoder writes these characters as escapes. */
export function escapeHtml(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
