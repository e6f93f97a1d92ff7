import { behaviour } from "@kubelet-conformance/types";
import type { ApiClient } from "../api-server/api-client.ts";
import { reflect } from "../api-server/reflector.ts";
import type { Clock } from "../clock.ts";
import type { Deviation } from "../deviations/deviation.ts";
import type { KubeletState } from "../state.ts";
import { publishCsiNode, type StorageState } from "./csi-node.ts";
import { createEventRecorder, type EventRecorder } from "./events.ts";
import { keepLease } from "./lease.ts";
import { identifyMachine } from "./machine-identity.ts";
import type { NodeCache } from "./node-cache.ts";
import type { NodeContext } from "./node-context.ts";
import type { NodeOptions } from "./node-options.ts";
import { createRuntimeState } from "./runtime-state.ts";
import { keepStatus } from "./status-loop.ts";

export interface NodeAgentOptions {
  state: KubeletState;
  api: ApiClient;
  clock: Clock;
  options: NodeOptions;
  /** Port of the main listener. */
  port: number;
  deviation: Deviation | undefined;
}

/** What keeps the node's objects in the API server. */
export interface NodeAgent {
  readonly events: EventRecorder;
  /** Ends all requests and loops. */
  stop(): Promise<void>;
}

const runtimePeriodMs = 5000;

/** Registers the node and keeps its status, lease and events from then on. An API server that fails harms nothing else. */
export async function startNodeAgent({ state, api, clock, options, port, deviation }: NodeAgentOptions): Promise<NodeAgent> {
  const { nodeName, minor, logger, gates } = state;
  const stopping = new AbortController();
  const { signal } = stopping;
  const machine = await identifyMachine();
  const texts = behaviour("node-events", minor);
  const named = texts.nodeReference === "version" ? { apiVersion: "v1" } : { uid: nodeName };
  const events = createEventRecorder({ api, clock, logger, nodeName, node: { kind: "Node", name: nodeName, ...named }, signal });
  const runtime = createRuntimeState(state.runtime, clock, logger);
  const cache: NodeCache = { node: undefined };
  const deviate: NodeContext["deviate"] = (node, writing) => deviation?.node?.(node, writing) ?? node;
  const storage: StorageState = { problem: "CSINode is not yet initialized" };
  const context: NodeContext = { state, api, clock, signal, options, machine, port, runtime, storage, events, cache, deviate };

  events.ofNode("Normal", "Starting", "Starting kubelet.");
  if (machine.hasCgroupV1 && texts.cgroupV1 !== "") events.ofNode("Warning", "CgroupV1", texts.cgroupV1);
  const watching = reflect({
    api,
    clock,
    logger,
    path: "/api/v1/nodes",
    fieldSelector: `metadata.name=${nodeName}`,
    watchList: gates.enabled("WatchListClient"),
    signal,
    onChange: (objects) => {
      cache.node = [...objects.values()][0];
    },
  });
  const looking = lookAtRuntime(context);
  if (state.configuration.node.enforcesAllocatable) {
    events.ofNode("Normal", "NodeAllocatableEnforced", "Updated Node Allocatable limit across pods");
  }
  const loops = [watching, looking, publishCsiNode(context), keepStatus(context), keepLease(context)];
  return {
    events,
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      await events.idle;
    },
  };
}

async function lookAtRuntime({ runtime, clock, signal }: NodeContext): Promise<void> {
  while (!signal.aborted) {
    await runtime.look();
    await clock.wait("runtime-status", runtimePeriodMs, signal).catch(() => {});
  }
}
