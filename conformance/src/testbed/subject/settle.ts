import { setTimeout as delay } from "node:timers/promises";
import { TargetError } from "../../errors.ts";
import { findPod, type PodView } from "../../checks/kubelet-state.ts";
import type { ContainerReference, Target } from "../../target/target.ts";
import { createTransport } from "../../target/transport.ts";
import type { Send, WireResponse } from "../../target/wire.ts";

export interface SettleOptions {
  target: Target;
  authority: string;
  /** Aborts when there is nothing left to wait for. */
  signal: AbortSignal;
  /** Default 60,000. */
  limitMs?: number;
  /** What the kubelet said so far. */
  log: () => readonly string[];
}

const pollMs = 50;

/**
 * Waits until the kubelet reports its pod as it will stay: one container running, one ended, one waiting, and the API server's pod with it. Rejects with a TargetError that says how
 * far it got.
 */
export async function settle({ target, authority, signal, limitMs = 60_000, log }: SettleOptions): Promise<void> {
  const transport = createTransport({ server: target.server, tls: { ca: authority }, timeoutMs: 10_000 });
  const deadline = performance.now() + limitMs;
  let missing = "an answer on its port";
  try {
    for (;;) {
      signal.throwIfAborted();
      const lack = await missingOf(target, transport.send, signal);
      if (lack === undefined) return;
      missing = lack;
      if (performance.now() > deadline) {
        const seconds = limitMs / 1000;
        throw new TargetError("kubelet-not-ready", `the kubelet still lacks ${missing} after ${seconds} s`, { detail: log().slice(-20) });
      }
      await delay(pollMs, undefined, { signal });
    }
  } catch (error) {
    // An aborted wait says "aborted"; the reason says why.
    throw signal.aborted ? signal.reason : error;
  } finally {
    transport.close();
  }
}

async function missingOf(target: Target, send: Send, signal: AbortSignal): Promise<string | undefined> {
  const get = (path: string): Promise<WireResponse | undefined> =>
    send({ method: "GET", target: path, listener: "main", client: target.credentials ?? { name: "none" }, signal }).catch(() => undefined);
  const response = await get("/pods");
  if (response === undefined) return "an answer on its port";
  if (response.status !== 200) return `a list of pods: GET /pods answers ${response.status} ${response.body.toString().slice(0, 200)}`;
  const pod = podIn(response, target.running);
  if (pod === undefined) return `the pod ${target.running?.namespace}/${target.running?.pod} on /pods`;
  const lack = stateMissing(pod, target) ?? apiPodMissing(podIn(response, target.ephemeral), target);
  if (lack !== undefined || target.facts.debuggingHandlers === false) return lack;
  const running = await get("/runningpods/");
  // A kubelet without that path has nothing to wait for.
  if (running?.status !== 200) return undefined;
  // From a cache: the sandbox may be there before its containers are.
  const there = namesIn(podIn(running, target.running));
  const absent = [target.running, target.second].find((container) => container && !there.includes(container.container));
  return absent && `container "${absent.container}" on /runningpods/`;
}

/** Everything is optional: the kubelet under test may leave it out. */
interface States {
  running?: unknown;
  waiting?: { reason?: unknown };
  terminated?: unknown;
}

function stateMissing(pod: PodView, { running, restarted, second, waiting, ended }: Target): string | undefined {
  for (const container of [running, second, restarted]) {
    if (container && !stateOf(pod, container.container)?.running) return `a running container "${container.container}"`;
  }
  if (!stateOf(pod, ended?.container)?.terminated) return `an ended container "${ended?.container}"`;
  if (!stateOf(pod, waiting?.container)?.waiting) return `a waiting container "${waiting?.container}"`;
  return undefined;
}

/** Only where the scenario has such a pod. */
function apiPodMissing(pod: PodView | undefined, { sidecar, ephemeral }: Target): string | undefined {
  for (const container of [sidecar, ephemeral]) {
    if (container && !stateOf(pod, container.container)?.running) return `a running container "${container.container}" of ${container.pod}`;
  }
  return undefined;
}

function stateOf(pod: PodView | undefined, name: string | undefined): States | undefined {
  const status = pod?.status as Statuses | undefined; // As States: all optional.
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = status ?? {};
  return [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses].find((one) => one.name === name)?.state;
}

interface Statuses {
  containerStatuses?: Status[];
  initContainerStatuses?: Status[];
  ephemeralContainerStatuses?: Status[];
}

function namesIn(pod: PodView | undefined): unknown[] {
  const spec = pod?.spec as { containers?: { name?: unknown }[] | null } | undefined; // As States: all optional.
  return (spec?.containers ?? []).map(({ name }) => name);
}

interface Status {
  name?: unknown;
  state?: States;
}

function podIn(response: WireResponse, container: ContainerReference | undefined): PodView | undefined {
  try {
    const list: unknown = JSON.parse(response.body.toString());
    const items = typeof list === "object" && list !== null && "items" in list ? list.items : undefined;
    // Every member of PodView is optional and unknown, so any JSON object is one.
    return Array.isArray(items) ? findPod(items as PodView[], container) : undefined;
  } catch {
    return undefined;
  }
}
