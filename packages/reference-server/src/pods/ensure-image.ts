import type { Container } from "./pod.ts";
import type { WaitingReason } from "./pod-worker.ts";
import type { RuntimeService } from "./runtime-service.ts";

/** The image id to run, or why the container has to wait: EnsureImageExists of the kubelet's image manager. */
export async function ensureImage(
  { image, imagePullPolicy }: Container,
  { client, operations }: RuntimeService,
): Promise<{ id: string } | WaitingReason> {
  const request = { image: { image } };
  const present = await operations.run("image_status", () => client.image.imageStatus(request));
  const id = present.image?.id;
  if (id !== undefined && imagePullPolicy !== "Always") return { id };
  if (imagePullPolicy === "Never") {
    return {
      reason: "ErrImageNeverPull",
      message: `Container image "${image}" is not present with pull policy of Never`,
    };
  }
  try {
    const { imageRef } = await operations.run("pull_image", () => client.image.pullImage(request));
    return { id: imageRef };
  } catch (error) {
    return { reason: "ErrImagePull", message: error instanceof Error ? error.message : String(error) };
  }
}
