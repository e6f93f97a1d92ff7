import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { chmod, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Deviation } from "./deviation.ts";
import { allocationDeviations } from "./device-plugin-allocation.ts";
import { registrationDeviations } from "./device-plugin-registration.ts";
import { restartDeviations } from "./device-plugin-restart.ts";
import { watchDeviations } from "./device-plugin-watch.ts";

/** Sockets and files are in the root directory's device-plugins. */
const rootOf = (socketPath: string): string => dirname(dirname(socketPath));

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
    summary: "has no socket for those who monitor devices",
    devicePlugins: { afterStart: (socketPath) => rm(join(rootOf(socketPath), "pod-resources"), { recursive: true }) },
  },
  "device-plugins.socket.plugin-registry": {
    summary: "has no directory for the sockets of other plugins",
    rootDirectory: (directory) => rm(join(directory, "plugins_registry"), { recursive: true }),
  },
  ...registrationDeviations,
  ...watchDeviations,
  ...allocationDeviations,
  ...restartDeviations,
};
