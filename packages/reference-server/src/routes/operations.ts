import type { OperationId } from "@kubelet-conformance/types";
import { getAllocatedPod, getAllocatedPods } from "./allocated-pods.ts";
import { checkpointContainer } from "./checkpoint.ts";
import { getConfigz } from "./configuration.ts";
import { getContainerLogs } from "./container-logs.ts";
import { getPprof, getPprofCmdline, getPprofProfile, getPprofSymbol, getPprofTrace, putVerbosity } from "./debug.ts";
import { getHealthz, getHealthzDevicePlugin, getHealthzLog, getHealthzPing, getHealthzSyncLoop } from "./health.ts";
import { getMetrics, getMetricsCadvisor, getMetricsProbes, getMetricsResource, getMetricsSlis, resetMetricsSlis } from "./metrics.ts";
import { getNodeLogs } from "./node-logs.ts";
import { getPods, getRunningPods } from "./pods.ts";
import { getFlagz } from "../zpages/flagz.ts";
import { getStatusz } from "../zpages/statusz.ts";
import type { RouteHandler } from "./route-handler.ts";
import { getStatsSummary, postStatsSummary } from "./stats.ts";
import { run } from "./run.ts";
import { attach, exec } from "./streaming/command.ts";
import { portForward } from "./streaming/port-forward.ts";

/** The handler of each operation of the spec. */
export const operations: Readonly<Record<OperationId, RouteHandler>> = {
  checkpointContainer,
  getAllocatedPod,
  // The same handler, with the UID as one more parameter.
  getAllocatedPodByUid: getAllocatedPod,
  getAllocatedPods,
  getConfigz,
  getContainerLogs,
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
  getNodeLog: getNodeLogs,
  getNodeLogs,
  getPods,
  getPprof,
  getPprofCmdline,
  getPprofProfile,
  getPprofSymbol,
  getPprofTrace,
  getRunningPods,
  getStatsSummary,
  postStatsSummary,
  getStatusz,
  putVerbosity,
  resetMetricsSlis,
  // One handler each: with and without the pod's UID, and by either method, these are the same.
  runCommand: run,
  runCommandByUid: run,
  getExec: exec,
  postExec: exec,
  getExecByUid: exec,
  postExecByUid: exec,
  getAttach: attach,
  postAttach: attach,
  getAttachByUid: attach,
  postAttachByUid: attach,
  getPortForward: portForward,
  postPortForward: portForward,
  getPortForwardByUid: portForward,
  postPortForwardByUid: portForward,
};
