import { type ApiServerAccess, type KubeObject, objectAt, objectsAt, textAt } from "@kubelet-conformance/control-plane";
import { TargetError, UsageError } from "../errors.ts";
import { Blocked } from "../engine/check.ts";
import { kubeletUrl, kubeletVersionOf } from "../target/cluster-node.ts";
import { type LiveCluster, openCluster } from "../target/live-cluster.ts";
import type { TransportOptions } from "../target/transport.ts";
import { type WireClient, WireError } from "../target/wire.ts";
import { ofLease, skewOf } from "./clock.ts";
import { type Finding, withoutSecrets } from "./finding.ts";
import { type KubeletDiagnosis, lookAtKubelet } from "./kubelet.ts";
import { skewOf as versionSkewOf, supportOf } from "./kubelet-version.ts";
import { diagnoseNode, type NodeDiagnosis } from "./node-runtime.ts";
import { lookThroughProxy } from "./proxied.ts";
import { answerOf, bodyOf } from "./questions.ts";

export interface ClusterLookOptions {
  access: ApiServerAccess;
  /** Default: every node. */
  names: readonly string[];
  /** Ask each kubelet at the address that its node names, too. */
  direct: boolean;
  /** For `direct`: who asks and whom to trust. Default: as the kubeconfig says. */
  credentials: WireClient | undefined;
  tls: NonNullable<TransportOptions["tls"]>;
  limitMs: number;
  signal: AbortSignal;
}

export interface ClusterLook {
  nodes: NodeDiagnosis[];
  kubelets: KubeletDiagnosis[];
}

/** Nodes looked at side by side: four requests each, of the 400 that an API server takes at a time. */
const atATime = 64;

/** Reads nodes, their leases and pods, and asks their kubelets; writes nothing. Throws a UsageError or TargetError. */
export async function lookAtCluster(options: ClusterLookOptions): Promise<ClusterLook> {
  const { access, names, limitMs, signal } = options;
  const cluster = openCluster(access, limitMs);
  try {
    const nodes = names.length === 0 ? await cluster.nodes(signal) : await Promise.all(names.map((name) => cluster.node(name, signal)));
    if (nodes.length === 0) throw new UsageError("nodes-missing", `the cluster at ${access.server} has no nodes`);
    const above = await lookAtApiServer(cluster, signal);
    const waiting = [...nodes.entries()];
    const looks: Awaited<ReturnType<typeof lookAtNode>>[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        looks[next[0]] = await lookAtNode(cluster, next[1], above, {
          ...options,
          tls: { ...options.tls, ca: options.tls.ca ?? access.authority },
        });
    };
    await Promise.all(Array.from({ length: atATime }, work));
    return { nodes: looks.map(({ node }) => node), kubelets: looks.flatMap(({ kubelet }) => kubelet ?? []) };
  } finally {
    cluster.close();
  }
}

/** What nodes are judged by. */
interface ApiServerView {
  /** Empty: unknown. */
  version: string;
  /** How far its clock is ahead of the one here, in milliseconds; undefined: unknown. */
  aheadMs: number | undefined;
}

async function lookAtApiServer(cluster: LiveCluster, signal: AbortSignal): Promise<ApiServerView> {
  const sentAt = Date.now();
  const answer = await answerOf(cluster.get("/version", signal));
  if (answer instanceof WireError) return { version: "", aheadMs: undefined };
  const [, version = ""] = /"gitVersion":\s*"([^"]*)"/.exec(bodyOf(answer)) ?? [];
  return { version, aheadMs: skewOf([{ response: answer, sentAt, receivedAt: Date.now() }]) };
}

async function lookAtNode(
  cluster: LiveCluster,
  node: KubeObject,
  above: ApiServerView,
  { direct, credentials, tls, limitMs, signal }: ClusterLookOptions,
): Promise<{ node: NodeDiagnosis; kubelet: KubeletDiagnosis | undefined }> {
  const { name } = node.metadata;
  const version = kubeletVersionOf(node);
  const server = addressOf(node);
  const [users, lease, proxied, kubelet] = await Promise.all([
    socketUsers(cluster, node, signal),
    lookAtLease(cluster, name, above, signal),
    server === undefined || direct ? [] : lookThroughProxy({ cluster, node: name, version, signal }),
    server === undefined || !direct
      ? undefined
      : lookAtKubelet({ server, node: name, version, credentials: credentials ?? cluster.client, tls, limitMs, signal }),
  ]);
  const own = diagnoseNode({ node, socketUsers: users });
  const findings = [...own.findings, ...lease, ...versionSkewOf(version, above.version), ...proxied, ...supportOf(version)];
  return { node: { ...own, findings: withoutSecrets(withoutTwins(findings), cluster.client) }, kubelet };
}

/** What the node and its kubelet say alike is said once. */
function withoutTwins(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ id, text }, index) => findings.findIndex((other) => other.id === id && other.text === text) === index);
}

/** Where the kubelet listens; undefined: the node does not say. */
function addressOf(node: KubeObject): string | undefined {
  try {
    return kubeletUrl(node);
  } catch (error) {
    if (error instanceof TargetError) return undefined;
    throw error;
  }
}

async function lookAtLease(cluster: LiveCluster, name: string, { aheadMs }: ApiServerView, signal: AbortSignal): Promise<Finding[]> {
  if (aheadMs === undefined) return [];
  try {
    const lease = await cluster.probe.get("leases", { name, namespace: "kube-node-lease" }, signal);
    return lease ? ofLease(lease, Date.now() + aheadMs) : [];
  } catch (error) {
    // Who may read nodes need not be allowed to read leases.
    if (error instanceof Blocked) return [];
    throw error;
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
