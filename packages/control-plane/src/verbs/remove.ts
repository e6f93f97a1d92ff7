import { objectAt, type JsonObject } from "../api/json.ts";
import type { Answer, Call, ServerContext } from "../server/call.ts";
import { resourceOf } from "../api/resources.ts";
import type { DeleteOptions } from "../state/deletion.ts";
import { listBody } from "./read.ts";
import { selection } from "./selection.ts";

export function remove({ target, body, query }: Call, { state }: ServerContext): Answer {
  const { resource, namespace, name = "" } = target;
  const object = state.delete(resource, { name, namespace }, deleteOptions(body, query));
  // Pods answer with themselves (ReturnDeletedObject), for they may live on for a while.
  if (resource === "pods") return { code: 200, body: object };
  const { group } = resourceOf(resource);
  const details = { name, ...(group !== "" && { group }), kind: resource, uid: object.metadata.uid };
  return { code: 200, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details } };
}

export function removeCollection({ target, body, query }: Call, { state }: ServerContext): Answer {
  const { resource } = target;
  const chosen = state.list(resource).filter(selection(target, query));
  const removed = chosen.map((object) => state.delete(resource, object.metadata, deleteOptions(body, query)));
  return { code: 200, body: listBody(resource, removed, state.version) };
}

function deleteOptions(body: JsonObject, query: URLSearchParams): DeleteOptions {
  const grace = body["gracePeriodSeconds"] ?? query.get("gracePeriodSeconds") ?? undefined;
  const uid = objectAt(body, "preconditions")["uid"];
  return {
    ...(grace !== undefined && { gracePeriodSeconds: Number(grace) }),
    ...(typeof uid === "string" && { uid }),
  };
}
