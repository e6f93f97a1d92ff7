import { isDeepStrictEqual } from "node:util";
import { objectAt, objectsAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { behaviour } from "@kubelet-conformance/types";
import type { ApiLink } from "../api-server/api-link.ts";
import { twoWayPatch } from "../api-server/two-way-patch.ts";
import { podStatus } from "../pods/pod-status.ts";
import type { PodState } from "../pods/pod-worker.ts";
import type { KubeletState } from "../state.ts";

const mergeKeys = { "status.conditions": "type", "status.podIPs": "ip", "status.hostIPs": "ip" };

/** Conditions that the kubelet writes; others are somebody else's. */
const own = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];

/** Writes what became of pods to the API server: the kubelet's status manager. */
export interface StatusWriter {
  /** Writes the status of every pod for which the API server has another one, and deletes pods that have ended and are to go. Never rejects. */
  write(): Promise<void>;
}

export function createStatusWriter(kubelet: KubeletState, { api, signal, logger }: ApiLink): StatusWriter {
  const context = () => ({
    members: behaviour("pod-status-members", kubelet.minor),
    runtimeName: kubelet.runtimeVersion.name,
    hostIps: kubelet.hostIps,
  });
  /** What the API server was last told, by the uid that it knows the pod by. */
  const told = new Map<string, JsonObject>();

  async function writePod(state: PodState): Promise<void> {
    const { metadata } = state.pod;
    const uid = state.isRemote ? metadata.uid : state.mirrorUid;
    if (uid === undefined) return;
    const mustGo = state.isRemote && metadata["deletionTimestamp"] !== undefined && state.end === "ended";
    const wasOver = state.end === "ended" && state.containers.size === 0 && state.sandboxId === undefined && state.rejection === undefined;
    // What was JSON is JSON again, without the members that it leaves out.
    const status = JSON.parse(JSON.stringify(podStatus(state, context()))) as JsonObject;
    const isTold = wasOver || isDeepStrictEqual(told.get(uid), status);
    if (isTold && !mustGo) return;
    const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
    const present = await api.send({ method: "GET", path, signal });
    if (present.code === 404 || (present.code === 200 && textAt(present.body, "metadata.uid") !== uid)) return;
    if (present.code !== 200) throw new Error(textAt(present.body, "message"));
    if (!isTold) {
      await patch(path, uid, objectAt(present.body, "status"), status);
      told.set(uid, status);
    }
    if (!mustGo) return;
    const body = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0, preconditions: { uid } };
    await api.send({ method: "DELETE", path, body, signal });
    told.delete(uid);
  }

  async function patch(path: string, uid: string, before: JsonObject, status: JsonObject): Promise<void> {
    const others = objectsAt(before, "conditions").filter((condition) => !own.includes(textAt(condition, "type")));
    const conditions = [...objectsAt(status, "conditions"), ...others];
    // Some members are the API server's to set; those that the kubelet does not write stay.
    const after = { ...before, ...status, conditions, qosClass: before["qosClass"] ?? status["qosClass"] };
    const difference = twoWayPatch({ status: before }, { status: after }, mergeKeys);
    if (Object.keys(difference).length === 0) return;
    const answer = await api.send({ method: "PATCH", path: `${path}/status`, body: { metadata: { uid }, ...difference }, signal });
    if (answer.code !== 200) throw new Error(textAt(answer.body, "message"));
  }

  return {
    async write() {
      const known = new Set(kubelet.pods.states.map(({ pod, mirrorUid }) => mirrorUid ?? pod.metadata.uid));
      for (const uid of told.keys()) if (!known.has(uid)) told.delete(uid);
      for (const state of kubelet.pods.states) {
        if (signal.aborted) return;
        try {
          await writePod(state);
        } catch (error) {
          if (signal.aborted) return;
          logger.error(`status of pod ${state.pod.metadata.name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    },
  };
}
