import type { JsonObject } from "@kubelet-conformance/control-plane";
import type { Clock } from "../clock.ts";
import type { RuntimeService } from "../pods/runtime-service.ts";

const mostNames = 5;

/** A kubelet looks at its images this often, however often it reports them. */
const refreshMs = 30_000;

/** The images of the node as a node object has them. Rejects when the runtime does. */
export type ImageList = () => Promise<readonly JsonObject[]>;

export function createImageList(runtime: RuntimeService, most: number, clock: Clock): ImageList {
  let last: { at: number; images: readonly JsonObject[] } | undefined;
  return async () => {
    if (last === undefined || clock.elapsed() - last.at >= refreshMs) last = { at: clock.elapsed(), images: await imagesOf(runtime, most) };
    return last.images;
  };
}

/** Largest first, and at most so many; -1: all. */
async function imagesOf({ client, operations }: RuntimeService, most: number): Promise<JsonObject[]> {
  const { images } = await operations.run("list_images", () => client.image.listImages({}));
  const largestFirst = images.toSorted((a, b) => (a.size > b.size ? -1 : a.size < b.size ? 1 : 0));
  return (most < 0 ? largestFirst : largestFirst.slice(0, most)).map(({ repoDigests, repoTags, size }) => ({
    names: [...repoDigests, ...repoTags].slice(0, mostNames),
    sizeBytes: Number(size),
  }));
}
