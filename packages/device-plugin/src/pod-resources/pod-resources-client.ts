import { createClient } from "@connectrpc/connect";
import { socketTransport } from "@kubelet-conformance/cri/grpc";
import { type PodResources, PodResourcesLister } from "../generated/pod-resources/v1/api_pb.ts";
import { PodResourcesLister as AlphaLister } from "../generated/pod-resources/v1alpha1/api_pb.ts";
import { type DeviceOfResource, devicesOf, type PodWithDevices, type WireDevices } from "./pod-with-devices.ts";

/** A kubelet as monitoring asks it. What fails rejects with the kubelet's ConnectError. */
export interface PodResourcesClient {
  list(signal: AbortSignal): Promise<PodWithDevices[]>;
  /** By the API of 1.13 to 1.19, which says nothing of NUMA nodes. */
  listAlpha(signal: AbortSignal): Promise<PodWithDevices[]>;
  allocatable(signal: AbortSignal): Promise<DeviceOfResource[]>;
  /** Undefined: it answers without a pod. */
  get(namespace: string, name: string, signal: AbortSignal): Promise<PodWithDevices | undefined>;
  close(): void;
}

/** Dials with the first call. */
export function podResourcesClient(socketPath: string): PodResourcesClient {
  const transport = socketTransport(socketPath);
  const [client, alpha] = [createClient(PodResourcesLister, transport), createClient(AlphaLister, transport)];
  return {
    list: async (signal) => (await client.list({}, { signal })).podResources.map(podOf),
    listAlpha: async (signal) => (await alpha.list({}, { signal })).podResources.map(podOf),
    allocatable: async (signal) => devicesOf((await client.getAllocatableResources({}, { signal })).devices),
    async get(podNamespace, podName, signal) {
      const { podResources } = await client.get({ podNamespace, podName }, { signal });
      return podResources && podOf(podResources);
    },
    close: () => transport.close(),
  };
}

type WirePod = Pick<PodResources, "namespace" | "name"> & { containers: readonly { name: string; devices: readonly WireDevices[] }[] };

function podOf({ namespace, name, containers }: WirePod): PodWithDevices {
  return { namespace, name, containers: containers.map((container) => ({ name: container.name, devices: devicesOf(container.devices) })) };
}
