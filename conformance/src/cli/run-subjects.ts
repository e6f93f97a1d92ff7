import { UsageError } from "../errors.ts";
import type { ConformanceOptions } from "../run-conformance.ts";
import type { FleetRow } from "../report/fleet.ts";
import { type ClusterFlags, type ClusterPlaces, findCluster, type NamedCluster, requireOwnIdentity } from "./cluster-access.ts";
import { requireServerUrl } from "./target-options.ts";

/** What the flags say about whom to test. */
export interface SubjectFlags extends ClusterFlags {
  server: readonly string[];
  node: readonly string[];
  "all-nodes": boolean;
  direct: boolean;
  differential: boolean;
  "runtime-endpoint": string | undefined;
  token: string | undefined;
  "token-file": string | undefined;
  "client-certificate": string | undefined;
}

/** One kubelet to test. */
export interface RunSubject {
  options: Pick<ConformanceOptions, "server" | "cluster">;
  /** What the cluster says of its node, where it was asked. */
  node?: Omit<FleetRow, "report">;
  /** Tells its reports from those of others; undefined: there is no other. */
  label: string | undefined;
}

/** Finds out which kubelets the flags name. Throws a UsageError for flags that do not go together, a TargetError where a cluster cannot be read. */
export async function readSubjects(
  flags: SubjectFlags,
  places: ClusterPlaces,
  signal: AbortSignal,
  timeoutMs: number | undefined,
): Promise<RunSubject[]> {
  const servers = [...new Set(flags.server.map(requireServerUrl))];
  const asking = clusterFlagOf(flags);
  checkFlags(flags, asking !== undefined);
  const cluster = asking === undefined && servers.length > 0 ? undefined : await findCluster(flags, asking, places, signal);
  if (cluster) return nodesOf(cluster, flags, servers[0], nodeNames(flags, cluster, places), signal, timeoutMs);
  if (servers.length === 0)
    throw new UsageError(
      "server-missing",
      "which kubelet? Give --server URL, e.g. --server https://10.0.0.7:10250, or --kubeconfig FILE --node NAME",
    );
  if (servers.length > 1) refuseEndpoint(flags);
  return servers.map((url) => ({ options: { server: url }, label: servers.length > 1 ? new URL(url).host : undefined }));
}

async function nodesOf(
  { access }: NamedCluster,
  flags: SubjectFlags,
  server: string | undefined,
  names: readonly string[],
  signal: AbortSignal,
  timeoutMs: number | undefined,
): Promise<RunSubject[]> {
  const { direct, differential } = flags;
  if (direct || differential) requireOwnIdentity(access, direct ? "direct" : "differential");
  const [{ kubeletVersionOf, runtimeVersionOf }, { openCluster }] = await Promise.all([
    import("../target/cluster-node.ts"),
    import("../target/live-cluster.ts"),
  ]);
  const cluster = openCluster(access, timeoutMs);
  try {
    const nodes = flags["all-nodes"] ? await cluster.nodes(signal) : await Promise.all(names.map((name) => cluster.node(name, signal)));
    if (nodes.length === 0) throw new UsageError("nodes-missing", `the cluster at ${access.server} has no nodes`);
    if (nodes.length > 1) refuseEndpoint(flags);
    return nodes.map((found) => {
      const { name } = found.metadata;
      const options = { server, cluster: { access, node: name, direct } };
      const node = { node: name, version: kubeletVersionOf(found), runtime: runtimeVersionOf(found) };
      return { options, node, label: nodes.length > 1 ? name : undefined };
    });
  } finally {
    cluster.close();
  }
}

/** The flag that says that there is a cluster. */
function clusterFlagOf(flags: SubjectFlags): string | undefined {
  const { kubeconfig, context, node, direct, differential, "all-nodes": all, "in-cluster": inCluster } = flags;
  const given = { kubeconfig, context, direct, differential, "all-nodes": all, "in-cluster": inCluster, node: node[0] };
  return Object.entries(given).find(([, value]) => value !== undefined && value !== false)?.[0];
}

function checkFlags(flags: SubjectFlags, hasCluster: boolean): void {
  const { server, node, direct, differential } = flags;
  const all = flags["all-nodes"];
  const fail = (text: string): never => {
    throw new UsageError("flags-conflict", text);
  };
  if (!hasCluster) return;
  // Before a program is run that logs somebody in.
  if (flags.kubeconfig !== undefined && !all && node.length === 0) throw new UsageError("node-missing", nodeMissing);
  if (all && node.length > 0) fail("--node and --all-nodes exclude each other; give one of them");
  if (differential && (all || node.length > 1)) fail("--differential compares the two ways to one kubelet; give one --node with it");
  if (differential && direct) fail("--differential asks both ways; leave out --direct");
  if (server.length > 0 && direct) fail("--server and --direct are two ways to one kubelet; give one of them");
  if (server.length > 1 || (server.length > 0 && (all || node.length > 1)))
    fail("with a cluster, one --server goes with one --node; --direct finds the kubelets of several nodes");
  const [credentials] = (["token", "token-file", "client-certificate"] as const).filter((flag) => flags[flag] !== undefined);
  if (credentials !== undefined && server.length === 0 && !direct && !differential)
    fail(`--${credentials} is for the kubelet itself, which the API server asks here; leave it out, or give --direct or --server URL`);
}

const nodeMissing = "which node of the cluster? Give --node NAME, or --all-nodes";

/** Throws where the nodes are not named. */
function nodeNames(flags: SubjectFlags, { inCluster }: NamedCluster, { environment }: ClusterPlaces): readonly string[] {
  if (flags["all-nodes"] || flags.node.length > 0) return flags.node;
  const own = inCluster ? environment["NODE_NAME"] : undefined;
  if (own) return [own];
  const more = inCluster ? "; or set NODE_NAME by the downward API (fieldPath: spec.nodeName)" : "";
  throw new UsageError("node-missing", `${nodeMissing}${more}`);
}

function refuseEndpoint(flags: SubjectFlags): void {
  if (flags["runtime-endpoint"] !== undefined)
    throw new UsageError("flags-conflict", "--runtime-endpoint is the runtime of one node; give one --server or one --node with it");
}
