import type { ContainerReference, Target } from "./target.ts";

/** The little of a pod that discovery reads; every member may be missing on a kubelet that is not conformant. */
interface Pod {
  metadata?: { name?: string; namespace?: string; uid?: string };
  spec?: { nodeName?: string };
  status?: { containerStatuses?: ContainerStatus[]; initContainerStatuses?: ContainerStatus[] };
}

interface ContainerStatus {
  name?: string;
  state?: { running?: unknown; waiting?: unknown; terminated?: unknown };
}

/** The pods of a PodList body; undefined when it is none. */
export function parsePodList(body: string): Pod[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || !("kind" in parsed) || parsed.kind !== "PodList") return undefined;
  const items = "items" in parsed ? parsed.items : undefined;
  // Members are optional and read with `?.`; a list of something else yields no container.
  return Array.isArray(items) ? (items.filter((item) => typeof item === "object" && item !== null) as Pod[]) : [];
}

/** Containers to name in requests: of one pod where a pod offers several kinds, of the given pod where one is given. */
export function chooseContainers(
  pods: readonly Pod[],
  wanted?: ContainerReference,
): Pick<Target, "running" | "waiting" | "ended" | "nodeName"> {
  const candidates = wanted ? pods.filter((pod) => isPod(pod, wanted)) : pods;
  const choices = candidates.map(containersOf).toSorted((a, b) => Object.keys(b).length - Object.keys(a).length);
  const best = choices.find((choice) => choice.running) ?? {};
  if (wanted && best.running) best.running = { ...best.running, container: wanted.container };
  const nodeName = pods.find((pod) => pod.spec?.nodeName)?.spec?.nodeName;
  return { ...best, ...(nodeName === undefined ? {} : { nodeName }) };
}

/** Whether a container is in the list and its status says that it runs. */
export function findContainer(pods: readonly Pod[], wanted: ContainerReference): "running" | "not-running" | "no-container" | "no-pod" {
  const pod = pods.find((candidate) => isPod(candidate, wanted));
  if (!pod) return "no-pod";
  const status = statuses(pod).find(({ name }) => name === wanted.container);
  if (!status) return "no-container";
  return status.state?.running === undefined ? "not-running" : "running";
}

/** Names of a pod's containers, as far as they have a status. */
export function containerNames(pods: readonly Pod[], wanted: ContainerReference): string[] {
  return pods.filter((pod) => isPod(pod, wanted)).flatMap((pod) => statuses(pod).flatMap(({ name }) => name ?? []));
}

function containersOf(pod: Pod): Pick<Target, "running" | "waiting" | "ended"> {
  const { namespace = "", name = "", uid } = pod.metadata ?? {};
  const find = (state: "running" | "waiting" | "terminated"): ContainerReference | undefined => {
    const status = statuses(pod).find((candidate) => candidate.state?.[state] !== undefined);
    return status?.name === undefined ? undefined : { namespace, pod: name, container: status.name };
  };
  const [running, waiting, ended] = [find("running"), find("waiting"), find("terminated")];
  return {
    ...(running ? { running: { ...running, ...(uid === undefined ? {} : { uid }) } } : {}),
    ...(waiting ? { waiting } : {}),
    ...(ended ? { ended } : {}),
  };
}

function statuses({ status }: Pod): ContainerStatus[] {
  return [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
}

function isPod({ metadata }: Pod, { namespace, pod }: ContainerReference): boolean {
  return metadata?.namespace === namespace && metadata.name === pod;
}
