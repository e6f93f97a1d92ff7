import { rename } from "node:fs/promises";
import { minorOf } from "@kubelet-conformance/spec";
import type { RuntimeDouble } from "@kubelet-conformance/cri/double";
import type { ClusterProbe, ControlPlaneProbe, LaunchProbe } from "../../target/cluster.ts";
import type { RuntimeServiceProbe } from "../../target/runtime-service.ts";
import type { CheckpointCall, ContainerReference, DevicePluginProbe, RestoreProbe, RuntimeProbe, Target } from "../../target/target.ts";
import { requestTimeoutSeconds } from "../configuration.ts";
import type { Ground } from "../ground.ts";
import { apiPodName, hasSidecars } from "../api-pod.ts";
import { podNamespace } from "../pod.ts";
import { factsOf, type Scenario } from "../scenarios.ts";
import { nameOnNode, nodeName, uidLabel } from "./labels.ts";

/** Twenty times the pace of the opted-in container; a large one is silent for as long as it is dumped. */
const longestSilenceMs = 2_000;
const longestSilenceOfLargeMs = 10_000;

/** Where every pod of the runtime double answers HTTP requests. */
export const portOfDouble = 8080;

/** Where a started kubelet is, and what is known of it. */
export interface Place {
  server: string;
  kubernetesVersion: string;
  readOnlyPort?: number;
  healthzPort?: number;
  rootDirectory: string;
  /** The uid of its pod. */
  uid?: string | undefined;
  /** Where containers may be made of archives. */
  restore?: RestoreProbe;
  cluster?: ClusterProbe;
  controlPlane?: ControlPlaneProbe;
  launch?: LaunchProbe;
  runtimeService?: RuntimeServiceProbe;
  nodeIp?: string;
  devicePlugins?: DevicePluginProbe;
  longWaits?: true;
  longOutages?: true;
  fiveMinutes?: true;
  /** Where its pod answers HTTP requests; absent: its streams are out of reach. */
  listeningPort?: number;
  obstacles?: NonNullable<Target["obstacles"]>;
}

/** What there is to test of a kubelet in a scenario. */
export function describeTarget(place: Place, ground: Ground, scenario: Scenario, runtime: RuntimeProbe | undefined): Target {
  const { uid, ...rest } = place;
  const minor = minorOf(place.kubernetesVersion) ?? place.kubernetesVersion;
  const pod = { namespace: podNamespace, pod: nameOnNode };
  const running = { ...pod, container: "running" };
  return {
    ...rest,
    minor,
    versionSource: "declared",
    credentials: ground.administrator,
    identities: scenario.webhook ? ground.identities : {},
    facts: factsOf(scenario, place.kubernetesVersion),
    running: { ...running, ...(uid === undefined ? {} : { uid }) },
    waiting: { ...pod, container: "waiting" },
    ended: { ...pod, container: "ended" },
    checkpoint: running,
    restarted: { ...pod, container: "restarted" },
    longLine: { ...pod, container: "long" },
    second: { ...pod, container: "second" },
    ...(scenario.apiPod ? apiPodContainers(minor) : {}),
    longestSilenceMs: scenario.large ? longestSilenceOfLargeMs : longestSilenceMs,
    nodeName,
    nodeRoot: "/",
    ...(scenario.timeZone ? { timeZone: scenario.timeZone.offset } : {}),
    ...(runtime ? { runtime } : {}),
    ...(rest.listeningPort === undefined ? {} : { command: running }),
  };
}

function apiPodContainers(minor: string): Pick<Target, "sidecar" | "ephemeral"> {
  const pod = { namespace: podNamespace, pod: apiPodName };
  return { ...(hasSidecars(minor) ? { sidecar: { ...pod, container: "sidecar" } } : {}), ephemeral: { ...pod, container: "ephemeral" } };
}

/** The uid of the pod that every scenario has, where the double runs it. */
export function podUid({ state }: RuntimeDouble): string | undefined {
  const sandbox = [...state.sandboxes.values()].find(({ config }) => config.metadata?.name === nameOnNode);
  return sandbox?.config.metadata?.uid;
}

/** What checks may ask of the runtime double. */
export function probe(double: RuntimeDouble, scenario: Scenario): RuntimeProbe {
  return {
    requestTimeoutSeconds: requestTimeoutSeconds(scenario),
    record: () => {
      double.clearCalls();
      const checkpointCalls = (): CheckpointCall[] => double.calls.filter(({ method }) => method === "CheckpointContainer").map(callOf);
      return {
        checkpointCalls,
        async arrived(count, signal) {
          while (checkpointCalls().length < count) await double.nextCall("CheckpointContainer", signal);
        },
        async times(name, count, signal) {
          const times = (): number[] => double.calls.filter(({ method }) => method === name).map(({ startedAt }) => startedAt);
          while (times().length < count) await double.nextCall(name, signal);
          return times();
        },
      };
    },
    created: (uid) => [...double.state.containers.values()].map(({ config }) => config).filter(({ labels }) => labels[uidLabel] === uid),
    misbehave: (fault) => {
      double.faults.add(fault);
      return { release: () => void double.faults.delete(fault) };
    },
    rotateLog: (container) => rotateLog(double, container),
    hold: () => {
      const usual = double.checkpoint;
      double.checkpoint = "slow";
      return {
        release() {
          double.checkpoint = usual;
          double.releaseCheckpoints();
        },
      };
    },
  };
}

/** Under the name that kubelets give a rotated log. */
async function rotateLog(double: RuntimeDouble, { namespace, pod, container }: ContainerReference): Promise<void> {
  const record = [...double.state.containers.values()].find(({ sandboxId, config, log }) => {
    const sandbox = double.state.sandboxes.get(sandboxId)?.config.metadata;
    return log !== undefined && config.metadata?.name === container && sandbox?.name === pod && sandbox.namespace === namespace;
  });
  if (record === undefined) throw new Error(`the runtime double runs no container ${namespace}/${pod}/${container}`);
  const time = new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  await rename(record.logPath, `${record.logPath}.${time}`);
  await double.client().runtime.reopenContainerLog({ containerId: record.id });
}

function callOf(call: RuntimeDouble["calls"][number]): CheckpointCall {
  const { containerId, location, timeout } = call.request;
  return {
    containerId: String(containerId),
    location: String(location),
    timeoutSeconds: Number(timeout),
    deadlineMs: call.deadlineMs,
    ended: call.ended.then(() => ({ cancelled: call.cancelled })),
  };
}
