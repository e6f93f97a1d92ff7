import type { Device, DevicePluginOptions, PluginClient } from "@kubelet-conformance/device-plugin";
import type { Clock } from "../clock.ts";
import type { DeviceCounts, DevicePluginRules } from "./rules.ts";

/** A resource that a plugin has registered, now or before. */
export interface DeviceResource {
  /** Undefined: it has gone away. */
  plugin: { client: PluginClient; options: DevicePluginOptions | undefined } | undefined;
  /** Whether each device is healthy, by id. */
  devices: ReadonlyMap<string, boolean>;
  /** The NUMA nodes to which a device is near, by its id. */
  numaNodes: ReadonlyMap<string, readonly number[]>;
  /** In place of what the devices say. */
  counts?: DeviceCounts;
  /** Whether its plugin has gone away before. */
  wasLeft: boolean;
  /** Ends the wait for a plugin that went away. */
  awaited?: AbortController;
}

export interface DeviceTable {
  get(resourceName: string): DeviceResource | undefined;
  names: () => string[];
  counts: () => Record<string, DeviceCounts>;
  /** Devices by resource. */
  healthy: () => Record<string, string[]>;
  connected(resourceName: string, plugin: NonNullable<DeviceResource["plugin"]>): void;
  listed(resourceName: string, client: PluginClient, devices: readonly Device[]): void;
  /** The plugin went away: its devices are of no use at once, and forgotten after five minutes. */
  left(resourceName: string, client: PluginClient): void;
  /** Of a kubelet that ran before: no device counts before its plugin is back. */
  restore(resourceName: string, devices: number): void;
}

const goneMs = 5 * 60_000;

export function createDeviceTable(rules: DevicePluginRules, clock: Clock, signal: AbortSignal, onChange: () => void): DeviceTable {
  const resources = new Map<string, DeviceResource>();
  const names = new Map<string, string>();
  const none: ReadonlyMap<string, boolean> = new Map();

  function entry(resourceName: string): DeviceResource {
    const key = rules.resourceKey(resourceName);
    names.set(key, resourceName);
    let found = resources.get(key);
    if (found === undefined) resources.set(key, (found = { plugin: undefined, devices: none, numaNodes: new Map(), wasLeft: false }));
    return found;
  }
  const set = (resource: DeviceResource, devices: ReadonlyMap<string, boolean>): void => {
    resource.devices = devices;
    delete resource.counts;
    onChange();
  };
  return {
    get: (resourceName) => resources.get(rules.resourceKey(resourceName)),
    names: () => [...names.values()],
    counts: () =>
      Object.fromEntries(
        [...resources].map(([key, resource]) => [names.get(key) ?? key, resource.counts ?? rules.counts(resource.devices)]),
      ),
    healthy: () => Object.fromEntries([...resources].map(([key, { devices }]) => [names.get(key) ?? key, healthyOf(devices)])),
    connected(resourceName, plugin) {
      const resource = entry(resourceName);
      if (!resource.plugin || rules.takesNewest) resource.plugin = plugin;
      resource.awaited?.abort();
    },
    listed(resourceName, client, devices) {
      const resource = entry(resourceName);
      if (resource.plugin?.client !== client || (resource.wasLeft && !rules.takesBack)) return;
      resource.numaNodes = new Map(devices.map(({ ID, topology }) => [ID, (topology?.nodes ?? []).map((node) => Number(node.ID))]));
      set(resource, rules.listed(devices, resource.devices));
    },
    left(resourceName, client) {
      const resource = entry(resourceName);
      if (resource.plugin?.client !== client) return;
      resource.plugin = undefined;
      resource.wasLeft = true;
      set(resource, rules.afterLeaving(resource.devices));
      const awaited = (resource.awaited = new AbortController());
      clock.wait("device-plugin-gone", goneMs, AbortSignal.any([signal, awaited.signal])).then(
        () => set(resource, none),
        () => {},
      );
    },
    restore(resourceName, devices) {
      entry(resourceName).counts = rules.afterRestart(devices);
    },
  };
}

export function healthyOf(devices: ReadonlyMap<string, boolean>): string[] {
  return [...devices].filter(([, isHealthy]) => isHealthy).map(([id]) => id);
}
