import { ContainerState } from "@kubelet-conformance/cri";
import type { Logger } from "../log.ts";
import { podKey, type Pod } from "./pod.ts";
import type { PodEvents } from "./pod-events.ts";
import { newPodState, syncPod, type PodState, type WorkerContext } from "./pod-worker.ts";
import type { RuntimeService } from "./runtime-service.ts";
import { forgetPod, stopPod } from "./stop-pod.ts";

export interface PodManagerOptions {
  /** Those that stay as long as the kubelet runs. */
  pods: readonly Pod[];
  runtime: RuntimeService;
  logsDirectory: string;
  logLinksDirectory: string;
  logger: Logger;
  events: PodEvents;
  devices?: WorkerContext["devices"];
  networkProblem: () => string | undefined;
}

/** The pods of this node and the loop that keeps them as their specs say. */
export interface PodManager {
  /** In the order in which they were found. */
  readonly states: readonly PodState[];
  find(namespace: string, name: string): PodState | undefined;
  /** The pods that an API server has for this node now: new ones start, changed ones follow, marked ones and missing ones end. */
  setRemotePods(pods: readonly Pod[]): void;
  /** Calls back after each look that found something else. */
  onChange(listener: () => void): void;
  /** Looks at the runtime again when the last look is more than a second old; never rejects, a failing runtime leaves what was known. */
  refresh(): Promise<void>;
  /** Grows with each look that found something else; what is made from `states` may be kept as long as it stays. */
  readonly revision: number;
  /** When the runtime was last looked at with success, milliseconds since the epoch. */
  readonly lastSync: number;
  readonly settled: Promise<void>;
  /** Ends the loop; a look that is under way ends first. */
  stop(): Promise<void>;
}

/** The kubelet's relist period, and what it waits between looks at pods that are at rest; a request in between looks at once. */
const relistMs = 1000;
const restMs = 10_000;
/** Init containers are looked at sooner at first: simulated programs end at once. */
const firstLookMs = 10;

export function createPodManager({ pods, ...given }: PodManagerOptions): PodManager {
  const { logger } = given;
  let states = pods.map((pod) => newPodState(pod, new Date()));
  const listeners: (() => void)[] = [];
  const settled = Promise.withResolvers<void>();
  const ending = new Set<Promise<void>>();
  let revision = 0;
  let lastLook = 0;
  let lastSync = Date.now();
  let lookAgainMs = firstLookMs;
  let underWay: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let fingerprint = "";

  const active = () => new Set(states.filter(({ end }) => end !== "ended").map(({ pod }) => pod.metadata.uid));
  const context: WorkerContext = { ...given, active };

  async function look(): Promise<void> {
    clearTimeout(timer);
    lookAgainMs = Math.min(lookAgainMs * 2, relistMs);
    for (const state of states) {
      if (state.end !== undefined) continue;
      try {
        await syncPod(state, context);
        lastSync = Date.now();
        if (state.isRemote && isOver(state)) begin(state, 0);
      } catch (error) {
        logger.error(`pod ${state.pod.metadata.name} could not be synced: ${reasonOf(error)}`);
      }
    }
    lastLook = Date.now();
    // Pods that are over keep nothing waiting.
    if (states.every(({ end }) => end !== undefined)) lastSync = lastLook;
    announce();
    const isSettled = states.every((state) => state.settled || state.end !== undefined);
    if (isSettled) settled.resolve();
    // New pods that came meanwhile have asked for a look of their own.
    const waitMs = isSettled && lookAgainMs > firstLookMs ? restMs : lookAgainMs;
    if (!stopped) timer = setTimeout(() => void lookOnce(), waitMs).unref();
  }

  function announce(): void {
    const now = fingerprintOf(states);
    if (now === fingerprint) return;
    fingerprint = now;
    revision++;
    for (const listener of listeners) listener();
  }

  function lookOnce(): Promise<void> {
    return (underWay ??= look().finally(() => (underWay = undefined)));
  }

  function lookSoon(): void {
    lookAgainMs = firstLookMs / 2;
    if (!stopped && underWay === undefined) void lookOnce();
  }

  /** Ends a pod; one that is gone from the API server is then forgotten. Runs beside the looks, which leave it alone. */
  function begin(state: PodState, graceSeconds: number): void {
    state.end = "stopping";
    const work = (async () => {
      await underWay;
      await stopPod(state, graceSeconds, context).catch((error: unknown) => {
        logger.error(`pod ${state.pod.metadata.name} could not be stopped: ${reasonOf(error)}`);
      });
      state.end = "ended";
      if (state.isGone) drop(state);
      announce();
    })();
    ending.add(work);
    void work.finally(() => ending.delete(work));
  }

  function drop(state: PodState): void {
    states = states.filter((other) => other !== state);
    const work = forgetPod(state, context).catch((error: unknown) => {
      logger.error(`pod ${state.pod.metadata.name} could not be removed: ${reasonOf(error)}`);
    });
    ending.add(work);
    void work.finally(() => ending.delete(work));
  }

  function setRemotePods(remote: readonly Pod[]): void {
    const wanted = new Map(remote.map((pod) => [pod.metadata.uid, pod]));
    for (const state of states.filter(({ isRemote }) => isRemote)) {
      const pod = wanted.get(state.pod.metadata.uid);
      wanted.delete(state.pod.metadata.uid);
      if (pod !== undefined) follow(state, pod);
      else {
        state.isGone = true;
        if (state.end === "ended") drop(state);
        if (state.end === undefined) begin(state, state.pod.spec.terminationGracePeriodSeconds ?? 30);
      }
    }
    for (const pod of wanted.values()) {
      const state: PodState = { ...newPodState(pod, new Date()), isRemote: true };
      // What was over before this kubelet started is not run again.
      if (["Succeeded", "Failed"].includes(phaseOf(pod))) state.end = "ended";
      states = [...states, state];
      follow(state, pod);
    }
    announce();
    lookSoon();
  }

  function follow(state: PodState, pod: Pod): void {
    if (pod.metadata["resourceVersion"] !== state.pod.metadata["resourceVersion"]) state.settled = false;
    state.pod = pod;
    const grace = pod.metadata["deletionGracePeriodSeconds"];
    if (pod.metadata["deletionTimestamp"] !== undefined && state.end === undefined) begin(state, typeof grace === "number" ? grace : 30);
  }

  void lookOnce();
  return {
    get states() {
      return states;
    },
    find(namespace, name) {
      const key = podKey(namespace, name);
      const named = states.filter(({ pod: { metadata } }) => podKey(metadata.namespace, metadata.name) === key);
      // One that ends may have a successor of its name.
      return named.findLast(({ end }) => end === undefined) ?? named.at(-1);
    },
    setRemotePods,
    onChange: (listener) => void listeners.push(listener),
    async refresh() {
      if (!stopped && (underWay !== undefined || Date.now() - lastLook >= relistMs)) await lookOnce();
    },
    get revision() {
      return revision;
    },
    get lastSync() {
      return lastSync;
    },
    settled: settled.promise,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await underWay;
      await Promise.all(ending);
      // Nobody waits for pods of a kubelet that is gone.
      settled.resolve();
    },
  };
}

/** Nothing of it will run again. */
function isOver({ pod: { spec }, containers, initializedAt }: PodState): boolean {
  if (spec.restartPolicy === "Always" || initializedAt === undefined) return false;
  return spec.containers.every(({ name }) => {
    const status = containers.get(name);
    return status?.state === ContainerState.CONTAINER_EXITED && (spec.restartPolicy === "Never" || status.exitCode === 0);
  });
}

function phaseOf(pod: Pod): string {
  const status = pod.status;
  return typeof status === "object" && status !== null && "phase" in status ? String(status.phase) : "";
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Everything of the states that shows in a status. */
function fingerprintOf(states: readonly PodState[]): string {
  return states
    .map(({ pod, containers, waiting, initializedAt, sandboxId, end }) =>
      [
        pod.metadata.uid,
        pod.metadata["resourceVersion"],
        end,
        sandboxId,
        initializedAt?.getTime(),
        ...[...containers.values()].map((status) => `${status.id}=${status.state}`),
        ...[...waiting].map(([name, { reason, message }]) => `${name}:${reason}:${message}`),
      ].join(","),
    )
    .join(";");
}
