import type { KubeletRequest, User } from "../http/message.ts";
import { createReviewCache } from "./review-cache.ts";
import type { TokenReview } from "./reviews.ts";

export interface AuthenticationSettings {
  anonymous: boolean;
  /** Bearer tokens are looked at, as webhook authentication does: an unknown one is refused even where anonymous requests are allowed. */
  webhook: boolean;
  review: TokenReview;
  /** How long a token that was reviewed is believed. One that nobody owns is looked up each time. */
  cacheMs: number;
}

export type Authenticator = (request: KubeletRequest) => Promise<User | undefined>;

const everybody = "system:authenticated";
const anonymousUser: User = { name: "system:anonymous", uid: "", groups: ["system:unauthenticated"] };

/**
 * Who asks; undefined is a 401. A certificate comes first, then a token; one that fails spoils the request unless the other
 * succeeds, anonymous or not (DelegatingAuthenticatorConfig, union.NewFailOnError).
 */
export function createAuthenticator({ anonymous, webhook, review, cacheMs }: AuthenticationSettings): Authenticator {
  const reviewed = createReviewCache<User>();

  async function byToken(token: string): Promise<User | undefined> {
    const remembered = reviewed.get(token);
    if (remembered !== undefined) return remembered;
    const owner = await review(token);
    if (owner === undefined) return undefined;
    const user = authenticated(owner);
    reviewed.set(token, user, cacheMs);
    return user;
  }

  return async (request) => {
    const { certificate } = request;
    if (certificate?.verified && certificate.commonName !== "") {
      return authenticated({ name: certificate.commonName, uid: "", groups: certificate.organizations });
    }
    let failed = certificate !== undefined && !certificate.verified;
    const token = webhook ? bearerToken(request) : undefined;
    if (token !== undefined) {
      const user = await byToken(token);
      if (user !== undefined) return user;
      failed = true;
    }
    return anonymous && !failed ? anonymousUser : undefined;
  };
}

function authenticated({ name, uid, groups }: User): User {
  // An API server says it of those whose token it knows.
  return groups.includes(everybody) ? { name, uid, groups } : { name, uid, groups: [...groups, everybody] };
}

/** The token of `Authorization: Bearer TOKEN`; an empty one counts as none. */
function bearerToken(request: KubeletRequest): string | undefined {
  const [scheme = "", token = ""] = (request.header("Authorization") ?? "").trim().split(" ");
  return scheme.toLowerCase() === "bearer" && token !== "" ? token : undefined;
}
