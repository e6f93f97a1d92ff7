import { serveSocket, SocketError } from "@kubelet-conformance/cri/grpc";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Clock } from "./clock.ts";
import type { Deviation } from "./deviations/deviation.ts";
import { type DeviceManager, startDeviceManager } from "./device-plugins/device-manager.ts";
import { FileError } from "./file-error.ts";
import type { Logger } from "./log.ts";
import type { KubeletOptions } from "./options.ts";

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
  close(): Promise<void>;
}

/** Listens for device plugins, and for those who ask about pods' resources. Throws FileError for a directory that was given and cannot be used. */
export async function openNodeSockets({ options, directories, minor, clock, logger, deviation }: NodeSocketOptions): Promise<NodeSockets> {
  const given = options.devicePluginDirectory;
  const directory = given === undefined ? join(directories.root, "device-plugins") : resolve(given);
  const devices = await startDeviceManager({ directory, minor, clock, logger, rules: deviation?.devicePlugins }).catch((error: unknown) => {
    if (given !== undefined || !(error instanceof FileError)) throw error;
    logger.error(error.message);
    return undefined;
  });
  const podResources = await servePodResources(join(directories.root, "pod-resources", "kubelet.sock"), logger);
  return {
    ...(devices === undefined ? {} : { devices }),
    async close() {
      await Promise.all([devices?.stop(), podResources?.stop()]);
    },
  };
}

/** A socket that is where monitoring looks for it, and knows none of its methods. */
async function servePodResources(path: string, logger: Logger): Promise<{ stop(): Promise<void> } | undefined> {
  try {
    // Of a kubelet that was killed.
    await rm(path, { force: true });
    return await serveSocket(() => {}, path);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    logger.error(`${path}: ${error.message}`);
    return undefined;
  }
}
