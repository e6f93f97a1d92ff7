import { type ControlPlane, seedNode, seedPod, startControlPlane } from "@kubelet-conformance/control-plane";
import { minorOf } from "@kubelet-conformance/spec";
import { accessTable } from "../access.ts";
import { apiPodName, apiPodSpec } from "../api-pod.ts";
import { podNamespace } from "../pod.ts";
import type { Scenario } from "../scenarios.ts";
import type { CommandLineOptions } from "./command-line.ts";
import { nodeName } from "./labels.ts";

/** The API server's double of a scenario, with what it holds before the kubelet comes. */
export async function startPlane(
  { ground, program }: Pick<CommandLineOptions, "ground" | "program">,
  { apiPod, node }: Scenario,
): Promise<ControlPlane> {
  const { tokens, authorizationRules } = accessTable(ground);
  const plane = await startControlPlane({ authority: ground.authority, tokens, rules: authorizationRules });
  if (!node) seedNode(plane.state, { name: nodeName });
  if (apiPod) {
    const spec = apiPodSpec(minorOf(program.kubernetesVersion) ?? "", ground.image);
    seedPod(plane.state, { name: apiPodName, namespace: podNamespace, nodeName, spec });
  }
  return plane;
}
