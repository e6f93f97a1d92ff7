import { grpcErrorText, SocketError } from "@kubelet-conformance/cri/grpc";
import {
  type DevicePluginOptions,
  type PluginClient,
  pluginClient,
  RegistrationRefusal,
  type RegistrationRequest,
  serveRegistration,
} from "@kubelet-conformance/device-plugin";
import type { DeviceOfResource } from "@kubelet-conformance/device-plugin/pod-resources";
import { behaviour } from "@kubelet-conformance/types";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { FileError } from "../file-error.ts";
import type { Logger } from "../log.ts";
import type { Family } from "../metrics/exposition.ts";
import type { InventoriedDevice } from "../pod-resources/rules.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { createDeviceAllocator, type DeviceAllocator } from "./device-allocator.ts";
import { createDeviceTable } from "./device-table.ts";
import { isListening } from "./dial.ts";
import { preparePluginDirectory } from "./plugin-directory.ts";
import { createPluginMetrics } from "./plugin-metrics.ts";
import { type DeviceCounts, type DevicePluginRules, usualRules } from "./rules.ts";

export type { Rejection } from "./device-allocator.ts";
export type { DeviceOptions, DevicePluginRules } from "./rules.ts";

export interface DeviceManagerOptions {
  directory: string;
  minor: string;
  clock: Clock;
  logger: Logger;
  /** What a deviation makes of the rules. */
  rules?: Partial<DevicePluginRules> | undefined;
}

/** The devices of this node and the plugins that have them. */
export interface DeviceManager extends Pick<DeviceAllocator, "admit" | "prepare"> {
  /** By resource. One whose plugin has been away for long stays, with nothing. */
  capacity(): Record<string, DeviceCounts>;
  families(): Family[];
  /** What a container of a pod has. */
  devicesOf(podUid: string, container: string): DeviceOfResource[];
  /** All devices of all plugins. */
  inventory(): InventoriedDevice[];
  /** Takes a plugin that was found to be valid, at this path. Throws RegistrationRefusal. */
  connect(resourceName: string, path: string): Promise<PluginClient>;
  /** Gives a plugin up. */
  disconnect(resourceName: string, client: PluginClient): void;
  /** Ends all connections, and removes the socket. */
  stop(): Promise<void>;
}

/** Listens for device plugins on `kubelet.sock` in the directory. Throws FileError. */
export async function startDeviceManager({ directory, minor, clock, logger, ...given }: DeviceManagerOptions): Promise<DeviceManager> {
  const rules = { ...usualRules, ...given.rules };
  const stopped = new AbortController();
  const metrics = createPluginMetrics();
  const clients = new Set<PluginClient>();
  const socketPath = await preparePluginDirectory(directory, minor, rules);
  const remembered = await readCheckpoint(directory);
  const known = new Set(Object.keys(remembered.resources));

  let writing = Promise.resolve();
  const save = (): void => {
    const write = () => writeCheckpoint(directory, { allocated: allocator.allocated, resources: table.healthy() });
    writing = writing.then(write).catch((error: unknown) => logger.error(`device plugins: ${String(error)}`));
  };
  const table = createDeviceTable(rules, clock, stopped.signal, save);
  const allocator = createDeviceAllocator({
    table,
    rules,
    metrics,
    hasCdi: behaviour("device-plugin-cdi-devices", minor),
    allocated: rules.remembersAllocations ? remembered.allocated : [],
    onChange: save,
  });
  for (const [resource, ids] of Object.entries(remembered.resources)) table.restore(resource, ids.length);

  /** Dials the plugin. Throws what the plugin is told. */
  async function dial(path: string): Promise<PluginClient> {
    if (rules.needsSocket && !(await isListening(path, clock, stopped.signal))) {
      throw new RegistrationRefusal("failed to dial device plugin: context deadline exceeded");
    }
    const client = pluginClient(path);
    clients.add(client);
    return client;
  }

  function disconnect(resourceName: string, client: PluginClient): void {
    // Whoever ends says nothing about its plugins.
    if (stopped.signal.aborted) return;
    client.close();
    clients.delete(client);
    table.left(resourceName, client);
  }

  function optionsOf(client: PluginClient): Promise<DevicePluginOptions | undefined> {
    return client.options().catch((error: unknown) => {
      if (rules.needsOptions) throw new RegistrationRefusal(`failed to get device plugin options: ${grpcErrorText(error)}`);
      return undefined;
    });
  }

  function watch(resourceName: string, client: PluginClient): void {
    void client
      .watch(rules.watchTimeoutMs, (devices) => table.listed(resourceName, client, devices))
      .catch((error: unknown) => logger.info(`ListAndWatch of ${resourceName} ended: ${grpcErrorText(error)}`))
      .then(() => disconnect(resourceName, client));
  }

  async function accept(resourceName: string, path: string): Promise<PluginClient> {
    const earlier = table.get(resourceName)?.plugin?.client;
    const isTwice = earlier?.path === path;
    if (isTwice && !rules.keepsRegisteredTwice) disconnect(resourceName, earlier);
    const client = await dial(path);
    try {
      const options = rules.waitsForOptions ? await optionsOf(client) : undefined;
      if (isTwice && behaviour("device-plugin-connected-twice", minor) === "refused")
        throw new RegistrationRefusal(`device plugin already connected: ${path}`);
      table.connected(resourceName, { client, options });
    } catch (error) {
      clients.delete(client);
      client.close();
      throw error;
    }
    if (rules.keepsRegisteredTwice || !isTwice) watch(resourceName, client);
    if (!rules.waitsForOptions)
      void optionsOf(client).then(
        (options) => table.connected(resourceName, { client, options }),
        () => {},
      );
    return client;
  }

  async function register(request: RegistrationRequest): Promise<void> {
    const { resourceName, endpoint } = request;
    const path = join(directory, endpoint);
    if (rules.callsFirst)
      await pluginClient(path)
        .options()
        .catch(() => {});
    const text = rules.refusal(request, known);
    metrics.registered(resourceName, rules.countedAs(text !== undefined));
    if (text !== undefined) throw new RegistrationRefusal(text);
    await accept(resourceName, path);
    logger.info(`device plugin of ${resourceName} registered at ${endpoint}`);
  }

  const numaNodesOf = (resourceName: string, id: string): readonly number[] => table.get(resourceName)?.numaNodes.get(id) ?? [];
  const served = await serveRegistration(rules.socket(socketPath), { register, alpha: rules.servesAlpha }).catch((cause: unknown) => {
    if (!(cause instanceof SocketError)) throw cause;
    throw new FileError(socketPath, undefined, `device plugins cannot register there: ${cause.message}`, { cause });
  });
  await rules.afterStart?.(socketPath);
  return {
    capacity: table.counts,
    admit: (pod, active) => allocator.admit(pod, active),
    prepare: (pod, container) => allocator.prepare(pod, container),
    families: metrics.families,
    devicesOf: (podUid, container) =>
      allocator.allocated
        .filter((entry) => entry.podUid === podUid && entry.container === container)
        .flatMap(({ resource, deviceIds }) =>
          deviceIds.map((id) => ({ resourceName: resource, id, numaNodes: numaNodesOf(resource, id) })),
        ),
    inventory: () =>
      table.names().flatMap((resourceName) => {
        const taken = new Set(
          allocator.allocated.filter(({ resource }) => resource === resourceName).flatMap(({ deviceIds }) => deviceIds),
        );
        return [...(table.get(resourceName)?.devices ?? [])].map(([id, isHealthy]) => ({
          resourceName,
          id,
          numaNodes: numaNodesOf(resourceName, id),
          isHealthy,
          isTaken: taken.has(id),
        }));
      }),
    connect: accept,
    disconnect,
    async stop() {
      stopped.abort();
      for (const client of clients) client.close();
      await served.stop();
      await writing;
    },
  };
}
