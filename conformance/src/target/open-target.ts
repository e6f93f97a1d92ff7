import type { ApiServerAccess } from "@kubelet-conformance/control-plane";
import { TargetError, UsageError } from "../errors.ts";
import { apiClient } from "./api-client.ts";
import { parseDeclarations } from "./declare.ts";
import { discover, type DiscoverOptions, type Discovery } from "./discover.ts";
import type { LiveNode } from "./live-node.ts";
import { createNodeProxyTransport, nodeProxyUrl } from "./node-proxy.ts";
import { openRuntimeService } from "./runtime-endpoint.ts";
import type { Target } from "./target.ts";
import { createTransport, type Transport, type TransportOptions } from "./transport.ts";
import { type Send, WireError } from "./wire.ts";

/** The cluster that a kubelet's node belongs to; it is read and never written. */
export interface ClusterOptions {
  access: ApiServerAccess;
  /** The node's name. */
  node: string;
  /** Asks the kubelet at the address and port that its node names, as whom the access says. Default: at `server`, else through the node proxy. */
  direct?: boolean | undefined;
  /** Asks through the node proxy also what it changes. The answers say nothing about the kubelet. */
  compare?: boolean | undefined;
}

/** What a caller says about the kubelet to test. */
export interface TargetOptions
  extends Omit<DiscoverOptions, "declarations" | "authorityGiven" | "server" | "proxied">, Pick<TransportOptions, "tls"> {
  /** Base URL of the kubelet's main port. Default: `cluster` leads to it. */
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
  const more: Partial<Target> = {
    ...(runtime ? { runtimeService: runtime.probe } : {}),
    ...(live ? { cluster: live.probe, nodeName: live.name } : {}),
    ...(longChecks ? { longWaits: true } : {}),
  };
  const way = wayTo(options, live);
  closers.push(() => way.transport.close());
  try {
    const found = await discover(way.transport, { ...options, ...way, declarations });
    return { ...found, target: { ...found.target, ...more }, send: way.transport.send };
  } catch (error) {
    const reason = way.proxied ? unreachedReason(error) : undefined;
    if (!live || reason === undefined) throw error;
    const target = { ...live.unreached(options.kubernetesVersion), ...more, obstacles: { kubelet: reason } };
    return { target, send: neverSent };
  }
}

/** How the kubelet is reached, and as whom. */
interface Way extends Pick<DiscoverOptions, "server" | "credentials" | "authorityGiven" | "proxied"> {
  transport: Transport;
}

function wayTo(options: TargetOptions, live: LiveNode | undefined): Way {
  const { timeoutMs, cluster } = options;
  const server = options.server ?? live?.kubelet?.server;
  if (server !== undefined) {
    const tls = { ...options.tls, ca: options.tls?.ca ?? live?.kubelet?.ca };
    const transport = createTransport({ server, tls, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    return { transport, server, credentials: options.credentials ?? live?.kubelet?.client, authorityGiven: tls.ca !== undefined };
  }
  if (!live || !cluster) throw new UsageError("server-missing", "which kubelet? Give server, or cluster");
  const { access, node, compare } = cluster;
  return {
    transport: createNodeProxyTransport({ access, node, timeoutMs }),
    server: nodeProxyUrl(access, node),
    credentials: apiClient(access),
    proxied: compare ? "compare" : "decide",
  };
}

/** What keeps from a kubelet behind the node proxy need not keep from what its cluster tells. */
function unreachedReason(error: unknown): string | undefined {
  if (!(error instanceof TargetError)) return undefined;
  const isOther = error.code === "target-not-kubelet" || error.code === "target-api-server";
  const what = error.cause instanceof WireError ? error.cause.message : isOther ? "the node proxy gives no kubelet's answer" : undefined;
  return what && `${what}; ask it without the API server: --direct`;
}

/** Requirements that ask the kubelet are blocked where it is not reached. */
const neverSent: Send = () => Promise.reject(new Error("a kubelet that is not reached was asked"));
