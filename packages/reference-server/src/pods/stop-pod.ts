import { ContainerState } from "@kubelet-conformance/cri";
import { observe, type PodState, type WorkerContext } from "./pod-worker.ts";
import { podLabels } from "./runtime-requests.ts";

/** No container gets less than this to end by itself, but for one that is deleted by force. */
const leastGraceSeconds = 2;

/** Ends a pod's containers and its sandbox: SyncTerminatingPod. What is left of them in the runtime stays until `forgetPod`. Rejects when the runtime fails. */
export async function stopPod(state: PodState, graceSeconds: number, context: WorkerContext): Promise<void> {
  const { client, operations } = context.runtime;
  await observe(state, context.runtime);
  const { initContainers = [], containers, ephemeralContainers = [] } = state.pod.spec;
  const timeout = BigInt(Math.max(graceSeconds, leastGraceSeconds));
  const running = [...initContainers, ...containers, ...ephemeralContainers].flatMap((container) => {
    const status = state.containers.get(container.name);
    return status?.state === ContainerState.CONTAINER_RUNNING ? [{ container, id: status.id }] : [];
  });
  await Promise.all(
    running.map(async ({ container, id }) => {
      context.events.killing(state.pod, container);
      await operations.run("stop_container", () => client.runtime.stopContainer({ containerId: id, timeout }));
    }),
  );
  const podSandboxId = state.sandboxId;
  if (podSandboxId !== undefined) await operations.run("stop_podsandbox", () => client.runtime.stopPodSandbox({ podSandboxId }));
  await observe(state, context.runtime);
}

/** Removes what is left of a pod in the runtime. Rejects when the runtime fails. */
export async function forgetPod(state: PodState, { runtime: { client, operations } }: WorkerContext): Promise<void> {
  const labelSelector = { [podLabels.uid]: state.pod.metadata.uid };
  const { containers } = await operations.run("list_containers", () => client.runtime.listContainers({ filter: { labelSelector } }));
  for (const { id } of containers) await operations.run("remove_container", () => client.runtime.removeContainer({ containerId: id }));
  const { items } = await operations.run("list_podsandbox", () => client.runtime.listPodSandbox({ filter: { labelSelector } }));
  for (const { id } of items) await operations.run("remove_podsandbox", () => client.runtime.removePodSandbox({ podSandboxId: id }));
}
