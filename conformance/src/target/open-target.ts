import type { ApiServerAccess } from "@kubelet-conformance/control-plane";
import { UsageError } from "../errors.ts";
import { parseDeclarations } from "./declare.ts";
import { discover, type DiscoverOptions, type Discovery } from "./discover.ts";
import { openRuntimeService } from "./runtime-endpoint.ts";
import type { Target } from "./target.ts";
import { createTransport, type TransportOptions } from "./transport.ts";
import type { Send } from "./wire.ts";

/** The cluster that a kubelet's node belongs to; it is read and never written. */
export interface ClusterOptions {
  access: ApiServerAccess;
  /** The node's name. */
  node: string;
  /** Asks the kubelet at the address and port that its node names, as whom the access says. Default: it is asked at `server`, if anywhere. */
  direct?: boolean | undefined;
}

/** What a caller says about the kubelet to test. */
export interface TargetOptions extends Omit<DiscoverOptions, "declarations" | "authorityGiven" | "server">, Pick<TransportOptions, "tls"> {
  /** Base URL of the kubelet's main port. Without it only what `cluster` and `runtimeEndpoint` tell is tested. */
  server?: string | undefined;
  cluster?: ClusterOptions | undefined;
  /** `KEY=VALUE` facts about the target that discovery cannot see or gets wrong. */
  declare?: readonly string[];
  /** `unix:///path` of the runtime under the kubelet; asked what changes nothing. */
  runtimeEndpoint?: string | undefined;
  /** Leave to wait for minutes for what a kubelet does only now and then. */
  longChecks?: boolean | undefined;
  /** Milliseconds for one request. Default 10,000. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

export type Closer = () => void | Promise<void>;

/** Finds out what there is to test. What it opens goes to `closers`. Throws a UsageError or TargetError where that is nothing. */
export async function openTarget(options: TargetOptions, closers: Closer[]): Promise<Discovery & { send: Send }> {
  const { cluster, longChecks, runtimeEndpoint } = options;
  const declarations = parseDeclarations(options.declare ?? []);
  const runtime = await openRuntimeService(runtimeEndpoint);
  if (runtime) closers.push(() => runtime.close());
  const live = cluster && (await (await import("./live-node.ts")).openLiveNode(cluster, options));
  if (live) closers.push(() => live.close());
  const server = options.server ?? live?.kubelet?.server;
  const more: Partial<Target> = {
    ...(runtime ? { runtimeService: runtime.probe } : {}),
    ...(live ? { cluster: live.probe, nodeName: live.name } : {}),
    ...(longChecks ? { longWaits: true } : {}),
  };
  if (server === undefined) {
    if (!live) throw new UsageError("server-missing", "which kubelet? Give server, or cluster");
    return { target: { ...live.unreached(options.kubernetesVersion), ...more }, send: neverSent };
  }
  const tls = { ...options.tls, ca: options.tls?.ca ?? live?.kubelet?.ca };
  const transport = createTransport({ server, tls, ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }) });
  closers.push(() => transport.close());
  const found = await discover(transport, {
    ...options,
    server,
    credentials: options.credentials ?? live?.kubelet?.client,
    declarations,
    authorityGiven: tls.ca !== undefined,
  });
  return { ...found, target: { ...found.target, ...more }, send: transport.send };
}

/** Requirements that ask the kubelet are blocked where it is not reached. */
const neverSent: Send = () => Promise.reject(new Error("a kubelet that is not reached was asked"));
