import { createClient } from "@connectrpc/connect";
import { socketTransport } from "@kubelet-conformance/cri/grpc";
import { type ContainerAllocateResponse, type Device, DevicePlugin, type DevicePluginOptions } from "./generated/v1beta1/api_pb.ts";

/** A plugin as a kubelet calls it: for one container at a time. What fails rejects with the plugin's ConnectError. */
export interface PluginClient {
  /** Of its socket. */
  readonly path: string;
  options(): Promise<DevicePluginOptions>;
  /** Calls `onList` with each list of devices; ends when the plugin does. */
  watch(timeoutMs: number | undefined, onList: (devices: readonly Device[]) => void): Promise<void>;
  /** What a container gets for these devices; undefined: the plugin says nothing about a container. */
  allocate(deviceIds: readonly string[]): Promise<ContainerAllocateResponse | undefined>;
  preStart(deviceIds: readonly string[], timeoutMs: number | undefined): Promise<void>;
  prefer(available: readonly string[], size: number): Promise<readonly string[]>;
  /** Calls under way fail. */
  close(): void;
}

/** Dials with the first call. */
export function pluginClient(path: string): PluginClient {
  const transport = socketTransport(path);
  const client = createClient(DevicePlugin, transport);
  return {
    path,
    options: () => client.getDevicePluginOptions({}),
    async watch(timeoutMs, onList) {
      const lists = client.listAndWatch({}, timeoutMs === undefined ? {} : { timeoutMs });
      for await (const { devices } of lists) onList(devices);
    },
    async allocate(deviceIds) {
      const { containerResponses } = await client.allocate({ containerRequests: [{ devicesIds: [...deviceIds] }] });
      return containerResponses[0];
    },
    async preStart(deviceIds, timeoutMs) {
      await client.preStartContainer({ devicesIds: [...deviceIds] }, timeoutMs === undefined ? {} : { timeoutMs });
    },
    async prefer(available, allocationSize) {
      const containerRequests = [{ availableDeviceIDs: [...available], mustIncludeDeviceIDs: [], allocationSize }];
      return (await client.getPreferredAllocation({ containerRequests })).containerResponses[0]?.deviceIDs ?? [];
    },
    close: () => transport.close(),
  };
}
