import { ContainerState, type RuntimeClient } from "@kubelet-conformance/cri";
import type { RuntimeOperations } from "../metrics/runtime-operations.ts";
import { podLabels } from "./runtime-requests.ts";

/** A container as the runtime lists it, with the pod it belongs to. */
export interface ListedContainer {
  id: string;
  name: string;
  podName: string;
  namespace: string;
  podUid: string;
  imageId: string;
  running: boolean;
  /** Nanoseconds since the epoch. */
  createdAt: bigint;
}

/** The calls to the runtime that other parts of the kubelet make. Each is counted; a failing one rejects with the client's ConnectError. */
export interface RuntimeService {
  client: RuntimeClient;
  operations: RuntimeOperations;
  /** Containers of pods, newest first, asked for now: ListPodSandbox and ListContainers, as GetPods of the kubelet's runtime does. */
  listContainers(): Promise<ListedContainer[]>;
}

export function createRuntimeService(client: RuntimeClient, operations: RuntimeOperations): RuntimeService {
  async function listContainers(): Promise<ListedContainer[]> {
    const { items } = await operations.run("list_podsandbox", () => client.runtime.listPodSandbox({}));
    const { containers } = await operations.run("list_containers", () => client.runtime.listContainers({}));
    const sandboxes = new Set(items.map((sandbox) => sandbox.id));
    return containers
      .filter(({ labels, podSandboxId }) => labels[podLabels.container] !== undefined && sandboxes.has(podSandboxId))
      .map(({ id, labels, imageRef, imageId, state, createdAt }) => ({
        id,
        name: labels[podLabels.container] ?? "",
        podName: labels[podLabels.name] ?? "",
        namespace: labels[podLabels.namespace] ?? "",
        podUid: labels[podLabels.uid] ?? "",
        imageId: imageId === "" ? imageRef : imageId,
        running: state === ContainerState.CONTAINER_RUNNING,
        createdAt,
      }))
      .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
  }
  return { client, operations, listContainers };
}
