import { methodNotAllowed, unknownResource } from "../api/status-error.ts";
import type { Target, Verb } from "../api/target.ts";
import { bind } from "../subresources/binding.ts";
import { proxyNode } from "../subresources/node-proxy.ts";
import { reviewAccess, reviewToken } from "../subresources/reviews.ts";
import { issueToken } from "../subresources/service-account-token.ts";
import { get, list } from "../verbs/read.ts";
import { remove, removeCollection } from "../verbs/remove.ts";
import { watch } from "../verbs/watch.ts";
import { create, patch, update } from "../verbs/write.ts";
import { resourceOf } from "../api/resources.ts";
import type { Answer, Call, ServerContext } from "./call.ts";

export type Handler = (call: Call, context: ServerContext) => Answer;

const verbs: Readonly<Record<Exclude<Verb, "">, Handler>> = {
  get,
  list,
  watch,
  create,
  update,
  patch,
  delete: remove,
  deletecollection: removeCollection,
};

/** What is not simply reading and writing an object; `*` is any verb. */
const special: Readonly<Record<string, Handler>> = {
  "create tokenreviews": reviewToken,
  "create subjectaccessreviews": reviewAccess,
  "create pods/binding": bind,
  "create serviceaccounts/token": issueToken,
  "* nodes/proxy": proxyNode,
};

/** Who handles a request. Throws NotFound or MethodNotAllowed. */
export function route(verb: Verb, target: Target): Handler {
  const { resource, subresource, name, namespace } = target;
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  const handler = special[`${verb} ${full}`] ?? special[`* ${full}`];
  if (handler !== undefined) return handler;
  const about = resourceOf(resource);
  if (resource === "tokenreviews" || resource === "subjectaccessreviews") throw methodNotAllowed();
  if (subresource !== undefined && (subresource !== "status" || about.status === undefined)) throw unknownResource();
  if (subresource !== undefined && !["get", "update", "patch"].includes(verb)) throw methodNotAllowed();
  // Objects of a namespace are named and written inside it only.
  if (about.namespaced && namespace === undefined && (name !== undefined || verb === "create")) throw unknownResource();
  if (verb === "") throw methodNotAllowed();
  const isOnCollection = ["list", "watch", "create", "deletecollection"].includes(verb);
  if (isOnCollection !== (name === undefined)) throw methodNotAllowed();
  return verbs[verb];
}
