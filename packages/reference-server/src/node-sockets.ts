import { join, resolve } from "node:path";
import type { Clock } from "./clock.ts";
import type { Deviation } from "./deviations/deviation.ts";
import { type DeviceManager, startDeviceManager } from "./device-plugins/device-manager.ts";
import { FileError } from "./file-error.ts";
import type { Logger } from "./log.ts";
import type { KubeletOptions } from "./options.ts";
import { startPluginWatcher } from "./plugin-watcher/plugin-watcher.ts";
import { openPodResources, type PodResources } from "./pod-resources/pod-resources.ts";
import type { PodManager } from "./pods/pod-manager.ts";

export interface NodeSocketOptions {
  options: KubeletOptions;
  directories: { root: string };
  minor: string;
  clock: Clock;
  logger: Logger;
  deviation: Deviation | undefined;
}

/** The unix sockets on which programs of the node meet the kubelet. */
export interface NodeSockets {
  /** Absent where no socket can be in the root directory, whose path is too long for one. */
  devices?: DeviceManager;
  /** Listens for those who ask about the resources of these pods. */
  tellOf(pods: PodManager): Promise<PodResources>;
  close(): Promise<void>;
}

/** Listens for device plugins, and looks for those that listen themselves. Throws FileError for a directory that was given and cannot be used. */
export async function openNodeSockets({ options, directories, minor, clock, logger, deviation }: NodeSocketOptions): Promise<NodeSockets> {
  const given = options.devicePluginDirectory;
  const directory = given === undefined ? join(directories.root, "device-plugins") : resolve(given);
  const devices = await startDeviceManager({ directory, minor, clock, logger, rules: deviation?.devicePlugins }).catch((error: unknown) => {
    if (given !== undefined || !(error instanceof FileError)) throw error;
    logger.error(error.message);
    return undefined;
  });
  const registry = join(directories.root, "plugins_registry");
  const watcher = devices && startPluginWatcher({ directory: registry, devices, clock, logger, rules: deviation?.pluginWatcher });
  let podResources: PodResources | undefined;
  return {
    ...(devices === undefined ? {} : { devices }),
    async tellOf(pods) {
      const socketPath = join(directories.root, "pod-resources", "kubelet.sock");
      return (podResources = await openPodResources({ socketPath, minor, pods, devices, logger, rules: deviation?.podResources }));
    },
    async close() {
      await watcher?.stop();
      await Promise.all([devices?.stop(), podResources?.close()]);
    },
  };
}
