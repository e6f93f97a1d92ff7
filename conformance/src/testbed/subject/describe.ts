import { minorOf } from "@kubelet-conformance/spec";
import type { RuntimeDouble } from "@kubelet-conformance/cri/double";
import type { CheckpointCall, RuntimeProbe, Target } from "../../target/target.ts";
import { requestTimeoutSeconds } from "../configuration.ts";
import type { Ground } from "../ground.ts";
import { podName, podNamespace } from "../pod.ts";
import { factsOf, type Scenario } from "../scenarios.ts";

/** Twenty times the pace of the opted-in container. */
const longestSilenceMs = 2_000;

export const nodeName = "testbed-node";

/** Where a started kubelet is, and what is known of it. */
export interface Place {
  server: string;
  kubernetesVersion: string;
  readOnlyPort?: number;
  healthzPort?: number;
  rootDirectory: string;
  /** The uid of its pod. */
  uid?: string | undefined;
}

/** What there is to test of a kubelet in a scenario. */
export function describeTarget(place: Place, ground: Ground, scenario: Scenario, runtime: RuntimeProbe | undefined): Target {
  const { uid, ...rest } = place;
  const pod = { namespace: podNamespace, pod: `${podName}-${nodeName}` };
  const running = { ...pod, container: "running" };
  return {
    ...rest,
    minor: minorOf(place.kubernetesVersion) ?? place.kubernetesVersion,
    versionSource: "declared",
    credentials: ground.administrator,
    identities: scenario.webhook ? ground.identities : {},
    facts: factsOf(scenario, place.kubernetesVersion),
    running: { ...running, ...(uid === undefined ? {} : { uid }) },
    waiting: { ...pod, container: "waiting" },
    ended: { ...pod, container: "ended" },
    checkpoint: running,
    second: { ...pod, container: "second" },
    longestSilenceMs,
    nodeName,
    nodeRoot: "/",
    ...(scenario.timeZone ? { timeZone: scenario.timeZone.offset } : {}),
    ...(runtime ? { runtime } : {}),
  };
}

/** The uid of the pod that the double runs. */
export function podUid({ state }: RuntimeDouble): string | undefined {
  const [sandbox] = state.sandboxes.values();
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
      };
    },
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
