import type { OperationId } from "@kubelet-conformance/types";
import { checkpointContainer } from "./checkpoint.ts";
import { getConfigz } from "./configuration.ts";
import { getPprof, getPprofCmdline, getPprofProfile, getPprofSymbol, getPprofTrace, putVerbosity } from "./debug.ts";
import { getHealthz, getHealthzDevicePlugin, getHealthzLog, getHealthzPing, getHealthzSyncLoop } from "./health.ts";
import { getMetrics, getMetricsCadvisor, getMetricsProbes, getMetricsResource, getMetricsSlis, resetMetricsSlis } from "./metrics.ts";
import { getPods, getRunningPods } from "./pods.ts";
import { getFlagz } from "../zpages/flagz.ts";
import { getStatusz } from "../zpages/statusz.ts";
import type { RouteHandler } from "./route-handler.ts";

/** The handler of each operation of the spec. */
export const operations: Readonly<Record<OperationId, RouteHandler>> = {
  checkpointContainer,
  getConfigz,
  getFlagz,
  getHealthz,
  getHealthzDevicePlugin,
  getHealthzLog,
  getHealthzPing,
  getHealthzSyncLoop,
  getMetrics,
  getMetricsCadvisor,
  getMetricsProbes,
  getMetricsResource,
  getMetricsSlis,
  getPods,
  getPprof,
  getPprofCmdline,
  getPprofProfile,
  getPprofSymbol,
  getPprofTrace,
  getRunningPods,
  getStatusz,
  putVerbosity,
  resetMetricsSlis,
};
