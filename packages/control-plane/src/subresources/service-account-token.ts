import { randomBytes } from "node:crypto";
import { objectAt, timestamp } from "../api/json.ts";
import type { Answer, Call, ServerContext } from "../server/call.ts";
import { existing } from "../verbs/read.ts";

/** Issues a token for a service account; opaque, not a JWT. Reviews know it from then on. */
export function issueToken({ target, body }: Call, { state, access }: ServerContext): Answer {
  const { metadata } = existing(state, target);
  const { name, namespace = "", uid = "" } = metadata;
  const given = objectAt(body, "spec");
  const expirationSeconds = Number(given["expirationSeconds"] ?? 3600);
  const spec = { ...given, expirationSeconds };
  const token = `sa-${randomBytes(24).toString("base64url")}`;
  access.tokens.push({
    token,
    name: `system:serviceaccount:${namespace}:${name}`,
    uid,
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`],
  });
  const expirationTimestamp = timestamp(Date.now() + expirationSeconds * 1000);
  return {
    code: 201,
    body: {
      kind: "TokenRequest",
      apiVersion: "authentication.k8s.io/v1",
      metadata: { name, namespace, creationTimestamp: timestamp() },
      spec,
      status: { token, expirationTimestamp },
    },
  };
}
