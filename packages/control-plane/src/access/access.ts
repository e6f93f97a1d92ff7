import type { TLSSocket } from "node:tls";
import { resourceOf } from "../api/resources.ts";
import { ApiError, unauthorized } from "../api/status-error.ts";
import type { Target, Verb } from "../api/target.ts";
import { concerns, grants, type AuthorizationRule, type StaticToken } from "./rules.ts";

/** Who may do what. The lists may change at any time; the next review sees it (a kubelet caches its answers). */
export interface Access {
  tokens: StaticToken[];
  rules: AuthorizationRule[];
}

export interface User {
  name: string;
  uid: string;
  groups: readonly string[];
}

const anonymous: User = { name: "system:anonymous", uid: "", groups: ["system:unauthenticated"] };

/** Who asks: by client certificate, then by token, else anonymous. Throws Unauthorized for credentials that are not known. */
export function authenticate(access: Access, socket: TLSSocket, authorization: string | undefined): User {
  const { subject } = socket.getPeerCertificate();
  if (subject !== undefined && subject !== null) {
    if (!socket.authorized) throw unauthorized();
    const groups = subject.O === undefined ? [] : [subject.O].flat();
    return { name: [subject.CN].flat()[0] ?? "", uid: "", groups: [...groups, "system:authenticated"] };
  }
  const token = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) return anonymous;
  const user = userOf(access, token);
  if (user === undefined) throw unauthorized();
  return user;
}

/** Whose token that is. */
export function userOf(access: Access, token: string): User | undefined {
  const found = access.tokens.find((entry) => entry.token === token);
  return found && { name: found.name, uid: found.uid, groups: [...found.groups, "system:authenticated"] };
}

/** Whether the rules let a user do that to a subresource of nodes. */
export function mayUseNode(access: Access, user: User, verb: string, subresource: string): "allowed" | "denied" | "unavailable" {
  if (user.groups.includes("system:masters")) return "allowed";
  const concerned = access.rules.filter((rule) => concerns(rule, user.name, user.groups));
  if (concerned.some((rule) => rule.unavailable)) return "unavailable";
  return concerned.some((rule) => grants(rule, verb, subresource)) ? "allowed" : "denied";
}

/**
 * The API's own authorization: superusers may do everything, nodes everything but use the node proxy, everyone else
 * what the rules say about subresources of nodes. Throws Forbidden.
 */
export function authorize(access: Access, user: User, verb: Verb, target: Target): void {
  const { resource, subresource = "", namespace, name } = target;
  const isProxy = resource === "nodes" && subresource === "proxy";
  if (user.groups.includes("system:nodes") && !isProxy) return;
  const verdict = resource === "nodes" || user.groups.includes("system:masters") ? mayUseNode(access, user, verb, subresource) : "denied";
  if (verdict === "allowed") return;
  const { group } = resourceOf(resource);
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace ${JSON.stringify(namespace)}`;
  const full = subresource === "" ? resource : `${resource}/${subresource}`;
  const title = `${group === "" ? resource : `${resource}.${group}`}${name === undefined ? "" : ` ${JSON.stringify(name)}`}`;
  const cannot = `cannot ${verb} resource "${full}" in API group "${group}" ${where}`;
  throw new ApiError({
    code: 403,
    reason: "Forbidden",
    message: `${title} is forbidden: User ${JSON.stringify(user.name)} ${cannot}`,
    details: { ...(name !== undefined && { name }), ...(group !== "" && { group }), kind: resource },
  });
}
