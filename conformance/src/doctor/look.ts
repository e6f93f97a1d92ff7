import { type KubeObject, objectAt, objectsAt, readKubeconfig, textAt } from "@kubelet-conformance/control-plane";
import { connectRuntime, grpcErrorCode } from "@kubelet-conformance/cri";
import { TargetError, UsageError } from "../errors.ts";
import { openCluster, type LiveCluster } from "../target/live-cluster.ts";
import { runtimeServiceProbe } from "../target/runtime-service.ts";
import { diagnoseNode, type NodeDiagnosis } from "./node-runtime.ts";
import { diagnoseRuntime, type RuntimeDiagnosis, withoutCriV1 } from "./runtime-socket.ts";

export interface LookOptions {
  kubeconfig: string;
  context: string | undefined;
  /** Default: every node. */
  names: readonly string[];
  timeoutMs: number | undefined;
  signal: AbortSignal;
}

/** Reads nodes, and the pods there; writes nothing. Throws a KubeconfigError, UsageError or TargetError. */
export async function lookAtNodes({ kubeconfig, context, names, timeoutMs, signal }: LookOptions): Promise<NodeDiagnosis[]> {
  const access = await readKubeconfig(kubeconfig, { context });
  const cluster = openCluster(access, timeoutMs);
  try {
    const nodes = names.length === 0 ? await cluster.nodes(signal) : await Promise.all(names.map((name) => cluster.node(name, signal)));
    if (nodes.length === 0) throw new UsageError("nodes-missing", `the cluster at ${access.server} has no nodes`);
    const views = nodes.map(async (node) => diagnoseNode({ node, socketUsers: await socketUsers(cluster, node, signal) }));
    return await Promise.all(views);
  } finally {
    cluster.close();
  }
}

/** Who mounts Docker's socket there. Undefined: pods may not be read; only a node with Docker is asked about. */
async function socketUsers(cluster: LiveCluster, node: KubeObject, signal: AbortSignal): Promise<string[] | undefined> {
  if (!textAt(node, "status.nodeInfo.containerRuntimeVersion").startsWith("docker:")) return [];
  try {
    const pods = await cluster.podsOn(node.metadata.name, signal);
    return pods.filter(mountsSocket).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  } catch (error) {
    if (error instanceof TargetError) return undefined;
    throw error;
  }
}

function mountsSocket(pod: KubeObject): boolean {
  return objectsAt(objectAt(pod, "spec"), "volumes").some((volume) =>
    /^(\/var)?\/run(\/docker\.sock)?\/?$/.test(textAt(volume, "hostPath.path")),
  );
}

/** Asks a runtime what changes nothing. Throws a UsageError when nothing answers there. */
export async function lookAtRuntime(endpoint: string, signal: AbortSignal): Promise<RuntimeDiagnosis> {
  try {
    const client = await connectRuntime(endpoint);
    try {
      return await diagnoseRuntime(endpoint, runtimeServiceProbe(client), signal);
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_RUNTIME_ENDPOINT") throw error;
    if (error.cause !== undefined && grpcErrorCode(error.cause) === "Unimplemented") return withoutCriV1(endpoint);
    throw new UsageError("runtime-unusable", `--runtime-endpoint: ${error.message}`, { cause: error });
  }
}
