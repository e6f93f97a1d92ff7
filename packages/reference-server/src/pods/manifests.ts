import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { kubernetesYaml } from "../yaml.ts";
import type { Logger } from "../log.ts";
import type { Pod } from "./pod.ts";

/** Reads the pods of a manifest file or directory. One that is broken is logged and left out, as the kubelet's file source does. */
export async function readManifests(path: string, build: (content: unknown, file: string) => Pod, logger: Logger): Promise<Pod[]> {
  const pods = new Map<string, Pod>();
  for (const file of await manifestFiles(path, logger)) {
    try {
      const pod = build(parse(await readFile(file, "utf8"), kubernetesYaml), file);
      pods.set(`${pod.metadata.namespace}/${pod.metadata.name}`, pod);
    } catch (error) {
      logger.error(`manifest ${file} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return [...pods.values()];
}

async function manifestFiles(path: string, logger: Logger): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry) => join(path, entry.name))
      .toSorted();
  } catch (error) {
    // A kubelet waits for the path to appear; it does not fail.
    logger.error(`static pod path ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}
