import { timingSafeEqual } from "node:crypto";
import type { KubeletRequest, User } from "../http/message.ts";
import type { StaticToken } from "@kubelet-conformance/control-plane";
import { createReviewCache } from "./review-cache.ts";

export interface AuthenticationSettings {
  anonymous: boolean;
  /** Bearer tokens are looked at, as webhook authentication does: an unknown one is refused even where anonymous requests are allowed. */
  webhook: boolean;
  tokens: readonly StaticToken[];
  /** How long a token that was reviewed is believed. */
  cacheMs: number;
  /** Whether a review can be had now; one that fails is a token that is not known, and is not remembered. */
  reachable: () => boolean;
}

export type Authenticator = (request: KubeletRequest) => User | undefined;

const anonymousUser: User = { name: "system:anonymous", uid: "", groups: ["system:unauthenticated"] };

/**
 * Who asks; undefined is a 401. A certificate comes first, then a token; one that fails spoils the request unless the other
 * succeeds, anonymous or not (DelegatingAuthenticatorConfig, union.NewFailOnError).
 */
export function createAuthenticator({ anonymous, webhook, tokens, cacheMs, reachable }: AuthenticationSettings): Authenticator {
  const known = tokens.map((entry) => ({ bytes: Buffer.from(entry.token), user: authenticated(entry) }));

  const reviewed = createReviewCache<User>();

  function byToken(token: string): User | undefined {
    const remembered = reviewed.get(token);
    if (remembered !== undefined || !reachable()) return remembered;
    const bytes = Buffer.from(token);
    const user = known.find((entry) => entry.bytes.length === bytes.length && timingSafeEqual(entry.bytes, bytes))?.user;
    if (user !== undefined) reviewed.set(token, user, cacheMs);
    return user;
  }

  return (request) => {
    const { certificate } = request;
    if (certificate?.verified && certificate.commonName !== "") {
      return authenticated({ name: certificate.commonName, uid: "", groups: certificate.organizations });
    }
    let failed = certificate !== undefined && !certificate.verified;
    const token = webhook ? bearerToken(request) : undefined;
    if (token !== undefined) {
      const user = byToken(token);
      if (user !== undefined) return user;
      failed = true;
    }
    return anonymous && !failed ? anonymousUser : undefined;
  };
}

function authenticated({ name, uid, groups }: User): User {
  return { name, uid, groups: [...groups, "system:authenticated"] };
}

/** The token of `Authorization: Bearer TOKEN`; an empty one counts as none. */
function bearerToken(request: KubeletRequest): string | undefined {
  const [scheme = "", token = ""] = (request.header("Authorization") ?? "").trim().split(" ");
  return scheme.toLowerCase() === "bearer" && token !== "" ? token : undefined;
}
