import type { Container, Pod } from "./pod.ts";
import type { WaitingReason, WorkerContext } from "./pod-worker.ts";

/** The image id to run, or why the container has to wait: EnsureImageExists of the kubelet's image manager. */
export async function ensureImage(
  container: Container,
  pod: Pod,
  { runtime: { client, operations }, events }: WorkerContext,
): Promise<{ id: string } | WaitingReason> {
  const { image, imagePullPolicy } = container;
  const request = { image: { image } };
  const present = await operations.run("image_status", () => client.image.imageStatus(request));
  const id = present.image?.id;
  if (id !== undefined && imagePullPolicy !== "Always") {
    events.pulled(pod, container);
    return { id };
  }
  if (imagePullPolicy === "Never") {
    return {
      reason: "ErrImageNeverPull",
      message: `Container image "${image}" is not present with pull policy of Never`,
    };
  }
  events.pulling(pod, container);
  const startedAt = performance.now();
  try {
    const { imageRef } = await operations.run("pull_image", () => client.image.pullImage(request));
    events.pulledAnew(pod, container, performance.now() - startedAt, present.image?.size ?? 0n);
    return { id: imageRef };
  } catch (error) {
    return { reason: "ErrImagePull", message: error instanceof Error ? error.message : String(error) };
  }
}
