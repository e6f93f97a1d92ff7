import { healthy, supportedVersion, type Device, type RegistrationRequest } from "@kubelet-conformance/device-plugin";
import { basename } from "node:path";
import { isExtendedResourceName } from "./resource-name.ts";

/** How many devices of a resource there are, as the node reports them. */
export interface DeviceCounts {
  capacity: number;
  allocatable: number;
}

/** What a container gets for its devices. */
export interface DeviceOptions {
  envs: { key: string; value: string }[];
  mounts: { containerPath: string; hostPath: string; readonly: boolean }[];
  devices: { containerPath: string; hostPath: string; permissions: string }[];
  annotations: Record<string, string>;
  CDIDevices: { name: string }[];
}

/** What there is to choose from for a container. */
export interface Choice {
  /** Healthy devices that no container has. */
  free: readonly string[];
  /** All that the plugin lists. */
  all: readonly string[];
  healthy: readonly string[];
  /** What the plugin prefers; empty: nothing in particular. */
  preferred: readonly string[];
  needed: number;
}

/** When PreStartContainer is called, and how. */
export interface PreStart {
  required: boolean;
  /** How often this container has been started with these devices. */
  earlier: number;
  deviceIds: readonly string[];
  timeoutMs: number | undefined;
}

/** What a kubelet decides about device plugins. A deviation replaces one of these. */
export interface DevicePluginRules {
  /** Why a registration is refused; undefined: it is not. `known` are the resources of the kubelet that ran before this one. */
  refusal: (request: RegistrationRequest, known: ReadonlySet<string>) => string | undefined;
  /** Whether a plugin is looked at before it is decided whether it may register. */
  callsFirst: boolean;
  /** Whether the answer to a registration waits for the plugin's options. */
  waitsForOptions: boolean;
  /** Whether a plugin without GetDevicePluginOptions is refused. */
  needsOptions: boolean;
  /** Whether a plugin is refused whose socket is not there. */
  needsSocket: boolean;
  /** Whether the newest of two plugins of a resource counts. */
  takesNewest: boolean;
  /** Whether the devices of a plugin stay when it registers once more. */
  keepsRegisteredTwice: boolean;
  /** What the kubelet keeps resources by. */
  resourceKey: (resourceName: string) => string;
  /** Of ListAndWatch, in milliseconds; undefined: none. */
  watchTimeoutMs: number | undefined;
  /** The devices that count, and which of them are healthy, after a list has come; `earlier` is what there was. */
  listed: (devices: readonly Device[], earlier: ReadonlyMap<string, boolean>) => Map<string, boolean>;
  counts: (devices: ReadonlyMap<string, boolean>) => DeviceCounts;
  /** What is left of the health of devices when their plugin goes away. */
  afterLeaving: (devices: ReadonlyMap<string, boolean>) => Map<string, boolean>;
  /** Whether a resource counts again whose plugin had gone away. */
  takesBack: boolean;
  /** What the node counts of a resource that was there before a restart, until its plugin registers. */
  afterRestart: (earlier: number) => DeviceCounts;
  /** The devices for a container; fewer than needed: there are not enough. */
  choose: (choice: Choice) => readonly string[];
  /** Whether a pod that wants too many devices is rejected. */
  rejectsTooMany: boolean;
  /** Whether a pod whose allocation fails is rejected. */
  rejectsFailed: boolean;
  /** The Allocate calls for these devices. */
  allocateCalls: (deviceIds: readonly string[]) => readonly (readonly string[])[];
  /** Whether containers that want nothing of a resource are asked for, too. */
  allocatesNothing: boolean;
  /** Whether the devices of pods that are gone are free again. */
  frees: boolean;
  /** What of an allocation reaches the runtime. */
  container: (options: DeviceOptions) => DeviceOptions;
  /** The PreStartContainer call before a start; undefined: none. */
  preStart: (start: PreStart) => Pick<PreStart, "deviceIds" | "timeoutMs"> | undefined;
  /** Whether a container is not created whose PreStartContainer fails. */
  preStartMatters: boolean;
  /** What GetPreferredAllocation is asked; undefined: it is not. */
  preferredAmong: (
    isOffered: boolean,
    available: readonly string[],
    needed: number,
  ) => { available: readonly string[]; size: number } | undefined;
  /** Whether a file in the directory is removed at start. */
  removes: (kind: "socket" | "directory" | "file", files: "kept" | "removed") => boolean;
  /** Whether the allocations of the kubelet that ran before this one are known. */
  remembersAllocations: boolean;
  /** Where the kubelet really listens, by the path of kubelet.sock. */
  socket: (path: string) => string;
  /** By how much a registration is counted. */
  countedAs: (isRefused: boolean) => number;
  timesAllocations: boolean;
  /** Whether the Registration service of 1.9 is there, too. */
  servesAlpha: boolean;
  /** Changes the directory once the kubelet listens there. */
  afterStart?: (socketPath: string) => Promise<void>;
}

/** GetDeviceRunContainerOptions gives PreStartContainer so long. */
const preStartMs = 30_000;

/** As kubelets decide. */
export const usualRules: DevicePluginRules = {
  refusal({ version, resourceName }) {
    if (version !== supportedVersion) {
      return `requested API version ${JSON.stringify(version)} is not supported by kubelet. Supported version is ["${supportedVersion}"]`;
    }
    return isExtendedResourceName(resourceName) ? undefined : `the ResourceName ${JSON.stringify(resourceName)} is invalid`;
  },
  callsFirst: false,
  waitsForOptions: true,
  needsOptions: true,
  needsSocket: true,
  takesNewest: true,
  keepsRegisteredTwice: true,
  resourceKey: (resourceName) => resourceName,
  watchTimeoutMs: undefined,
  listed: (devices) => new Map(devices.map(({ ID, health }) => [ID, health === healthy])),
  counts: (devices) => ({ capacity: devices.size, allocatable: [...devices.values()].filter(Boolean).length }),
  afterLeaving: (devices) => new Map([...devices.keys()].map((id) => [id, false])),
  takesBack: true,
  afterRestart: () => ({ capacity: 0, allocatable: 0 }),
  choose: ({ free, preferred, needed }) => [...new Set([...preferred.filter((id) => free.includes(id)), ...free])].slice(0, needed),
  rejectsTooMany: true,
  rejectsFailed: true,
  allocateCalls: (deviceIds) => [deviceIds],
  allocatesNothing: false,
  frees: true,
  container: (options) => options,
  preStart: ({ required, deviceIds, timeoutMs = preStartMs }) => (required ? { deviceIds, timeoutMs } : undefined),
  preStartMatters: true,
  preferredAmong: (isOffered, available, size) => (isOffered ? { available, size } : undefined),
  removes: (kind, files) => kind === "socket" || (kind === "file" && files === "removed"),
  remembersAllocations: true,
  socket: (path) => path,
  countedAs: () => 1,
  timesAllocations: true,
  servesAlpha: false,
};

/** The kubelet's own file in the directory: it outlives a restart. */
export const checkpointFile = "kubelet_internal_checkpoint";

/** Whether a file of the directory is the kubelet's own. */
export function isOwnFile(path: string): boolean {
  return basename(path) === checkpointFile;
}
