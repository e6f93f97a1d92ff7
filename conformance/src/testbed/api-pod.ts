import { compareVersions } from "@kubelet-conformance/spec";
import type { JsonObject } from "@kubelet-conformance/control-plane";
import { podManifest } from "./pod.ts";

/** The pod that an API server hands the kubelet; it has what no static pod can have. */
export const apiPodName = "testbed-api";

/** Its spec, with all of the API server's defaults for ephemeral containers, which it sets when they are added. */
export function apiPodSpec(minor: string, image: string): JsonObject {
  const [{ imagePullPolicy, command }] = podManifest.spec.containers;
  const container = (name: string) => ({ name, image, imagePullPolicy, command });
  const ephemeral = {
    ...container("ephemeral"),
    resources: {},
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
  };
  return {
    hostNetwork: true,
    terminationGracePeriodSeconds: 0,
    ...(hasSidecars(minor) ? { initContainers: [{ ...container("sidecar"), restartPolicy: "Always" }] } : {}),
    containers: [container("main")],
    ephemeralContainers: [ephemeral],
  };
}

/** Before, a sidecar would be an init container that never ends. */
export function hasSidecars(minor: string): boolean {
  return compareVersions(minor, "1.29") >= 0;
}
