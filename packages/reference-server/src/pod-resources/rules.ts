import type { DeviceOfResource } from "@kubelet-conformance/device-plugin/pod-resources";
import type { Container, Pod } from "../pods/pod.ts";

/** A device, and what becomes of it. */
export interface InventoriedDevice extends DeviceOfResource {
  isHealthy: boolean;
  isTaken: boolean;
}

/** What a kubelet decides about what it tells monitoring. A deviation replaces one of these. */
export interface PodResourcesRules {
  /** Where the kubelet really listens, by the path of its socket. */
  listensAt: (socketPath: string) => Promise<string>;
  /** Whether a pod is listed; `devices` are those of its containers. */
  lists: (pod: Pod, devices: readonly DeviceOfResource[]) => boolean;
  /** What List says of the devices of a container. */
  listed: (devices: readonly DeviceOfResource[]) => readonly DeviceOfResource[];
  /** The containers that are told of, among them sidecars. */
  containers: (spec: Pod["spec"], isSidecar: (container: Container) => boolean) => readonly Container[];
  /** Whether a pod that is over has no devices any more. */
  forgetsEnded: boolean;
  allocatable: (device: InventoriedDevice) => boolean;
  /** Of a device in GetAllocatableResources. */
  numaNodes: (nodes: readonly number[]) => readonly number[];
  /** What Get says of the devices of a container. */
  got: (devices: readonly DeviceOfResource[]) => readonly DeviceOfResource[];
  /** Whether Get of a pod that is not there is refused. */
  refusesUnknown: boolean;
  servesAlpha: boolean;
  counts: boolean;
}

/** As kubelets decide. */
export const usualPodResources: PodResourcesRules = {
  listensAt: (socketPath) => Promise.resolve(socketPath),
  lists: () => true,
  listed: (devices) => devices,
  containers: ({ initContainers = [], containers }, isSidecar) => [...initContainers.filter(isSidecar), ...containers],
  forgetsEnded: true,
  allocatable: ({ isHealthy }) => isHealthy,
  numaNodes: (nodes) => nodes,
  got: (devices) => devices,
  refusesUnknown: true,
  servesAlpha: true,
  counts: true,
};
