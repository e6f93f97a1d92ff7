import { SocketError } from "@kubelet-conformance/cri/grpc";
import {
  type DeviceOfResource,
  PodResourcesRefusal,
  type PodResourcesService,
  type PodWithDevices,
  servePodResources,
} from "@kubelet-conformance/device-plugin/pod-resources";
import { behaviour } from "@kubelet-conformance/types";
import { rm } from "node:fs/promises";
import type { DeviceManager } from "../device-plugins/device-manager.ts";
import type { Logger } from "../log.ts";
import { createCounter } from "../metrics/counter.ts";
import type { Family } from "../metrics/exposition.ts";
import type { Container } from "../pods/pod.ts";
import type { PodManager } from "../pods/pod-manager.ts";
import type { PodState } from "../pods/pod-worker.ts";
import { type PodResourcesRules, usualPodResources } from "./rules.ts";

export interface PodResourcesOptions {
  socketPath: string;
  minor: string;
  pods: Pick<PodManager, "states" | "find">;
  /** Absent: no plugin can register. */
  devices: Pick<DeviceManager, "devicesOf" | "inventory"> | undefined;
  logger: Logger;
  /** What a deviation makes of the rules. */
  rules?: Partial<PodResourcesRules> | undefined;
}

/** What monitoring is told of the devices of this node. */
export interface PodResources {
  families(): Family[];
  close(): Promise<void>;
}

type Said = (devices: readonly DeviceOfResource[]) => readonly DeviceOfResource[];

/** Listens for monitoring. Where nothing can listen, as below a long path, nothing does. */
export async function openPodResources({ socketPath, logger, rules: given, ...options }: PodResourcesOptions): Promise<PodResources> {
  const requests = createCounter();
  const rules = { ...usualPodResources, ...given };
  const service = podResourcesService(options, rules, (version) => requests.add({ server_api_version: version }));
  let served: Awaited<ReturnType<typeof servePodResources>> | undefined;
  try {
    // Of a kubelet that was killed.
    await rm(socketPath, { force: true });
    served = await servePodResources(await rules.listensAt(socketPath), service);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    logger.error(`${socketPath}: ${error.message}`);
  }
  return {
    families: () => [
      {
        name: "kubelet_pod_resources_endpoint_requests_total",
        help: "[ALPHA] Cumulative number of requests to the PodResource endpoint. Broken down by server api version.",
        type: "counter",
        samples: requests.samples(),
      },
    ],
    close: async () => served?.stop(),
  };
}

function podResourcesService(
  { minor, pods, devices }: Pick<PodResourcesOptions, "minor" | "pods" | "devices">,
  rules: PodResourcesRules,
  count: (version: string) => void,
): PodResourcesService {
  const asked = (version: string): void => {
    if (rules.counts) count(version);
  };
  const hasSidecars = behaviour("sidecar-containers", minor);
  const isSidecar = ({ restartPolicy }: Container): boolean => hasSidecars && restartPolicy === "Always";
  const devicesIn = ({ pod, end }: PodState, { name }: Container): readonly DeviceOfResource[] =>
    end === "ended" && rules.forgetsEnded ? [] : (devices?.devicesOf(pod.metadata.uid, name) ?? []);
  const told = (state: PodState, containers: readonly Container[], said: Said): PodWithDevices => {
    const { namespace, name } = state.pod.metadata;
    return { namespace, name, containers: containers.map((one) => ({ name: one.name, devices: said(devicesIn(state, one)) })) };
  };
  const all = (state: PodState): readonly Container[] => rules.containers(state.pod.spec, isSidecar);
  const isListed = (state: PodState): boolean =>
    rules.lists(
      state.pod,
      all(state).flatMap((container) => devicesIn(state, container)),
    );
  const listsEnded = behaviour("pod-resources-ended-pods", minor) === "listed" || !rules.forgetsEnded;
  const get = behaviour("pod-resources-get", minor);
  return {
    list() {
      asked("v1");
      const states = pods.states.filter((state) => isListed(state) && (listsEnded || state.end !== "ended"));
      return states.map((state) => told(state, all(state), rules.listed));
    },
    listAlpha: rules.servesAlpha
      ? () => {
          asked("v1alpha1");
          return pods.states.map((state) => told(state, state.pod.spec.containers, (found) => found));
        }
      : undefined,
    allocatable() {
      asked("v1");
      const found = (devices?.inventory() ?? []).filter((device) => rules.allocatable(device));
      return found.map(({ resourceName, id, numaNodes }) => ({ resourceName, id, numaNodes: rules.numaNodes(numaNodes) }));
    },
    ...(get === "absent" ? { get: undefined } : { get: getting }),
  };

  function getting(namespace: string, name: string): PodWithDevices {
    asked("v1");
    if (get === "off") throw new PodResourcesRefusal("PodResources API Get method disabled");
    const state = pods.find(namespace, name);
    if (state !== undefined && state.end !== "ended") return told(state, all(state), rules.got);
    if (!rules.refusesUnknown) return { namespace, name, containers: [] };
    throw new PodResourcesRefusal(`pod ${name} in namespace ${namespace} not found`);
  }
}
