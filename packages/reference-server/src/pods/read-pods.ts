import { behaviour } from "@kubelet-conformance/types";
import type { Logger } from "../log.ts";
import { readManifests } from "./manifests.ts";
import type { Pod } from "./pod.ts";
import { samplePod } from "./sample-pod.ts";
import { apiPod, staticPod } from "./static-pod.ts";

/** Where a kubelet's pods come from. */
export interface PodSources {
  staticPodPath: string | undefined;
  apiPodPath: string | undefined;
  /** In place of static pods. */
  sample: boolean;
}

/** The pods of this node: static ones, then those of an API server. */
export async function readPods(
  { staticPodPath, apiPodPath, sample }: PodSources,
  { nodeName, minor }: { nodeName: string; minor: string },
  logger: Logger,
): Promise<Pod[]> {
  const context = { nodeName, seen: new Date(), sidecars: behaviour("sidecar-containers", minor) };
  const creationTimestamp = behaviour("static-pod-creation-timestamp", minor);
  const fromFile = (manifest: unknown, source: string) => staticPod(manifest, { ...context, creationTimestamp, source });
  const staticPods = staticPodPath === undefined ? [] : await readManifests(staticPodPath, fromFile, logger);
  const apiPods = apiPodPath === undefined ? [] : await readManifests(apiPodPath, (content) => apiPod(content, context), logger);
  return [...(sample ? [fromFile(samplePod, "sample")] : staticPods), ...apiPods];
}
