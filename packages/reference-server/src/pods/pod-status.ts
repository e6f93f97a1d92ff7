import { ContainerState, type ContainerStatus } from "@kubelet-conformance/cri";
import type { BehaviourValues } from "@kubelet-conformance/types";
import type { Container } from "./pod.ts";
import type { PodState } from "./pod-worker.ts";

export interface StatusContext {
  /** Which members this minor writes. */
  members: BehaviourValues["pod-status-members"];
  /** `containerd`, `cri-o`: the scheme of container ids. */
  runtimeName: string;
  /** Addresses of the node, where an API server knows it. */
  hostIps: readonly string[];
}

type Content = Record<string, unknown>;

/** The status that a kubelet gives a static pod: generateAPIPodStatus, members in the order of the Go types. */
export function podStatus(state: PodState, context: StatusContext): Content {
  const { spec } = state.pod;
  if (state.rejection) {
    const { reason, message } = state.rejection;
    return { phase: "Failed", message, reason, startTime: seconds(state.startTime), qosClass: qosClass(spec.containers) };
  }
  const init = (spec.initContainers ?? []).map((container) => containerStatus(state, container, "init", context));
  const main = spec.containers
    .map((container) => containerStatus(state, container, "main", context))
    .toSorted((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1));
  const ephemeral = (spec.ephemeralContainers ?? [])
    .map((container) => containerStatus(state, container, "ephemeral", context))
    .toSorted((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1));
  const generation = observedGeneration(state, context.members);
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase: phaseOf(state),
    conditions: conditionsOf(state, main, context),
    ...addressesOf(state, context),
    startTime: seconds(state.startTime),
    ...(init.length > 0 ? { initContainerStatuses: init } : {}),
    containerStatuses: main,
    qosClass: qosClass(spec.containers),
    ...(ephemeral.length > 0 ? { ephemeralContainerStatuses: ephemeral } : {}),
    ...(context.members.podResources ? { resources: {} } : {}),
  };
}

/** A static pod has none. */
function observedGeneration({ pod }: PodState, members: StatusContext["members"]): number | undefined {
  const generation = pod.metadata["generation"];
  return members.observedGeneration && typeof generation === "number" ? generation : undefined;
}

function addressesOf({ ips, pod, sandboxId }: PodState, { hostIps, members }: StatusContext): Content {
  const [hostIP] = hostIps;
  if (hostIP === undefined) return {};
  const podIps = pod.spec.hostNetwork === true ? hostIps : ips;
  const [podIP] = sandboxId === undefined ? [] : podIps;
  const list = (addresses: readonly string[]): Content[] => addresses.map((ip) => ({ ip }));
  return {
    hostIP,
    ...(members.hostIps ? { hostIPs: list(hostIps) } : {}),
    ...(podIP === undefined ? {} : { podIP, podIPs: list(podIps) }),
  };
}

/** Whether nothing of the pod will run any more. */
export function hasEnded(state: PodState): boolean {
  return ["Succeeded", "Failed"].includes(phaseOf(state));
}

function phaseOf({ pod, containers, waiting, initializedAt, end }: PodState): string {
  if (end === "ended") return pod.spec.containers.every(({ name }) => containers.get(name)?.exitCode === 0) ? "Succeeded" : "Failed";
  if (initializedAt === undefined) return "Pending";
  const statuses = pod.spec.containers.map(({ name }) => containers.get(name));
  const isAbsent = pod.spec.containers.some(({ name }) => !containers.has(name) && waiting.has(name));
  if (isAbsent || statuses.some((status) => status === undefined)) return "Pending";
  const isOver = (status?: ContainerStatus) => status?.state === ContainerState.CONTAINER_EXITED;
  if (!statuses.every(isOver) || pod.spec.restartPolicy === "Always") return "Running";
  return statuses.every((status) => status?.exitCode === 0) ? "Succeeded" : "Failed";
}

function conditionsOf(state: PodState, main: readonly Content[], { members }: StatusContext): Content[] {
  const { startTime, initializedAt, sandboxId } = state;
  const unready = main
    .filter((status) => status["ready"] !== true)
    .map((status) => String(status["name"]))
    .toSorted();
  const condition = (type: string, holds: boolean, since: Date, why?: { reason: string; message: string }): Content => {
    const before = state.conditions.get(type);
    const now = before === undefined ? { holds, since } : before.holds === holds ? before : { holds, since: new Date() };
    state.conditions.set(type, now);
    return {
      type,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      status: holds ? "True" : "False",
      lastProbeTime: null,
      lastTransitionTime: seconds(now.since),
      ...why,
    };
  };
  const generation = observedGeneration(state, members);
  const notReady =
    unready.length === 0 ? undefined : { reason: "ContainersNotReady", message: `containers with unready status: [${unready.join(" ")}]` };
  const notInitialized = {
    reason: "ContainersNotInitialized",
    message: `containers with incomplete status: [${(state.pod.spec.initContainers ?? []).map(({ name }) => name).join(" ")}]`,
  };
  return [
    ...(members.podReadyToStartContainers ? [condition("PodReadyToStartContainers", sandboxId !== undefined, startTime)] : []),
    condition("Initialized", initializedAt !== undefined, initializedAt ?? startTime, initializedAt ? undefined : notInitialized),
    condition("Ready", notReady === undefined, startTime, notReady),
    condition("ContainersReady", notReady === undefined, startTime, notReady),
    condition("PodScheduled", true, startTime),
  ];
}

function containerStatus(
  state: PodState,
  container: Container,
  kind: "init" | "main" | "ephemeral",
  { members, runtimeName }: StatusContext,
): Content {
  const status = state.containers.get(container.name);
  const waiting = state.waiting.get(container.name);
  const id = status === undefined ? undefined : `${runtimeName}://${status.id}`;
  const isRunning = status?.state === ContainerState.CONTAINER_RUNNING;
  const hasEndedWell = status?.state === ContainerState.CONTAINER_EXITED && status.exitCode === 0;
  const showsStarted = kind === "main" || (kind === "init" && members.initStarted);
  const ready = { init: container.restartPolicy === "Always" ? isRunning : hasEndedWell, main: isRunning, ephemeral: false };
  return {
    name: container.name,
    state: stateOf(status, waiting, id, state.initializedAt === undefined && kind === "main"),
    lastState: lastState(state, container.name, runtimeName),
    ready: ready[kind],
    restartCount: status?.metadata?.attempt ?? 0,
    image: container.image,
    imageID: status?.imageId === "" ? status.imageRef : (status?.imageId ?? ""),
    ...(id === undefined ? {} : { containerID: id }),
    ...(showsStarted ? { started: isRunning } : {}),
    ...(status !== undefined && members.containerResources ? { resources: {} } : {}),
    ...(status !== undefined && members.containerUser ? { user: userOf(status) } : {}),
  };
}

/** How the container last ended: convertToAPIContainerStatuses. */
function lastState(state: PodState, name: string, runtimeName: string): Content {
  const ended = lastEnded(state, name);
  return ended === undefined ? {} : stateOf(ended, undefined, `${runtimeName}://${ended.id}`, false);
}

/** The instance of a container that ended last and is not the current one; undefined: there is none. */
export function lastEnded({ containers, previous, waiting }: PodState, name: string): ContainerStatus | undefined {
  // What waits to be started again is itself the last one that ended.
  const last = waiting.has(name) ? containers.get(name) : previous.get(name);
  return last?.state === ContainerState.CONTAINER_EXITED ? last : undefined;
}

function stateOf(
  status: ContainerStatus | undefined,
  waiting: { reason: string; message?: string } | undefined,
  containerID: string | undefined,
  isInitializing: boolean,
): Content {
  if (waiting !== undefined) return { waiting: { ...waiting } };
  if (status === undefined) return { waiting: { reason: isInitializing ? "PodInitializing" : "ContainerCreating" } };
  if (status.state === ContainerState.CONTAINER_RUNNING) return { running: { startedAt: fromNanoseconds(status.startedAt) } };
  return {
    terminated: {
      exitCode: status.exitCode,
      reason: status.reason === "" ? (status.exitCode === 0 ? "Completed" : "Error") : status.reason,
      ...(status.message === "" ? {} : { message: status.message }),
      startedAt: fromNanoseconds(status.startedAt),
      finishedAt: fromNanoseconds(status.finishedAt),
      containerID,
    },
  };
}

function userOf({ user }: ContainerStatus): Content {
  const { uid = 0n, gid = 0n, supplementalGroups = [] } = user?.linux ?? {};
  const groups = supplementalGroups.length > 0 ? supplementalGroups : [0n];
  return { linux: { uid: Number(uid), gid: Number(gid), supplementalGroups: groups.map(Number) } };
}

export function qosClass(containers: readonly Container[]): string {
  const demands = containers.map((container) => container["resources"] as { requests?: object; limits?: object } | undefined);
  return demands.every((demand) => Object.keys(demand?.requests ?? {}).length + Object.keys(demand?.limits ?? {}).length === 0)
    ? "BestEffort"
    : "Burstable";
}

function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function fromNanoseconds(time: bigint): string {
  return seconds(new Date(Number(time / 1_000_000n)));
}
