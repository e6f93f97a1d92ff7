import { objectAt, objectsAt, textAt, type JsonObject, type KubeObject } from "./api/json.ts";
import type { ClusterState } from "./state/cluster-state.ts";

export interface SeedNodeOptions {
  name: string;
  /** Default `{ cpu: "2", memory: "4Gi", pods: "110" }`; a kubelet runs nothing on a node that has none. */
  capacity?: JsonObject;
}

/** A node that is there before its kubelet: then the lease is created at once instead of after ten seconds. */
export function seedNode(state: ClusterState, { name, capacity = { cpu: "2", memory: "4Gi", pods: "110" } }: SeedNodeOptions): KubeObject {
  return state.create("nodes", {
    metadata: { name, labels: { "kubernetes.io/hostname": name } },
    spec: {},
    status: { capacity, allocatable: capacity },
  });
}

export interface SeedPodOptions {
  name: string;
  /** Made if it is not there. Default `default`. */
  namespace?: string;
  nodeName: string;
  /** Members that replace the sample's: a container `main` with a counting loop, on the host's network. */
  spec?: JsonObject;
}

const counting = "i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done";

/** A pod that is already on its node. */
export function seedPod(state: ClusterState, { name, namespace = "default", nodeName, spec = {} }: SeedPodOptions): KubeObject {
  if (state.get("namespaces", { name: namespace }) === undefined) {
    state.create("namespaces", { metadata: { name: namespace }, status: { phase: "Active" } });
  }
  const main = { name: "main", image: "localhost/busybox:1", imagePullPolicy: "Never", command: ["sh", "-c", counting] };
  return state.create("pods", {
    metadata: { name, namespace },
    spec: { hostNetwork: true, terminationGracePeriodSeconds: 1, containers: [main], ...spec, nodeName },
  });
}

/** The condition of that type in an object's status, e.g. a node's `Ready`. */
export function conditionOf(object: KubeObject | undefined, type: string): { status: string; reason: string; message: string } | undefined {
  const conditions = object === undefined ? [] : objectsAt(objectAt(object, "status"), "conditions");
  const found = conditions.find((condition) => condition["type"] === type);
  return found && { status: textAt(found, "status"), reason: textAt(found, "reason"), message: textAt(found, "message") };
}
