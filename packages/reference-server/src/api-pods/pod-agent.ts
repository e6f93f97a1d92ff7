import { objectAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { behaviour } from "@kubelet-conformance/types";
import type { ApiLink } from "../api-server/api-link.ts";
import { reflect } from "../api-server/reflector.ts";
import type { NodeCache } from "../node/node-cache.ts";
import type { Pod } from "../pods/pod.ts";
import { apiPod } from "../pods/static-pod.ts";
import type { KubeletState } from "../state.ts";
import { createMirrorPods, mirrorAnnotation } from "./mirror-pods.ts";
import { createStatusWriter } from "./status-writer.ts";

/** What could not be written is tried again so often, and so is a mirror pod that is missing. */
const periodMs = 10_000;

/** Runs the pods that the API server binds to this node, and tells it of all pods. Ends with the link's signal; never rejects. */
export async function runApiPods(kubelet: KubeletState, link: ApiLink, node: NodeCache): Promise<void> {
  const { clock, logger, nodeName, signal } = link;
  const writer = createStatusWriter(kubelet, link);
  const mirrors = createMirrorPods(kubelet, link);
  const seen = new Map<string, Date>();
  let remote: readonly JsonObject[] | undefined;
  let wake = new AbortController();
  const changed = () => wake.abort();

  function follow(objects: ReadonlyMap<string, JsonObject>): void {
    remote = [...objects.values()];
    const pods = remote.filter((object) => !isMirror(object)).flatMap((object) => podOf(object) ?? []);
    kubelet.pods.setRemotePods(pods);
    for (const uid of seen.keys()) if (!pods.some(({ metadata }) => metadata.uid === uid)) seen.delete(uid);
    changed();
  }

  function podOf(object: JsonObject): Pod | undefined {
    const uid = textAt(object, "metadata.uid");
    const since = seen.get(uid) ?? new Date(clock.now());
    seen.set(uid, since);
    try {
      const sidecars = behaviour("sidecar-containers", kubelet.minor);
      const pod = apiPod({ ...object, kind: "Pod", apiVersion: "v1" }, { nodeName, seen: since, sidecars });
      return { ...pod, status: object["status"] };
    } catch (error) {
      logger.error(`pod ${textAt(object, "metadata.name")} is left out: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  async function tell(): Promise<void> {
    while (!signal.aborted) {
      wake = new AbortController();
      if (remote !== undefined) {
        const uid = node.node === undefined ? undefined : textAt(node.node, "metadata.uid");
        await mirrors.reconcile(remote.filter(isMirror), uid);
        await writer.write();
      }
      if (!wake.signal.aborted) await clock.wait("pod-status", periodMs, AbortSignal.any([signal, wake.signal])).catch(() => {});
    }
  }

  kubelet.pods.onChange(changed);
  // Mirror pods belong to the node.
  node.onFirst = changed;
  const watchList = kubelet.gates.enabled("WatchListClient");
  const fieldSelector = `spec.nodeName=${nodeName}`;
  await Promise.all([reflect({ ...link, path: "/api/v1/pods", fieldSelector, watchList, onChange: follow }), tell()]);
}

function isMirror(object: JsonObject): boolean {
  return objectAt(objectAt(object, "metadata"), "annotations")[mirrorAnnotation] !== undefined;
}
