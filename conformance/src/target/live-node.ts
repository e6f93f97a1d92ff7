import type { KubeObject } from "@kubelet-conformance/control-plane";
import { Blocked } from "../engine/check.ts";
import type { ClusterProbe } from "./cluster.ts";
import { kubeletUrl, unreachedTarget } from "./cluster-node.ts";
import type { ClusterOptions } from "./open-target.ts";
import { openCluster, type LiveCluster } from "./live-cluster.ts";
import type { Target } from "./target.ts";
import type { WireClient } from "./wire.ts";

/** A node of a cluster, and how to reach its kubelet. */
export interface LiveNode extends Pick<LiveCluster, "probe"> {
  name: string;
  /** With `direct`: where its kubelet listens, who asks it, and the authority that its certificate may come from. */
  kubelet: { server: string; client: WireClient; ca: string | undefined } | undefined;
  /** What there is to test without a word of the kubelet's. */
  unreached(kubernetesVersion: string | undefined): Target;
  close(): void;
}

/** Reads the node. Throws a TargetError where it cannot be read. */
export async function openLiveNode(
  { access, node: name, direct = false }: ClusterOptions,
  { signal = new AbortController().signal, timeoutMs }: { signal?: AbortSignal | undefined; timeoutMs?: number | undefined },
): Promise<LiveNode> {
  const cluster = openCluster(access, timeoutMs);
  try {
    const node: KubeObject = await cluster.node(name, signal);
    return {
      name,
      probe: { ...whileThere(cluster.probe, name), seen: node },
      kubelet: direct ? { server: kubeletUrl(node), client: cluster.client, ca: access.authority } : undefined,
      unreached: (version) => unreachedTarget(node, `${cluster.server}/api/v1/nodes/${encodeURIComponent(name)}`, version),
      close: () => cluster.close(),
    };
  } catch (error) {
    cluster.close();
    throw error;
  }
}

/** A node that was there and is deleted says nothing about its kubelet, which registers again only when it starts. */
function whileThere(probe: ClusterProbe, node: string): ClusterProbe {
  return {
    ...probe,
    async get(resource, ref, signal) {
      const found = await probe.get(resource, ref, signal);
      if (found || resource !== "nodes" || ref.name !== node) return found;
      throw new Blocked("node", `${node} was deleted while it was tested; test it again when its kubelet was started again`);
    },
  };
}
