import { afresh, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer, parseJson } from "../engine/expectation.ts";
import { maskedValue } from "@kubelet-conformance/exchange";

/** What checks read of a pod; everything is optional because the kubelet under test may leave it out. */
export interface PodView {
  kind?: unknown;
  apiVersion?: unknown;
  metadata?: { name?: unknown; namespace?: unknown; uid?: unknown; annotations?: Record<string, unknown> };
  spec?: { nodeName?: unknown; containers?: { name?: unknown }[]; tolerations?: Record<string, unknown>[] };
  status?: { containerStatuses?: ContainerStatusView[]; initContainerStatuses?: ContainerStatusView[] };
}

export interface ContainerStatusView {
  name?: unknown;
  containerID?: unknown;
  restartCount?: unknown;
  image?: unknown;
  state?: { running?: { startedAt?: unknown } };
}

/** The items of a pod list; fails the requirement when the answer is none. */
export async function podsOf(context: CheckContext, target = "/pods"): Promise<PodView[]> {
  const response = await context.read({ target });
  const body = parseJson(response)?.value;
  if (response.status !== 200 || typeof body !== "object" || body === null || !("items" in body)) {
    throw new Broken("a pod list", describeAnswer(response));
  }
  const { items } = body;
  if (items !== null && !Array.isArray(items)) throw new Broken("items that are a list or null", maskedValue(items));
  return (items ?? []).map((item: unknown) => {
    if (!isPodView(item)) throw new Broken("pods with the shape of Kubernetes pods", JSON.stringify(item) ?? "nothing");
    return item;
  });
}

/** Whether what checks read of a pod is there as objects and lists, or not there at all. */
function isPodView(value: unknown): value is PodView {
  const places = [
    ["metadata"],
    ["metadata", "annotations"],
    ["spec"],
    ["spec", "containers", "*"],
    ["spec", "tolerations", "*"],
    ["status"],
    ["status", "containerStatuses", "*"],
    ["status", "initContainerStatuses", "*"],
    ["status", "containerStatuses", "*", "state"],
    ["status", "containerStatuses", "*", "state", "running"],
  ];
  return isObject(value) && places.every((place) => isObjectAt(value, place));
}

function isObjectAt(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (value === undefined || value === null) return true;
  if (name === undefined) return isObject(value);
  if (name === "*") return Array.isArray(value) && value.every((item) => isObject(item) && isObjectAt(item, rest));
  return isObject(value) && isObjectAt(new Map(Object.entries(value)).get(name), rest);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The pods of the list, at least one. */
export async function somePodsOf(context: CheckContext, target?: string): Promise<PodView[]> {
  const pods = await podsOf(context, target);
  if (pods.length === 0) throw new Broken("at least one pod", "an empty list");
  return pods;
}

/** `namespace/name` of a pod, for messages. */
export function nameOf({ metadata }: PodView): string {
  return `${String(metadata?.namespace)}/${String(metadata?.name)}`;
}

/** The pod of a reference in a list, if it is there. */
export function findPod(pods: readonly PodView[], reference: { namespace: string; pod: string } | undefined): PodView | undefined {
  return pods.find(({ metadata }) => metadata?.namespace === reference?.namespace && metadata?.name === reference?.pod);
}

/** The status of the opted-in container, as /pods has it now. */
export async function checkpointedStatus(context: CheckContext): Promise<ContainerStatusView> {
  const { checkpoint } = context.target;
  const pod = findPod(await podsOf(afresh(context)), checkpoint);
  const status = pod?.status?.containerStatuses?.find(({ name }) => name === checkpoint?.container);
  if (!status) throw new Broken("a status of the opted-in container on /pods", pod ? `a pod without it: ${nameOf(pod)}` : "no such pod");
  return status;
}

/** A container's id without the runtime's prefix. */
export function bareContainerId({ containerID }: ContainerStatusView): string {
  return String(containerID).replace(/^[^:]+:\/\//, "");
}
