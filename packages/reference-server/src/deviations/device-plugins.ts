import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { chmod, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Deviation } from "./deviation.ts";
import { allocationDeviations } from "./device-plugin-allocation.ts";
import { monitoringDeviations } from "./device-plugin-monitoring.ts";
import { registrationDeviations } from "./device-plugin-registration.ts";
import { restartDeviations } from "./device-plugin-restart.ts";
import { watchDeviations } from "./device-plugin-watch.ts";
import { watcherDeviations } from "./device-plugin-watcher.ts";

/** Wrong ways to treat device plugins: each breaks the requirement that it is named after. */
export const devicePlugins: Record<ObservableRequirementId["device-plugins"], Deviation> = {
  "device-plugins.socket.privileged": {
    summary: "lets everybody write to the socket on which plugins register",
    devicePlugins: { afterStart: (socketPath) => chmod(socketPath, 0o777) },
  },
  "device-plugins.socket.directory": {
    summary: "lets everybody make sockets in the directory of device plugins",
    devicePlugins: { afterStart: (socketPath) => chmod(dirname(socketPath), 0o777) },
  },
  "device-plugins.socket.pod-resources": {
    summary: "listens for those who monitor devices at another name, to which kubelet.sock only leads",
    podResources: {
      async listensAt(socketPath) {
        const beside = join(dirname(socketPath), "other.sock");
        await symlink(beside, socketPath);
        return beside;
      },
    },
  },
  "device-plugins.socket.pod-resources-privileged": {
    summary: "lets everybody into the directory of the socket for those who monitor devices",
    rootDirectory: (directory) => chmod(join(directory, "pod-resources"), 0o755),
  },
  "device-plugins.socket.plugin-registry": {
    summary: "has no directory for the sockets of other plugins",
    rootDirectory: (directory) => rm(join(directory, "plugins_registry"), { recursive: true }),
  },
  ...registrationDeviations,
  ...watchDeviations,
  ...allocationDeviations,
  ...restartDeviations,
  ...monitoringDeviations,
  ...watcherDeviations,
};
