import { objectAt, objectsAt, textAt } from "@kubelet-conformance/control-plane";
import { behaviour } from "@kubelet-conformance/types";
import { runApiPods } from "../api-pods/pod-agent.ts";
import type { ApiLink } from "../api-server/api-link.ts";
import { reflect } from "../api-server/reflector.ts";
import type { Deviation } from "../deviations/deviation.ts";
import type { KubeletState } from "../state.ts";
import { addressesOf, type NodeAddress } from "./addresses.ts";
import { publishCsiNode, type StorageState } from "./csi-node.ts";
import type { EventRecorder } from "./events.ts";
import { createImageList } from "./images.ts";
import { keepLease } from "./lease.ts";
import { identifyMachine } from "./machine-identity.ts";
import type { NodeCache } from "./node-cache.ts";
import type { NodeContext } from "./node-context.ts";
import type { NodeOptions } from "./node-options.ts";
import type { RuntimeState } from "./runtime-state.ts";
import { keepStatus } from "./status-loop.ts";

export interface NodeAgentOptions {
  state: KubeletState;
  link: ApiLink;
  events: EventRecorder;
  runtime: RuntimeState;
  options: NodeOptions;
  /** Port of the main listener. */
  port: number;
  deviation: Deviation | undefined;
}

const runtimePeriodMs = 5000;

/**
 * Registers the node and keeps its status, lease and events from then on, and runs the pods that are bound to it. An API server that fails
 * harms nothing else.
 */
export async function startNodeAgent({ state, link, events, runtime, options, port, deviation }: NodeAgentOptions): Promise<void> {
  const { minor, gates } = state;
  const { api, clock, nodeName, signal } = link;
  const machine = await identifyMachine();
  const cache: NodeCache = { node: undefined };
  const deviate: NodeContext["deviate"] = (node, writing) => deviation?.node?.(node, writing) ?? node;
  const images = createImageList(state.runtime, state.configuration.node.maxImages, clock);
  const storage: StorageState = { problem: "CSINode is not yet initialized" };
  const context: NodeContext = {
    state,
    api,
    clock,
    signal,
    options,
    machine,
    port,
    runtime,
    storage,
    events,
    cache,
    deviate,
    images,
    told: { reboot: false, cordoned: false },
  };

  // Pods may run before the node is registered.
  const where = { ...options, nodeName, listens: state.configuration.address };
  state.hostIps = internal(await addressesOf(where, []).catch(() => []));
  events.ofNode("Normal", "Starting", "Starting kubelet.");
  const { cgroupV1 } = behaviour("node-events", minor);
  if (machine.hasCgroupV1 && cgroupV1 !== "") events.ofNode("Warning", "CgroupV1", cgroupV1);
  if (state.configuration.node.limitsPods) {
    events.ofNode("Normal", "NodeAllocatableEnforced", "Updated Node Allocatable limit across pods");
  }
  const watching = reflect({
    ...link,
    path: "/api/v1/nodes",
    fieldSelector: `metadata.name=${nodeName}`,
    watchList: gates.enabled("WatchListClient"),
    onChange: (objects) => {
      const isFirst = cache.node === undefined;
      cache.node = [...objects.values()][0];
      const addresses = objectsAt(objectAt(cache.node ?? {}, "status"), "addresses");
      if (addresses.length > 0) {
        state.hostIps = internal(addresses.map((entry) => ({ type: textAt(entry, "type"), address: textAt(entry, "address") })));
      }
      if (isFirst) cache.onFirst?.();
    },
  });
  const works = [
    watching,
    lookAtRuntime(context),
    publishCsiNode(context),
    keepStatus(context),
    keepLease(context),
    runApiPods(state, link, cache),
  ];
  for (const work of works) link.keep(work);
}

function internal(addresses: readonly NodeAddress[]): string[] {
  return addresses.filter(({ type }) => type === "InternalIP").map(({ address }) => address);
}

async function lookAtRuntime({ runtime, clock, signal }: NodeContext): Promise<void> {
  while (!signal.aborted) {
    await runtime.look();
    await clock.wait("runtime-status", runtimePeriodMs, signal).catch(() => {});
  }
}
