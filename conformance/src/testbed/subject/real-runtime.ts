import { connectRuntime } from "@kubelet-conformance/cri";
import { UsageError } from "../../errors.ts";

/** A real runtime to put under the kubelet. */
export interface RealRuntime {
  /** `unix:///path`. */
  endpoint: string;
  /** An image that it has, with a shell. */
  image: string;
  /** How much memory the container of the `large` scenarios holds, in MiB. */
  memoryMiB: number;
}

/**
 * Makes sure that a runtime may be used. Throws a UsageError where it runs pods already: to a second kubelet they are orphans, which it
 * kills (HandlePodCleanups in pkg/kubelet/kubelet_pods.go).
 */
export async function requireFreeRuntime({ endpoint, image }: RealRuntime): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new UsageError("root-needed", `--runtime ${endpoint}: only root can put a kubelet on a real runtime; run this as root`);
  const client = await connectRuntime(endpoint).catch((error: unknown) => {
    throw new UsageError("runtime-unusable", `--runtime: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  try {
    const { items } = await client.runtime.listPodSandbox({});
    if (items.length > 0) {
      const pods = items.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`).slice(0, 3);
      throw new UsageError(
        "runtime-in-use",
        `--runtime ${endpoint}: it runs ${items.length} pods already (${pods.join(", ")}), which the testbed's kubelet would kill: use a runtime without pods`,
      );
    }
    const { image: found } = await client.image.imageStatus({ image: { image } });
    if (!found) {
      const { images } = await client.image.listImages({});
      const tags = images.flatMap(({ repoTags }) => repoTags).slice(0, 5);
      throw new UsageError(
        "image-absent",
        `--runtime ${endpoint}: it has no image ${image}; pull one with a shell, or name it with --image${tags.length > 0 ? ` (there are ${tags.join(", ")})` : ""}`,
      );
    }
  } finally {
    await client.close();
  }
}
