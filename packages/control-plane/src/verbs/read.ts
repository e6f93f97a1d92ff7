import { without, type JsonObject, type KubeObject } from "../api/json.ts";
import { apiVersionOf, resourceOf, type ResourceName } from "../api/resources.ts";
import { notFound } from "../api/status-error.ts";
import type { Target } from "../api/target.ts";
import type { Answer, Call, ServerContext } from "../server/call.ts";
import { subjectOf } from "../state/cluster-state.ts";
import { selection } from "./selection.ts";

export function get({ target }: Call, { state }: ServerContext): Answer {
  return { code: 200, body: existing(state, target) };
}

/** `limit` is not honoured: a server may always answer the whole list. */
export function list({ target, query }: Call, { state }: ServerContext): Answer {
  const chosen = selection(target, query);
  return { code: 200, body: listBody(target.resource, state.list(target.resource).filter(chosen), state.version) };
}

export function listBody(resource: ResourceName, items: readonly KubeObject[], version: number): JsonObject {
  const about = resourceOf(resource);
  return {
    kind: `${about.kind}List`,
    apiVersion: apiVersionOf(about),
    metadata: { resourceVersion: String(version) },
    // In a list of its own kind an object does not repeat it.
    items: items.map((item) => without(item, "kind", "apiVersion")),
  };
}

/** The object that a target names. Throws NotFound. */
export function existing(state: ServerContext["state"], { resource, namespace, name = "" }: Target): KubeObject {
  const found = state.get(resource, { name, namespace });
  if (found === undefined) throw notFound(subjectOf(resource, name));
  return found;
}
