import { mayUseNode, userOf } from "../access/access.ts";
import { isList, objectAt, textAt, textOf } from "../api/json.ts";
import { ApiError } from "../api/status-error.ts";
import type { Answer, Call, ServerContext } from "../server/call.ts";

/** Whose token it is, from the table of tokens. */
export function reviewToken({ body }: Call, { access }: ServerContext): Answer {
  const user = userOf(access, textAt(body, "spec.token"));
  const status =
    user === undefined
      ? { user: {}, error: "invalid bearer token" }
      : { authenticated: true, user: { username: user.name, ...(user.uid !== "" && { uid: user.uid }), groups: [...user.groups] } };
  const review = { kind: "TokenReview", apiVersion: "authentication.k8s.io/v1", metadata: {} };
  return { code: 201, body: { ...review, spec: objectAt(body, "spec"), status } };
}

/** Whether the rules allow it. Only subresources of nodes have rules; everything else is denied. */
export function reviewAccess({ body }: Call, { access }: ServerContext): Answer {
  const spec = objectAt(body, "spec");
  const { resource, group = "", verb, subresource } = objectAt(spec, "resourceAttributes");
  const groups = isList(spec["groups"]) ? spec["groups"].map(textOf) : [];
  const user = { name: textAt(spec, "user"), uid: "", groups };
  const known = (resource === "nodes" && group === "") || groups.includes("system:masters");
  const verdict = known ? mayUseNode(access, user, textOf(verb), textOf(subresource)) : "denied";
  if (verdict === "unavailable") {
    const message = `Internal error occurred: the rules make reviews about ${user.name} unavailable`;
    throw new ApiError({ code: 500, reason: "InternalError", message });
  }
  const review = { kind: "SubjectAccessReview", apiVersion: "authorization.k8s.io/v1", metadata: {} };
  return { code: 201, body: { ...review, spec, status: { allowed: verdict === "allowed" } } };
}
