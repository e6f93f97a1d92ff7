import type { AreaChecks } from "../engine/check.ts";
import { allocationChecks } from "./device-plugin-allocation.ts";
import { endpointChecks } from "./device-plugin-endpoint.ts";
import { monitoringChecks } from "./device-plugin-monitoring.ts";
import { pluginMetrics } from "./device-plugin-metrics.ts";
import { registrationChecks } from "./device-plugin-registration.ts";
import { restartChecks } from "./device-plugin-restart.ts";
import { socketChecks } from "./device-plugin-sockets.ts";
import { watchChecks } from "./device-plugin-watch.ts";
import { watcherChecks } from "./device-plugin-watcher.ts";

/** `spec/requirements/device-plugins.yaml`. */
export const devicePlugins: AreaChecks<"device-plugins"> = {
  ...socketChecks,
  ...registrationChecks,
  ...endpointChecks,
  ...watchChecks,
  ...allocationChecks,
  ...restartChecks,
  ...pluginMetrics,
  ...monitoringChecks,
  ...watcherChecks,
};
