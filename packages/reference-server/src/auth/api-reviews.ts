import { isObject, objectAt, textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import type { ApiLink } from "../api-server/api-link.ts";
import type { AccessReview, TokenReview } from "./reviews.ts";

/** The back-off of webhooks: five tries, each wait half as long again. */
const tries = 5;
const firstRetryMs = 500;
const retryFactor = 1.5;
const worthRetrying = [429, 500, 504];

/** Asks the API server who a token's owner is. */
export function apiTokenReview(link: ApiLink): TokenReview {
  return async (token) => {
    const status = await review(link, "authentication.k8s.io", "TokenReview", { token });
    if (status?.["authenticated"] !== true) return undefined;
    const user = objectAt(status, "user");
    return { name: textAt(user, "username"), uid: textAt(user, "uid"), groups: texts(user["groups"]) };
  };
}

/** Asks the API server what a user may do. */
export function apiAccessReview(link: ApiLink): AccessReview {
  return async ({ name, uid, groups }, verb, subresource) => {
    const resourceAttributes = { verb, version: "v1", resource: "nodes", subresource, name: link.nodeName };
    const spec = { resourceAttributes, user: name, groups: [...groups], ...(uid === "" ? {} : { uid }) };
    const status = await review(link, "authorization.k8s.io", "SubjectAccessReview", spec);
    if (status === undefined) return "unavailable";
    return status["allowed"] === true ? "allowed" : "denied";
  };
}

/** The status of the answer; undefined when there was none. */
async function review(
  { api, clock, logger, signal }: ApiLink,
  group: string,
  kind: "TokenReview" | "SubjectAccessReview",
  spec: JsonObject,
): Promise<JsonObject | undefined> {
  const body = { kind, apiVersion: `${group}/v1`, metadata: {}, spec };
  const path = `/apis/${group}/v1/${kind.toLowerCase()}s`;
  let waitMs = firstRetryMs;
  for (let left = tries; left > 0 && !signal.aborted; left--) {
    try {
      const answer = await api.send({ method: "POST", path, body, signal });
      if (answer.code === 201 || answer.code === 200) return objectAt(answer.body, "status");
      logger.error(`${kind}: ${textAt(answer.body, "message")}`);
      if (!worthRetrying.includes(answer.code)) return undefined;
    } catch (error) {
      logger.error(`${kind}: ${error instanceof Error ? error.message : String(error)}`);
      if (!isReset(error)) return undefined;
    }
    if (left > 1) await clock.wait("review-retry", waitMs, signal).catch(() => {});
    waitMs *= retryFactor;
  }
  return undefined;
}

/** Who refuses a connection is not asked again, who drops one is. */
function isReset(error: unknown): boolean {
  return isObject(error) && error["code"] === "ECONNRESET";
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
