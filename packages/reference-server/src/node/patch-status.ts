import { isDeepStrictEqual } from "node:util";
import { objectAt, objectsAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { ApiRefusal } from "../api-server/api-client.ts";
import { twoWayPatch } from "../api-server/two-way-patch.ts";
import type { NodeContext } from "./node-context.ts";

const mergeKeys = { "status.conditions": "type" };

/** Writes what differs in metadata and status: PatchNodeStatus. The node that the API server holds then; rejects with ApiRefusal. */
export async function patchStatus(
  before: JsonObject,
  after: JsonObject,
  { api, signal, state }: NodeContext,
  query = "",
): Promise<JsonObject> {
  const path = `/api/v1/nodes/${state.nodeName}/status${query}`;
  const answer = await api.send({ method: "PATCH", path, body: nodePatch(before, after), signal });
  if (answer.code !== 200) throw new ApiRefusal(answer);
  return answer.body;
}

function nodePatch(before: JsonObject, after: JsonObject): JsonObject {
  const [old, now] = [objectAt(before, "status"), objectAt(after, "status")];
  const addresses = objectsAt(now, "addresses");
  const movesAddresses = objectsAt(old, "addresses").length > 0 && !isDeepStrictEqual(old["addresses"], now["addresses"]);
  const patch = twoWayPatch(
    plain(before),
    plain({ ...after, spec: before["spec"], status: movesAddresses ? { ...now, addresses: old["addresses"] } : now }),
    mergeKeys,
  );
  if (!movesAddresses) return patch;
  // Addresses may repeat a type, by which a merge would tell them apart: they are replaced as a whole.
  return { ...patch, status: { ...objectAt(patch, "status"), addresses: [...addresses, { $patch: "replace" }] } };
}

/** Without members that JSON would leave out. */
function plain(object: JsonObject): JsonObject {
  // What was JSON is JSON again.
  return JSON.parse(JSON.stringify(object)) as JsonObject;
}

/** Whether anything but the times of heartbeats differs: nodeStatusHasChanged. */
export function hasChanged(before: JsonObject, after: JsonObject): boolean {
  return !isDeepStrictEqual(timeless(before), timeless(after));
}

function timeless(node: JsonObject): JsonObject {
  const status = objectAt(node, "status");
  const conditions = objectsAt(status, "conditions")
    .map((condition) => ({ ...condition, lastHeartbeatTime: undefined }))
    .toSorted((a, b) => (textAt(a, "type") < textAt(b, "type") ? -1 : 1));
  return plain({ ...status, conditions });
}
