import { isObject, objectAt, type JsonObject, type KubeObject } from "../api/json.ts";
import { resourceOf } from "../api/resources.ts";
import { badRequest, methodNotAllowed } from "../api/status-error.ts";
import type { Target } from "../api/target.ts";
import { mergePatch } from "../patch/merge-patch.ts";
import { strategicMerge } from "../patch/strategic-merge.ts";
import { mediaType } from "../server/body.ts";
import type { Answer, Call, ServerContext } from "../server/call.ts";
import { existing } from "./read.ts";

export function create({ target, body }: Call, { state }: ServerContext): Answer {
  return { code: 201, body: state.create(target.resource, placed(target, body)) };
}

export function update({ target, body }: Call, { state }: ServerContext): Answer {
  const object = placed(target, body);
  const { name } = object.metadata;
  if (name !== target.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${target.name ?? ""})`);
  }
  return { code: 200, body: state.update(target.resource, object, { subresource: statusOf(target) }) };
}

export function patch({ target, body, request }: Call, { state }: ServerContext): Answer {
  const current = existing(state, target);
  const merged =
    mediaType(request) === "application/merge-patch+json"
      ? mergePatch(current, body)
      : strategicMerge(resourceOf(target.resource).kind, current, body);
  // Without a resourceVersion of its own a patch applies to whatever is there.
  const { resourceVersion: _, ...metadata } = objectAt(merged, "metadata");
  const sent = objectAt(body, "metadata")["resourceVersion"];
  const object = placed(target, { ...merged, metadata: { ...metadata, ...(sent !== undefined && { resourceVersion: sent }) } });
  return { code: 200, body: state.update(target.resource, object, { subresource: statusOf(target), patch: true }) };
}

/** Only the status of an object is a subresource that can be written here. */
function statusOf({ resource, subresource }: Target): "status" | undefined {
  if (subresource === undefined) return undefined;
  if (subresource !== "status" || resourceOf(resource).status === undefined) throw methodNotAllowed();
  return subresource;
}

/** The object in the namespace of its URL. Throws BadRequest. */
function placed({ namespace }: Target, body: JsonObject): KubeObject {
  const metadata = objectAt(body, "metadata");
  if (body["metadata"] !== undefined && !isObject(body["metadata"])) throw badRequest("metadata is not an object");
  if (namespace !== undefined && (metadata["namespace"] ?? namespace) !== namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  const name = typeof metadata["name"] === "string" ? metadata["name"] : "";
  return { ...body, metadata: { ...metadata, name, ...(namespace !== undefined && { namespace }) } };
}
