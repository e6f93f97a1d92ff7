import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerStatus } from "@kubelet-conformance/cri";
import type { Pod } from "./pod.ts";

/** The link under which a node's log collectors find the log of a container: legacyLogSymlink of the kubelet's runtime manager. */
export async function linkLog(directory: string, { metadata }: Pod, container: string, { id, logPath }: ContainerStatus): Promise<void> {
  await mkdir(directory, { recursive: true });
  const link = join(directory, `${metadata.name}_${metadata.namespace}_${container}-${id}.log`);
  await rm(link, { force: true });
  await symlink(logPath, link);
}
