import { ContainerState, type ContainerStatus } from "@kubelet-conformance/cri";
import { lastEnded } from "../pods/pod-status.ts";
import type { PodState } from "../pods/pod-worker.ts";

/** The container whose log is meant, or why there is none: validateContainerLogStatus. */
export function logSource(state: PodState, container: string, previous: boolean): ContainerStatus | string {
  const where = `container "${container}" in pod "${state.pod.metadata.name}"`;
  const last = lastEnded(state, container);
  if (previous) return last ?? `previous terminated ${where} not found`;
  const waiting = state.waiting.get(container);
  const current = state.containers.get(container);
  if (waiting === undefined && current !== undefined && current.state !== ContainerState.CONTAINER_CREATED) return current;
  if (last !== undefined) return last;
  return `${where} is waiting to start: ${waitingText(waiting?.reason ?? firstReason(state, container))}`;
}

function waitingText(reason: string): string {
  if (reason === "ErrImagePull") return "image can't be pulled";
  return reason === "ImagePullBackOff" ? "trying and failing to pull image" : reason;
}

function firstReason({ initializedAt, pod }: PodState, container: string): string {
  const isInit = pod.spec.initContainers?.some(({ name }) => name === container) === true;
  return initializedAt === undefined && !isInit ? "PodInitializing" : "ContainerCreating";
}
