import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minorOf } from "@kubelet-conformance/spec";
import { apiPodName, apiPodSpec } from "../api-pod.ts";
import type { Ground } from "../ground.ts";
import { podNamespace } from "../pod.ts";

/** The pod as a file, for the reference kubelet, which joins no cluster yet. */
export async function writeApiPod({ image }: Ground, directory: string, kubernetesVersion: string): Promise<string> {
  const path = join(directory, "api-pod.json");
  const spec = apiPodSpec(minorOf(kubernetesVersion) ?? kubernetesVersion, image);
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: apiPodName, namespace: podNamespace }, spec };
  await writeFile(path, JSON.stringify(pod), { mode: 0o600 });
  return path;
}
