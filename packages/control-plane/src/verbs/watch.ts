import type { JsonObject, KubeObject } from "../api/json.ts";
import { apiVersionOf, resourceOf } from "../api/resources.ts";
import type { Matcher } from "../api/selectors.ts";
import { ApiError, badRequest, invalid } from "../api/status-error.ts";
import type { Answer, Call, ServerContext } from "../server/call.ts";
import type { Change } from "../state/change-log.ts";
import { selection } from "./selection.ts";

/** Streams changes, one JSON object a line: from a resourceVersion on, or after the present objects (WatchList included). */
export function watch(call: Call, context: ServerContext): Answer {
  const { target, query, response } = call;
  const { state } = context;
  const chosen = selection(target, query);
  const initial = query.get("sendInitialEvents") === "true";
  if (initial && query.get("resourceVersionMatch") !== "NotOlderThan") throw withoutMatch();
  const from = query.get("resourceVersion") ?? "";
  if (!/^\d*$/.test(from)) throw badRequest(`Invalid value: ${JSON.stringify(from)}: resourceVersion is not a number`);

  response.writeHead(200, { "Content-Type": "application/json" });
  response.flushHeaders();
  const send = (type: string, object: JsonObject) => response.write(`${JSON.stringify({ type, object })}\n`);
  const bookmark = (annotations?: JsonObject) => send("BOOKMARK", bookmarkOf(call, state.version, annotations));
  const sendChange = (change: Change) => {
    const event = seenThrough(chosen, change);
    if (event !== undefined && change.resource === target.resource) send(event.type, event.object);
  };

  const leaving: (() => void)[] = [];
  const end = (gone: boolean) => {
    for (const leave of leaving.splice(0)) leave();
    if (gone) send("ERROR", expired(from, state.version));
    response.end();
  };
  const missed = initial || from === "" || from === "0" ? undefined : state.changesSince(Number(from));
  if (missed === undefined && !initial && from !== "" && from !== "0") {
    end(true);
    return undefined;
  }
  if (missed === undefined) for (const object of state.list(target.resource).filter(chosen)) send("ADDED", object);
  else for (const change of missed) sendChange(change);
  if (initial && query.get("allowWatchBookmarks") === "true") bookmark({ "k8s.io/initial-events-end": "true" });

  leaving.push(state.onChange(sendChange));
  leaving.push(context.watches.add({ resource: target.resource, user: call.user.name, end }));
  const seconds = Number(query.get("timeoutSeconds") ?? 0);
  if (seconds > 0) {
    const timer = setTimeout(() => {
      if (query.get("allowWatchBookmarks") === "true") bookmark();
      end(false);
    }, seconds * 1000);
    leaving.push(() => clearTimeout(timer));
  }
  response.once("close", () => {
    for (const leave of leaving.splice(0)) leave();
  });
  return undefined;
}

/** What a change looks like to a watch that sees only some objects: entering is ADDED, leaving is DELETED. */
function seenThrough(chosen: Matcher, { type, object, previous }: Change): { type: Change["type"]; object: KubeObject } | undefined {
  const before = previous !== undefined && chosen(previous);
  const now = type !== "DELETED" && chosen(object);
  if (now) return { type: before ? "MODIFIED" : "ADDED", object };
  return before ? { type: "DELETED", object } : undefined;
}

function bookmarkOf({ target }: Call, version: number, annotations?: JsonObject): JsonObject {
  const about = resourceOf(target.resource);
  const metadata = { resourceVersion: String(version), ...(annotations !== undefined && { annotations }) };
  return { kind: about.kind, apiVersion: apiVersionOf(about), metadata };
}

function expired(from: string, version: number): JsonObject {
  return new ApiError({ code: 410, reason: "Expired", message: `too old resource version: ${from === "" ? "0" : from} (${version})` }).body;
}

function withoutMatch(): ApiError {
  const message = "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan";
  return invalid("ListOptions.meta.k8s.io", "", { reason: "FieldValueForbidden", field: "resourceVersionMatch", message });
}
