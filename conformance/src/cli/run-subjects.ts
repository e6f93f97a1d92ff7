import { UsageError } from "../errors.ts";
import type { ConformanceOptions } from "../run-conformance.ts";
import type { FleetRow } from "../report/fleet.ts";
import { requireServerUrl } from "./target-options.ts";

/** What the flags say about whom to test. */
export interface SubjectFlags {
  server: readonly string[];
  kubeconfig: string | undefined;
  context: string | undefined;
  node: readonly string[];
  "all-nodes": boolean;
  direct: boolean;
  differential: boolean;
  "runtime-endpoint": string | undefined;
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
export async function readSubjects(flags: SubjectFlags, signal: AbortSignal, timeoutMs: number | undefined): Promise<RunSubject[]> {
  const { server, kubeconfig, node: names } = flags;
  const servers = server.map(requireServerUrl);
  checkFlags(flags);
  if (kubeconfig === undefined)
    return servers.map((url) => ({ options: { server: url }, label: servers.length > 1 ? new URL(url).host : undefined }));
  const [{ readKubeconfig }, { kubeletVersionOf, runtimeVersionOf }, { openCluster }] = await Promise.all([
    import("@kubelet-conformance/control-plane"),
    import("../target/cluster-node.ts"),
    import("../target/live-cluster.ts"),
  ]);
  const access = await readKubeconfig(kubeconfig, { context: flags.context });
  const cluster = openCluster(access, timeoutMs);
  try {
    const nodes = flags["all-nodes"] ? await cluster.nodes(signal) : await Promise.all(names.map((name) => cluster.node(name, signal)));
    if (nodes.length === 0) throw new UsageError("nodes-missing", `the cluster at ${access.server} has no nodes`);
    if (nodes.length > 1) refuseEndpoint(flags);
    return nodes.map((found) => {
      const { name } = found.metadata;
      const options = { server: servers[0], cluster: { access, node: name, direct: flags.direct } };
      const node = { node: name, version: kubeletVersionOf(found), runtime: runtimeVersionOf(found) };
      return { options, node, label: nodes.length > 1 ? name : undefined };
    });
  } finally {
    cluster.close();
  }
}

function checkFlags(flags: SubjectFlags): void {
  const { server, kubeconfig, context, node, direct, differential } = flags;
  const all = flags["all-nodes"];
  const fail = (code: string, text: string): never => {
    throw new UsageError(code, text);
  };
  if (kubeconfig === undefined) {
    const stray = all
      ? "all-nodes"
      : differential
        ? "differential"
        : direct
          ? "direct"
          : node.length > 0
            ? "node"
            : context === undefined
              ? undefined
              : "context";
    if (stray !== undefined) fail("kubeconfig-missing", `--${stray} needs to know the cluster: --kubeconfig FILE`);
    if (server.length === 0)
      fail("server-missing", "which kubelet? Give --server URL, e.g. --server https://10.0.0.7:10250, or --kubeconfig FILE --node NAME");
    if (server.length > 1) refuseEndpoint(flags);
    return;
  }
  if (!all && node.length === 0) fail("node-missing", "which node of the cluster? Give --node NAME, or --all-nodes");
  if (all && node.length > 0) fail("flags-conflict", "--node and --all-nodes exclude each other; give one of them");
  if (differential && direct) fail("flags-conflict", "--differential asks both ways; leave out --direct");
  if (server.length > 0 && direct) fail("flags-conflict", "--server and --direct are two ways to one kubelet; give one of them");
  if (server.length > 1 || (server.length > 0 && (all || node.length > 1)))
    fail("flags-conflict", "with --kubeconfig, one --server goes with one --node; --direct finds the kubelets of several nodes");
}

function refuseEndpoint(flags: SubjectFlags): void {
  if (flags["runtime-endpoint"] !== undefined)
    throw new UsageError("flags-conflict", "--runtime-endpoint is the runtime of one node; give one --server or one --node with it");
}
