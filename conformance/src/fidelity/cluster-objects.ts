import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "@kubelet-conformance/control-plane";

/** What the API server held of a recorded node, some seconds after it had joined. */
export interface ClusterObjects {
  node: JsonObject;
  csiNode: JsonObject;
  lease: JsonObject;
  events: readonly JsonObject[];
  pods: readonly JsonObject[];
}

/** Undefined where a version's folder has none. */
export async function loadClusterObjects(directory: string): Promise<ClusterObjects | undefined> {
  const read = async (name: string): Promise<JsonObject> =>
    // Written by an API server.
    JSON.parse(await readFile(join(directory, "cluster", `api-${name}.json`), "utf8")) as JsonObject;
  try {
    const [node, csiNode, lease, events, pods] = await Promise.all(["node", "csinode", "lease", "events", "pods"].map(read));
    if (node === undefined || csiNode === undefined || lease === undefined) return undefined;
    return { node, csiNode, lease, events: itemsOf(events), pods: itemsOf(pods) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function itemsOf(list: JsonObject | undefined): readonly JsonObject[] {
  // An API server's list.
  return (list?.["items"] ?? []) as readonly JsonObject[];
}
