import { type ControlPlane, seedNode, seedPod, startControlPlane } from "@kubelet-conformance/control-plane";
import { minorOf } from "@kubelet-conformance/spec";
import { accessTable } from "../access.ts";
import { apiPodName, apiPodSpec } from "../api-pod.ts";
import type { Ground } from "../ground.ts";
import { podNamespace } from "../pod.ts";
import type { Scenario } from "../scenarios.ts";
import { nodeName } from "./labels.ts";

/** The API server's double of a scenario, with what it holds before the kubelet comes. */
export async function startPlane(ground: Ground, kubernetesVersion: string, { apiPod, node }: Scenario): Promise<ControlPlane> {
  const { tokens, authorizationRules } = accessTable(ground);
  const plane = await startControlPlane({ authority: ground.authority, tokens, rules: authorizationRules });
  if (!node) seedNode(plane.state, { name: nodeName });
  if (apiPod) {
    const spec = apiPodSpec(minorOf(kubernetesVersion) ?? "", ground.image);
    seedPod(plane.state, { name: apiPodName, namespace: podNamespace, nodeName, spec });
  }
  return plane;
}
