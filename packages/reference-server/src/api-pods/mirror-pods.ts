import { objectAt, objectsAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import type { ApiLink } from "../api-server/api-link.ts";
import type { PodState } from "../pods/pod-worker.ts";
import type { KubeletState } from "../state.ts";

export const mirrorAnnotation = "kubernetes.io/config.mirror";
const hashAnnotation = "kubernetes.io/config.hash";

/** Keeps for each static pod a pod in the API server that stands for it. */
export interface MirrorPods {
  /** Brings them up to date with what the API server has. Never rejects. */
  reconcile(mirrors: readonly JsonObject[], nodeUid: string | undefined): Promise<void>;
}

export function createMirrorPods(kubelet: KubeletState, { api, signal, logger }: ApiLink): MirrorPods {
  async function remove(mirror: JsonObject): Promise<void> {
    const uid = textAt(mirror, "metadata.uid");
    const path = `/api/v1/namespaces/${textAt(mirror, "metadata.namespace")}/pods/${textAt(mirror, "metadata.name")}`;
    const body = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0, preconditions: { uid } };
    await api.send({ method: "DELETE", path, body, signal });
  }

  async function create({ pod }: PodState, nodeUid: string): Promise<void> {
    const { metadata, spec } = pod;
    const annotations = { ...metadata.annotations, [mirrorAnnotation]: metadata.annotations?.[hashAnnotation] ?? "" };
    const owner = { apiVersion: "v1", kind: "Node", name: kubelet.nodeName, uid: nodeUid, controller: true };
    const body = {
      kind: "Pod",
      apiVersion: "v1",
      metadata: {
        ...metadata,
        annotations: Object.fromEntries(Object.entries(annotations).toSorted(([a], [b]) => (a < b ? -1 : 1))),
        ownerReferences: [owner],
      },
      spec,
      status: {},
    };
    const path = `/api/v1/namespaces/${metadata.namespace}/pods`;
    // A manifest was parsed from JSON or YAML.
    const answer = await api.send({ method: "POST", path, body: JSON.parse(JSON.stringify(body)) as JsonObject, signal });
    if (answer.code !== 201 && answer.code !== 409) logger.error(`mirror of pod ${metadata.name}: ${textAt(answer.body, "message")}`);
  }

  async function settle(state: PodState, mirrors: readonly JsonObject[], nodeUid: string | undefined): Promise<void> {
    const { name, namespace, annotations } = state.pod.metadata;
    const mirror = mirrors.find((each) => textAt(each, "metadata.name") === name && textAt(each, "metadata.namespace") === namespace);
    const metadata = mirror === undefined ? {} : objectAt(mirror, "metadata");
    const isCurrent =
      mirror !== undefined &&
      metadata["deletionTimestamp"] === undefined &&
      objectAt(metadata, "annotations")[mirrorAnnotation] === annotations?.[hashAnnotation] &&
      objectsAt(metadata, "ownerReferences").some(({ uid }) => nodeUid === undefined || uid === nodeUid);
    state.mirrorUid = isCurrent ? textAt(metadata, "uid") : undefined;
    if (isCurrent) return;
    if (mirror !== undefined) await remove(mirror);
    if (nodeUid !== undefined) await create(state, nodeUid);
  }

  return {
    async reconcile(mirrors, nodeUid) {
      const statics = kubelet.pods.states.filter(({ pod }) => pod.metadata.annotations?.["kubernetes.io/config.source"] === "file");
      const isWanted = (mirror: JsonObject) =>
        statics.some(
          ({ pod: { metadata } }) =>
            metadata.name === textAt(mirror, "metadata.name") && metadata.namespace === textAt(mirror, "metadata.namespace"),
        );
      try {
        for (const mirror of mirrors) if (!isWanted(mirror)) await remove(mirror);
        for (const state of statics) await settle(state, mirrors, nodeUid);
      } catch (error) {
        if (!signal.aborted) logger.error(`mirror pods: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}
