import type { EffectiveConfiguration } from "./configuration/effective.ts";
import type { FeatureGates } from "./configuration/feature-gates.ts";
import type { Logger } from "./log.ts";
import type { Family } from "./metrics/exposition.ts";
import type { HealthChecks } from "./metrics/health-checks.ts";
import type { HttpRequests } from "./metrics/http-requests.ts";
import type { WebSocketRequests } from "./metrics/web-socket-requests.ts";
import type { PodManager } from "./pods/pod-manager.ts";
import type { Profiler } from "./pprof/profiler.ts";
import type { RuntimeService } from "./pods/runtime-service.ts";

/** Devices that plugins offer, by resource name; a resource that was there before and is gone has none. */
export interface DeviceInventory {
  capacity(): Readonly<Record<string, { capacity: number; allocatable: number }>>;
  /** What is counted of their plugins. */
  families(): Family[];
}

/** Everything that one running kubelet is; each instance has its own, and no module keeps any. */
export interface KubeletState {
  /** `1.36`. */
  minor: string;
  /** `v1.36.4`. */
  version: string;
  nodeName: string;
  rootDirectory: string;
  /** The program's name and its arguments. */
  commandLine: readonly string[];
  startedAt: Date;
  /** Undefined: this process's time zone. */
  utcOffsetMinutes: number | undefined;
  configuration: EffectiveConfiguration;
  gates: FeatureGates;
  runtime: RuntimeService;
  /** What the runtime said of itself at start. */
  runtimeVersion: { name: string; version: string };
  pods: PodManager;
  /** Addresses that the node has in the API server; none without one. */
  hostIps: readonly string[];
  /** Absent: no device plugin can register. */
  devices?: DeviceInventory;
  /** What is counted of those who ask for the resources of pods. */
  podResources: { families(): Family[] };
  httpRequests: HttpRequests;
  webSocketRequests: WebSocketRequests;
  healthChecks: HealthChecks;
  profiler: Profiler;
  /** Directory that stands for /var/log. */
  systemLogs: string;
  logger: Logger;
}
