import type { ContainerReference, Target } from "./target.ts";

/** The little of a pod that discovery reads; what a broken kubelet sends in another shape counts as absent. */
interface Pod {
  namespace: string;
  name: string;
  uid: string | undefined;
  nodeName: string | undefined;
  containers: Status[];
  initContainers: Status[];
}

interface Status {
  name: string;
  state: "running" | "waiting" | "terminated" | undefined;
  /** Of a waiting container. */
  reason: unknown;
  /** It ran before, or was restarted. */
  started: boolean;
  /** An instance before this one has ended, and the runtime still knows it. */
  ended: boolean;
}

/** The pods of a PodList body; undefined when it is none. */
export function parsePodList(body: string): Pod[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  return member(parsed, "kind") === "PodList" ? list(member(parsed, "items")).map(readPod) : undefined;
}

/**
 * Containers to name in requests: of one pod where a pod offers several kinds, of the given pod where one is given. A container that does not
 * run must not begin to between discovery and a request, so `waiting` is one that cannot start by itself and `ended` an init container.
 */
export function chooseContainers(
  pods: readonly Pod[],
  wanted?: ContainerReference,
): Pick<Target, "running" | "waiting" | "ended" | "restarted" | "nodeName"> {
  const candidates = wanted ? pods.filter((pod) => isPod(pod, wanted)) : pods;
  const choices = candidates.map(containersOf).toSorted((a, b) => Object.keys(b).length - Object.keys(a).length);
  const best = choices.find((choice) => choice.running) ?? {};
  if (wanted && best.running) best.running = { ...best.running, container: wanted.container };
  const nodeName = pods.find((pod) => pod.nodeName)?.nodeName;
  // Of whatever pod: few containers have ended before.
  const restarted = choices.find((choice) => choice.restarted)?.restarted;
  return { ...best, ...(restarted ? { restarted } : {}), ...(nodeName === undefined ? {} : { nodeName }) };
}

/** Whether a container is in the list and its status says that it runs. */
export function findContainer(pods: readonly Pod[], wanted: ContainerReference): "running" | "not-running" | "no-container" | "no-pod" {
  const pod = pods.find((candidate) => isPod(candidate, wanted));
  if (!pod) return "no-pod";
  const status = [...pod.containers, ...pod.initContainers].find(({ name }) => name === wanted.container);
  if (!status) return "no-container";
  return status.state === "running" ? "running" : "not-running";
}

/** Names of a pod's containers, as far as they have a status. */
export function containerNames(pods: readonly Pod[], wanted: ContainerReference): string[] {
  return pods.filter((pod) => isPod(pod, wanted)).flatMap((pod) => [...pod.containers, ...pod.initContainers].map(({ name }) => name));
}

/** Reasons that nothing but a change of the pod's spec ends: no pull is tried, or none can be. */
const stuckReasons: readonly unknown[] = ["ErrImageNeverPull", "InvalidImageName"];

type Choice = Pick<Target, "running" | "waiting" | "ended" | "restarted">;

function containersOf({ namespace, name: pod, uid, containers, initContainers }: Pod): Choice {
  const reference = (status: Status | undefined): ContainerReference | undefined => status && { namespace, pod, container: status.name };
  const running = reference(containers.find(({ state }) => state === "running"));
  const waiting = reference(
    containers.find(({ state, reason, started }) => state === "waiting" && !started && stuckReasons.includes(reason)),
  );
  const restarted = reference(containers.find(({ state, ended }) => state === "running" && ended));
  const ended = reference(initContainers.find(({ state }) => state === "terminated"));
  return {
    ...(running ? { running: { ...running, ...(uid === undefined ? {} : { uid }) } } : {}),
    ...(waiting ? { waiting } : {}),
    ...(ended ? { ended } : {}),
    ...(restarted ? { restarted } : {}),
  };
}

function readPod(value: unknown): Pod {
  const [metadata, spec, status] = ["metadata", "spec", "status"].map((name) => member(value, name));
  return {
    namespace: text(member(metadata, "namespace")) ?? "",
    name: text(member(metadata, "name")) ?? "",
    uid: text(member(metadata, "uid")),
    nodeName: text(member(spec, "nodeName")),
    containers: list(member(status, "containerStatuses")).flatMap(readStatus),
    initContainers: list(member(status, "initContainerStatuses")).flatMap(readStatus),
  };
}

function readStatus(value: unknown): Status[] {
  const name = text(member(value, "name"));
  if (name === undefined) return [];
  const state = member(value, "state");
  const last = member(value, "lastState");
  const restarts = member(value, "restartCount");
  return [
    {
      name,
      state: (["running", "waiting", "terminated"] as const).find((kind) => member(state, kind) !== undefined),
      reason: member(member(state, "waiting"), "reason"),
      ended: text(member(member(last, "terminated"), "containerID")) !== undefined,
      started: member(last, "terminated") !== undefined || (restarts !== undefined && restarts !== 0),
    },
  ];
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Half of a surrogate pair is no text: nothing can ask for what has such a name. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.isWellFormed() ? value : undefined;
}

function isPod({ namespace, name }: Pod, wanted: ContainerReference): boolean {
  return namespace === wanted.namespace && name === wanted.pod;
}
