import { statfs } from "node:fs/promises";
import { connectRuntime } from "@kubelet-conformance/cri";
import { TemporaryDirectoryError } from "@kubelet-conformance/reference-server/temporary-directory";
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

const mebibyte = 1024 * 1024;
/** A shell copies its variables while it fills them, CRIU and the runtime copy all of it once more. */
const memoryTimes = 4;
/** So many archives can be left by the time that the `large` scenarios end. */
const archives = 16;

/** What there is of memory, and of room in the directory that archives go to, in bytes. */
export interface Room {
  memory: number;
  disk: number;
}

/** Throws a TemporaryDirectoryError. */
export async function roomHere(directory: string): Promise<Room> {
  const { bavail, bsize } = await statfs(directory).catch((error: unknown) => {
    throw new TemporaryDirectoryError(error);
  });
  return { memory: process.availableMemory(), disk: bavail * bsize };
}

/** Makes sure that a large container and its archives fit. Throws a UsageError that says what is short. */
export function requireRoom({ memoryMiB }: RealRuntime, { memory, disk }: Room, directory: string): void {
  const short = (what: string, has: number, times: number): void => {
    if (has >= memoryMiB * times * mebibyte) return;
    const [needed, there] = [memoryMiB * times, Math.floor(has / mebibyte)];
    throw new UsageError(
      "room-short",
      `the scenarios "large" and "large-deadline" need ${needed} MiB of ${what}, and ${there} are free: make room, give them a smaller container with --memory (now ${memoryMiB}), or leave them out with --scenario`,
    );
  };
  short("memory", memory, memoryTimes);
  short(`disk in ${directory} (TMPDIR)`, disk, archives);
}
