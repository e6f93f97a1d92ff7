import { join } from "node:path";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { createCallLog, type RecordedCall, serveSocket, type ServedSocket } from "@kubelet-conformance/cri/grpc";
import { DevicePlugin as AlphaDevicePlugin } from "../generated/v1alpha1/api_pb.ts";
import { type ContainerAllocateResponseSchema, DevicePlugin } from "../generated/v1beta1/api_pb.ts";
import { register, type RegistrationAnswer, type RegistrationDetails } from "../register.ts";
import { createDeviceList, type PluginDevice } from "./plugin-device.ts";
import { pluginRequest, type PluginRequest } from "./requests.ts";

/** What a container gets for its devices. */
export type ContainerAllocation = MessageInitShape<typeof ContainerAllocateResponseSchema>;

export interface DevicePluginOptions {
  /** The kubelet's directory of device plugins, as it is seen from here. */
  directory: string;
  resourceName: string;
  devices: readonly PluginDevice[];
  /** Name of the plugin's socket. Default: the resource's, with `.sock`. */
  endpoint?: string;
  preStartRequired?: boolean;
  getPreferredAllocationAvailable?: boolean;
  /** Which API it speaks; v1alpha1 is that of 1.8 and 1.9, which no covered kubelet takes. Default v1beta1. */
  api?: "v1alpha1" | "v1beta1";
  /** What Allocate answers for these devices; it may throw. Default nothing in particular. */
  allocate?: (deviceIds: readonly string[]) => ContainerAllocation;
  /** What PreStartContainer does; it may throw. */
  preStart?: (deviceIds: readonly string[]) => void;
  /** What GetPreferredAllocation answers. Default no preference. */
  prefer?: (request: PluginRequest) => readonly string[];
}

/** A call that the kubelet made: `Allocate`, `ListAndWatch`, ... */
export type PluginCall = RecordedCall<PluginRequest>;

/** A device plugin without devices: what it lists, allocates and prefers is chosen by the test, and what it is asked is recorded. */
export interface DevicePluginDouble {
  readonly resourceName: string;
  readonly endpoint: string;
  /** Oldest first. */
  readonly calls: readonly PluginCall[];
  /** The first call of this method so far, or the next one. Rejects when aborted or when the double is closed. */
  called(method: string, signal?: AbortSignal): Promise<PluginCall>;
  /** Changes the devices or their health; whoever watches is told at once. */
  setDevices(devices: readonly PluginDevice[]): void;
  /** Listens on its socket. Rejects with SocketError. */
  serve(): Promise<void>;
  /** Asks the kubelet to take it; `changes` makes it say something else of itself. Its own API's service is asked. */
  register(changes?: Partial<RegistrationDetails>, signal?: AbortSignal): Promise<RegistrationAnswer>;
  /** Goes away: connections are cut, the socket is removed. It may serve again. Idempotent. */
  leave(): Promise<void>;
  /** Goes away for good, and ends who waits in `called`. */
  close(): Promise<void>;
}

/** Name of the kubelet's own socket in the directory. */
export const kubeletSocket = "kubelet.sock";

/** What a method throws that fails: the kubelet gets the code Internal and these words. */
export function pluginFailure(message: string): Error {
  return new ConnectError(message, Code.Internal);
}

export function createDevicePlugin(options: DevicePluginOptions): DevicePluginDouble {
  const { directory, resourceName, api = "v1beta1" } = options;
  const endpoint = options.endpoint ?? `${resourceName.replaceAll("/", "_")}.sock`;
  const devices = createDeviceList(options.devices);
  // Every message of the API is one that it reads.
  const log = createCallLog((message): PluginRequest => pluginRequest(message as Parameters<typeof pluginRequest>[0]));
  const { preStartRequired = false, getPreferredAllocationAvailable = false } = options;
  const pluginOptions = { preStartRequired, getPreferredAllocationAvailable };
  let served: ServedSocket | undefined;

  const routes = (router: ConnectRouter): void => {
    const interceptors = { interceptors: [log.interceptor] };
    async function* listAndWatch(_request: unknown, { signal }: { signal: AbortSignal }) {
      for await (const list of devices.follow(signal)) yield { devices: list };
    }
    if (api === "v1alpha1") {
      router.service(AlphaDevicePlugin, { listAndWatch }, interceptors);
      return;
    }
    router.service(
      DevicePlugin,
      {
        listAndWatch,
        getDevicePluginOptions: () => pluginOptions,
        getPreferredAllocation: (request) => ({
          containerResponses: request.containerRequests.map(() => ({ deviceIDs: [...(options.prefer?.(pluginRequest(request)) ?? [])] })),
        }),
        allocate: (request) => ({
          containerResponses: request.containerRequests.map(({ devicesIds }) => options.allocate?.(devicesIds) ?? {}),
        }),
        preStartContainer: ({ devicesIds }) => {
          options.preStart?.(devicesIds);
          return {};
        },
      },
      interceptors,
    );
  };

  const leave = async (): Promise<void> => {
    await served?.stop();
    served = undefined;
  };
  return {
    resourceName,
    endpoint,
    get calls() {
      return log.calls;
    },
    called: async (method, signal) => log.calls.find((call) => call.method === method) ?? log.next(method, signal),
    setDevices: devices.set,
    async serve() {
      served ??= await serveSocket(routes, join(directory, endpoint));
    },
    register: (changes = {}, signal) =>
      register(
        join(directory, kubeletSocket),
        { endpoint, resourceName, options: pluginOptions, ...(api === "v1alpha1" ? { version: "v1alpha1" } : {}), ...changes },
        { api, ...(signal ? { signal } : {}) },
      ),
    leave,
    async close() {
      log.close();
      await leave();
    },
  };
}
