import type { JsonObject } from "@kubelet-conformance/control-plane";
import type { RuntimeService } from "../pods/runtime-service.ts";

const mostNames = 5;

/** The images of the node, largest first, and at most so many; -1: all. Rejects when the runtime does. */
export async function imagesOf({ client, operations }: RuntimeService, most: number): Promise<JsonObject[]> {
  const { images } = await operations.run("list_images", () => client.image.listImages({}));
  const largestFirst = images.toSorted((a, b) => (a.size > b.size ? -1 : a.size < b.size ? 1 : 0));
  return (most < 0 ? largestFirst : largestFirst.slice(0, most)).map(({ repoDigests, repoTags, size }) => ({
    names: [...repoDigests, ...repoTags].slice(0, mostNames),
    sizeBytes: Number(size),
  }));
}
