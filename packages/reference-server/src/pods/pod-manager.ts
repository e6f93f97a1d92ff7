import type { Logger } from "../log.ts";
import { podKey, type Pod } from "./pod.ts";
import { newPodState, syncPod, type PodState } from "./pod-worker.ts";
import type { RuntimeService } from "./runtime-service.ts";

export interface PodManagerOptions {
  pods: readonly Pod[];
  runtime: RuntimeService;
  logsDirectory: string;
  logLinksDirectory: string;
  logger: Logger;
}

/** The pods of this node and the loop that keeps them as their specs say. */
export interface PodManager {
  /** In the order in which they were found. */
  readonly states: readonly PodState[];
  find(namespace: string, name: string): PodState | undefined;
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

export function createPodManager({ pods, ...context }: PodManagerOptions): PodManager {
  const { logger } = context;
  const states = pods.map((pod) => newPodState(pod, new Date()));
  const byKey = new Map(states.map((state) => [podKey(state.pod.metadata.namespace, state.pod.metadata.name), state]));
  const settled = Promise.withResolvers<void>();
  let revision = 0;
  let lastLook = 0;
  let lastSync = Date.now();
  let lookAgainMs = firstLookMs;
  let underWay: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let fingerprint = "";

  async function look(): Promise<void> {
    clearTimeout(timer);
    for (const state of states) {
      try {
        await syncPod(state, context);
        lastSync = Date.now();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        logger.error(`pod ${state.pod.metadata.name} could not be synced: ${reason}`);
      }
    }
    lastLook = Date.now();
    const now = fingerprintOf(states);
    if (now !== fingerprint) revision++;
    fingerprint = now;
    const isSettled = states.every((state) => state.settled);
    if (isSettled) settled.resolve();
    lookAgainMs = isSettled ? restMs : Math.min(lookAgainMs * 2, relistMs);
    if (!stopped) timer = setTimeout(() => void lookOnce(), lookAgainMs).unref();
  }

  function lookOnce(): Promise<void> {
    return (underWay ??= look().finally(() => (underWay = undefined)));
  }

  void lookOnce();
  return {
    states,
    find: (namespace, name) => byKey.get(podKey(namespace, name)),
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
      // Nobody waits for pods of a kubelet that is gone.
      settled.resolve();
    },
  };
}

/** Everything of the states that shows in a status. */
function fingerprintOf(states: readonly PodState[]): string {
  return states
    .map(({ containers, waiting, initializedAt, sandboxId }) =>
      [
        sandboxId,
        initializedAt?.getTime(),
        ...[...containers.values()].map((status) => `${status.id}=${status.state}`),
        ...[...waiting].map(([name, { reason, message }]) => `${name}:${reason}:${message}`),
      ].join(","),
    )
    .join(";");
}
