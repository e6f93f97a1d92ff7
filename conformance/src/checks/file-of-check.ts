import type { Requirement } from "@kubelet-conformance/spec";
import { leftovers } from "./archive-leftovers.ts";
import { restores } from "./archive-restore.ts";
import { counters } from "./checkpoint-counters.ts";
import { overlap } from "./checkpoint-overlap.ts";
import { podLevel } from "./checkpoint-pod-level.ts";
import { unharmed } from "./checkpoint-unharmed.ts";
import { allocationChecks } from "./device-plugin-allocation.ts";
import { endpointChecks } from "./device-plugin-endpoint.ts";
import { monitoringChecks } from "./device-plugin-monitoring.ts";
import { pluginMetrics } from "./device-plugin-metrics.ts";
import { registrationChecks } from "./device-plugin-registration.ts";
import { restartChecks } from "./device-plugin-restart.ts";
import { socketChecks } from "./device-plugin-sockets.ts";
import { watchChecks } from "./device-plugin-watch.ts";
import { watcherChecks } from "./device-plugin-watcher.ts";
import { outage } from "./heartbeat-outage.ts";
import { heartbeatStatus } from "./heartbeat-status.ts";
import { longLines } from "./long-lines.ts";
import { requestMetrics } from "./metrics-requests.ts";
import { launched } from "./node-labels-launch.ts";
import { conditions } from "./node-status-conditions.ts";
import { events } from "./node-status-events.ts";
import { launchedStatus } from "./node-status-launch.ts";
import { resources } from "./node-status-resources.ts";
import { shared } from "./node-status-shared.ts";
import { flagChecks } from "./runtime-flags.ts";
import { serviceChecks } from "./runtime-service.ts";
import { startChecks } from "./runtime-start.ts";
import { statusChecks } from "./runtime-status.ts";
import { attach } from "./streaming-attach.ts";
import { portForward } from "./streaming-port-forward.ts";
import { spdy } from "./streaming-spdy.ts";
import { webSocket } from "./streaming-web-socket.ts";

/** Files that hold a part of an area's checks. */
const parts: Readonly<Record<string, object>> = {
  "archive-leftovers": leftovers,
  "archive-restore": restores,
  "checkpoint-counters": counters,
  "checkpoint-overlap": overlap,
  "checkpoint-pod-level": podLevel,
  "checkpoint-unharmed": unharmed,
  "device-plugin-allocation": allocationChecks,
  "device-plugin-endpoint": endpointChecks,
  "device-plugin-metrics": pluginMetrics,
  "device-plugin-monitoring": monitoringChecks,
  "device-plugin-registration": registrationChecks,
  "device-plugin-restart": restartChecks,
  "device-plugin-sockets": socketChecks,
  "device-plugin-watch": watchChecks,
  "device-plugin-watcher": watcherChecks,
  "heartbeat-outage": outage,
  "heartbeat-status": heartbeatStatus,
  "long-lines": longLines,
  "metrics-requests": requestMetrics,
  "node-labels-launch": launched,
  "node-status-conditions": conditions,
  "node-status-events": events,
  "node-status-launch": launchedStatus,
  "node-status-resources": resources,
  "node-status-shared": shared,
  "runtime-flags": flagChecks,
  "runtime-service": serviceChecks,
  "runtime-start": startChecks,
  "runtime-status": statusChecks,
  "streaming-attach": attach,
  "streaming-port-forward": portForward,
  "streaming-spdy": spdy,
  "streaming-web-socket": webSocket,
};

/** Where the coded check of a requirement stands in the repository. */
export function fileOfCheck({ id, area }: Pick<Requirement, "id" | "area">): string {
  const [part] = Object.entries(parts).find(([, checks]) => Object.hasOwn(checks, id)) ?? [];
  return `conformance/src/checks/${part ?? area}.ts`;
}
