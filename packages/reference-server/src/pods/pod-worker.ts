import { ContainerState, PodSandboxState, type ContainerStatus } from "@kubelet-conformance/cri";
import type { DeviceManager, DeviceOptions, Rejection } from "../device-plugins/device-manager.ts";
import type { Logger } from "../log.ts";
import { ensureImage } from "./ensure-image.ts";
import { linkLog } from "./log-link.ts";
import type { Container, Pod } from "./pod.ts";
import type { PodEvents } from "./pod-events.ts";
import { containerConfig, podLabels, sandboxConfig } from "./runtime-requests.ts";
import type { RuntimeService } from "./runtime-service.ts";

/** Why a container does not run yet. */
export interface WaitingReason {
  reason: string;
  message?: string;
}

/** What the kubelet knows of one pod's containers. */
export interface PodState {
  pod: Pod;
  /** When the kubelet took the pod up. */
  startTime: Date;
  sandboxId: string | undefined;
  /** When the last init container ended well. */
  initializedAt: Date | undefined;
  /** The newest container of each name. */
  containers: Map<string, ContainerStatus>;
  /** The one before it, where the runtime still has it. */
  previous: Map<string, ContainerStatus>;
  waiting: Map<string, WaitingReason>;
  /** Containers that crashed, and when they may start again. */
  backOff: Map<string, { until: number; delayMs: number }>;
  /** Whether the kubelet has decided that it takes the pod; `rejection` says why it does not. */
  admitted: boolean;
  rejection?: Rejection | undefined;
  /** Nothing is left to do until something changes in the runtime. */
  settled: boolean;
  /** Addresses that the runtime gave its sandbox; none in the host's network. */
  ips: readonly string[];
  /** Since when each of its conditions has the status that it has. */
  conditions: Map<string, { holds: boolean; since: Date }>;
  /** Where it is on its way out: told to end, ended. */
  end: "stopping" | "ended" | undefined;
  /** The API server tells of it, and of its end. */
  isRemote: boolean;
  /** The API server no longer has it. */
  isGone: boolean;
  /** Of the pod by which the API server knows a static one. */
  mirrorUid: string | undefined;
  /** When its events last complained of a container that cannot start. */
  complaints: Map<string, number>;
}

export interface WorkerContext {
  runtime: RuntimeService;
  logsDirectory: string;
  /** Where links to the containers' logs lie. */
  logLinksDirectory: string;
  logger: Logger;
  events: PodEvents;
  /** Who gives containers their devices; absent: no plugin can register. */
  devices?: Pick<DeviceManager, "admit" | "prepare"> | undefined;
  /** Uids of the pods that are not over. */
  active: () => ReadonlySet<string>;
  /** Why pods with addresses of their own cannot start now. */
  networkProblem: () => string | undefined;
}

/** An image that is missing is looked for at each sync; so often its pod's events say so. */
const complaintMs = 10_000;

/** The kubelet's restart back-off: 10 s, doubling to 5 min. */
const firstBackOffMs = 10_000;
const mostBackOffMs = 300_000;

export function newPodState(pod: Pod, startTime: Date): PodState {
  return {
    pod,
    startTime,
    sandboxId: undefined,
    initializedAt: undefined,
    containers: new Map(),
    previous: new Map(),
    waiting: new Map(),
    backOff: new Map(),
    admitted: false,
    settled: false,
    ips: [],
    conditions: new Map(),
    end: undefined,
    isRemote: false,
    isGone: false,
    mirrorUid: undefined,
    complaints: new Map(),
  };
}

/** Brings a pod one step nearer to what its spec says: SyncPod of the kubelet's runtime manager. Rejects when the runtime fails. */
export async function syncPod(state: PodState, context: WorkerContext): Promise<void> {
  if (!state.admitted) state.rejection = await context.devices?.admit(state.pod, context.active());
  state.admitted = true;
  if (state.rejection) {
    state.end = "ended";
    return;
  }
  await observe(state, context.runtime);
  state.settled = false;
  if (state.sandboxId === undefined) {
    const problem = state.pod.spec.hostNetwork === true ? undefined : context.networkProblem();
    if (problem !== undefined) {
      if (mayComplain(state, "")) context.events.networkNotReady(state.pod, problem);
      return;
    }
    state.sandboxId = await startSandbox(state, context);
    state.ips = await sandboxIps(state.sandboxId, state, context);
  }
  for (const container of state.pod.spec.ephemeralContainers ?? []) {
    // They wait for no init container, and are never started again.
    if (!state.containers.has(container.name)) await startIfDue(state, container, context);
  }
  for (const container of state.pod.spec.initContainers ?? []) {
    const status = state.containers.get(container.name);
    if (isSidecar(container)) {
      if (status?.state === ContainerState.CONTAINER_RUNNING) continue;
      await startIfDue(state, container, context);
      if (state.containers.get(container.name)?.state === ContainerState.CONTAINER_RUNNING) continue;
      return;
    }
    if (status?.state === ContainerState.CONTAINER_EXITED && status.exitCode === 0) continue;
    // Init containers run one after the other; the next sync looks at this one again.
    if (status?.state !== ContainerState.CONTAINER_RUNNING) await startIfDue(state, container, context);
    return;
  }
  state.initializedAt ??= new Date();
  for (const container of state.pod.spec.containers) {
    const status = state.containers.get(container.name);
    if (status?.state !== ContainerState.CONTAINER_RUNNING) await startIfDue(state, container, context);
  }
  const { containers, ephemeralContainers = [] } = state.pod.spec;
  const areDone = ephemeralContainers.every(({ name }) => state.containers.has(name) || state.waiting.has(name));
  state.settled = areDone && containers.every(({ name }) => isAtRest(state, name));
}

/** Reads the pod's sandbox and containers from the runtime. */
export async function observe(state: PodState, { client, operations }: RuntimeService): Promise<void> {
  const labelSelector = { [podLabels.uid]: state.pod.metadata.uid };
  const { items } = await operations.run("list_podsandbox", () => client.runtime.listPodSandbox({ filter: { labelSelector } }));
  state.sandboxId = items.find((sandbox) => sandbox.state === PodSandboxState.SANDBOX_READY)?.id;
  const { containers } = await operations.run("list_containers", () => client.runtime.listContainers({ filter: { labelSelector } }));
  const newest = containers.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const seen = new Map<string, ContainerStatus>();
  const previous = new Map<string, ContainerStatus>();
  for (const listed of newest) {
    const name = listed.labels[podLabels.container] ?? "";
    const known = [state.containers.get(name), state.previous.get(name)].find((status) => status?.id === listed.id);
    const isUnchanged = known?.state === listed.state;
    const status = isUnchanged
      ? known
      : (await operations.run("container_status", () => client.runtime.containerStatus({ containerId: listed.id }))).status;
    const before = seen.get(name);
    if (before !== undefined) previous.set(name, before);
    if (status !== undefined) seen.set(name, status);
  }
  state.containers = seen;
  state.previous = previous;
}

async function startSandbox({ pod }: PodState, { runtime, logsDirectory }: WorkerContext): Promise<string> {
  const config = sandboxConfig(pod, logsDirectory, 0);
  const { podSandboxId } = await runtime.operations.run("run_podsandbox", () => runtime.client.runtime.runPodSandbox({ config }));
  return podSandboxId;
}

async function sandboxIps(podSandboxId: string, { pod }: PodState, { runtime: { client, operations } }: WorkerContext): Promise<string[]> {
  if (pod.spec.hostNetwork === true) return [];
  const { status } = await operations.run("podsandbox_status", () => client.runtime.podSandboxStatus({ podSandboxId }));
  return [status?.network?.ip ?? "", ...(status?.network?.additionalIps ?? []).map(({ ip }) => ip)].filter((ip) => ip !== "");
}

async function startIfDue(state: PodState, container: Container, context: WorkerContext): Promise<void> {
  const { runtime, logsDirectory, logLinksDirectory, logger, events, devices } = context;
  const previous = state.containers.get(container.name);
  if (previous?.state === ContainerState.CONTAINER_EXITED) {
    const restartPolicy = isSidecar(container) ? "Always" : state.pod.spec.restartPolicy;
    if (restartPolicy === "Never" || (restartPolicy === "OnFailure" && previous.exitCode === 0)) return;
    if (!mayRestart(state, container.name)) {
      const { name, namespace, uid } = state.pod.metadata;
      const text = `Back-off restarting failed container ${container.name} in pod ${name}_${namespace}(${uid})`;
      complain(state, container, context, [["BackOff", text]]);
      return;
    }
  }
  const image = await ensureImage(container, state.pod, context);
  if ("reason" in image) {
    state.waiting.set(container.name, image);
    const first = image.reason === "ErrImageNeverPull" ? image.reason : "Failed";
    const text = image.reason === "ErrImagePull" ? `Failed to pull image "${container.image}": ${image.message}` : image.message;
    complain(state, container, context, [
      [first, text ?? ""],
      ["Failed", `Error: ${image.reason}`],
    ]);
    return;
  }
  const attempt = previous === undefined ? 0 : (previous.metadata?.attempt ?? 0) + 1;
  let granted: DeviceOptions | undefined;
  try {
    granted = await devices?.prepare(state.pod, container);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    state.waiting.set(container.name, { reason: "CreateContainerConfigError", message });
    complain(state, container, context, [["Failed", `Error: ${message}`]]);
    return;
  }
  try {
    const config = containerConfig(state.pod, container, image.id, attempt, granted);
    const { client, operations } = runtime;
    const { containerId } = await operations.run("create_container", () =>
      client.runtime.createContainer({
        podSandboxId: state.sandboxId ?? "",
        config,
        sandboxConfig: sandboxConfig(state.pod, logsDirectory, 0),
      }),
    );
    events.created(state.pod, container);
    await operations.run("start_container", () => client.runtime.startContainer({ containerId }));
    events.started(state.pod, container);
    const { status } = await operations.run("container_status", () => client.runtime.containerStatus({ containerId }));
    if (status !== undefined) {
      state.containers.set(container.name, status);
      await linkLog(logLinksDirectory, state.pod, container.name, status).catch((error: unknown) =>
        logger.error(`no link to the log of container ${container.name}: ${error instanceof Error ? error.message : String(error)}`),
      );
    }
    if (previous !== undefined) state.previous.set(container.name, previous);
    state.waiting.delete(container.name);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    logger.error(`container ${container.name} of pod ${state.pod.metadata.name} does not start: ${message}`);
    state.waiting.set(container.name, { reason: "CreateContainerError", message });
    complain(state, container, context, [["Failed", `Error: ${message}`]]);
  }
}

function complain(
  state: PodState,
  container: Container,
  { events }: WorkerContext,
  warnings: readonly (readonly [reason: string, message: string])[],
): void {
  if (!mayComplain(state, container.name)) return;
  for (const [reason, message] of warnings) events.warn(state.pod, container, reason, message);
}

function mayComplain({ complaints }: PodState, about: string): boolean {
  const now = Date.now();
  if (now - (complaints.get(about) ?? 0) < complaintMs) return false;
  complaints.set(about, now);
  return true;
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === "Always";
}

function mayRestart(state: PodState, name: string): boolean {
  const last = state.backOff.get(name);
  if (last === undefined) {
    state.backOff.set(name, { until: Date.now() + firstBackOffMs, delayMs: firstBackOffMs });
    return true;
  }
  if (Date.now() < last.until) {
    const { name: podName, namespace, uid } = state.pod.metadata;
    state.waiting.set(name, {
      reason: "CrashLoopBackOff",
      message: `back-off ${last.delayMs / 1000}s restarting failed container=${name} pod=${podName}_${namespace}(${uid})`,
    });
    return false;
  }
  const delayMs = Math.min(last.delayMs * 2, mostBackOffMs);
  state.backOff.set(name, { until: Date.now() + delayMs, delayMs });
  return true;
}

function isAtRest({ containers, waiting, pod }: PodState, name: string): boolean {
  const status = containers.get(name);
  if (status === undefined) return waiting.has(name);
  if (status.state === ContainerState.CONTAINER_RUNNING) return true;
  return pod.spec.restartPolicy !== "Always" || waiting.has(name);
}
