import type { OperationId } from "@kubelet-conformance/types";
import { checkpointContainer } from "./checkpointContainer.ts";
import { getPods } from "./getPods.ts";
import { getAllocatedPods } from "./getAllocatedPods.ts";
import { getAllocatedPod } from "./getAllocatedPod.ts";
import { getAllocatedPodByUid } from "./getAllocatedPodByUid.ts";
import { getRunningPods } from "./getRunningPods.ts";
import { getHealthz } from "./getHealthz.ts";
import { getHealthzPing } from "./getHealthzPing.ts";
import { getHealthzLog } from "./getHealthzLog.ts";
import { getHealthzSyncLoop } from "./getHealthzSyncLoop.ts";
import { getHealthzDevicePlugin } from "./getHealthzDevicePlugin.ts";
import { getConfigz } from "./getConfigz.ts";
import { getStatusz } from "./getStatusz.ts";
import { getFlagz } from "./getFlagz.ts";
import { getPprofCmdline } from "./getPprofCmdline.ts";
import { getPprofProfile } from "./getPprofProfile.ts";
import { getPprofSymbol } from "./getPprofSymbol.ts";
import { getPprofTrace } from "./getPprofTrace.ts";
import { getPprof } from "./getPprof.ts";
import { putVerbosity } from "./putVerbosity.ts";
import { getMetrics } from "./getMetrics.ts";
import { getMetricsCadvisor } from "./getMetricsCadvisor.ts";
import { getMetricsResource } from "./getMetricsResource.ts";
import { getMetricsProbes } from "./getMetricsProbes.ts";
import { getMetricsSlis } from "./getMetricsSlis.ts";
import { resetMetricsSlis } from "./resetMetricsSlis.ts";
import { getStatsSummary } from "./getStatsSummary.ts";
import { postStatsSummary } from "./postStatsSummary.ts";
import { getContainerLogs } from "./getContainerLogs.ts";
import { getNodeLogs } from "./getNodeLogs.ts";
import { getNodeLog } from "./getNodeLog.ts";
import { runCommand } from "./runCommand.ts";
import { runCommandByUid } from "./runCommandByUid.ts";
import { getExec } from "./getExec.ts";
import { postExec } from "./postExec.ts";
import { getExecByUid } from "./getExecByUid.ts";
import { postExecByUid } from "./postExecByUid.ts";
import { getAttach } from "./getAttach.ts";
import { postAttach } from "./postAttach.ts";
import { getAttachByUid } from "./getAttachByUid.ts";
import { postAttachByUid } from "./postAttachByUid.ts";
import { getPortForward } from "./getPortForward.ts";
import { postPortForward } from "./postPortForward.ts";
import { getPortForwardByUid } from "./getPortForwardByUid.ts";
import { postPortForwardByUid } from "./postPortForwardByUid.ts";
import type { Subject } from "./subject.ts";

/** An example for every operation of the spec; one that is missing does not compile. Each gives what it found. */
export const examples = {
  checkpointContainer,
  getPods,
  getAllocatedPods,
  getAllocatedPod,
  getAllocatedPodByUid,
  getRunningPods,
  getHealthz,
  getHealthzPing,
  getHealthzLog,
  getHealthzSyncLoop,
  getHealthzDevicePlugin,
  getConfigz,
  getStatusz,
  getFlagz,
  getPprofCmdline,
  getPprofProfile,
  getPprofSymbol,
  getPprofTrace,
  getPprof,
  putVerbosity,
  getMetrics,
  getMetricsCadvisor,
  getMetricsResource,
  getMetricsProbes,
  getMetricsSlis,
  resetMetricsSlis,
  getStatsSummary,
  postStatsSummary,
  getContainerLogs,
  getNodeLogs,
  getNodeLog,
  runCommand,
  runCommandByUid,
  getExec,
  postExec,
  getExecByUid,
  postExecByUid,
  getAttach,
  postAttach,
  getAttachByUid,
  postAttachByUid,
  getPortForward,
  postPortForward,
  getPortForwardByUid,
  postPortForwardByUid,
} satisfies Record<OperationId, (subject: Subject) => Promise<unknown>>;
