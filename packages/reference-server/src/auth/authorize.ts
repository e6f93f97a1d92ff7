import { plain } from "../http/answers.ts";
import type { KubeletAnswer, User } from "../http/message.ts";
import { createReviewCache } from "./review-cache.ts";
import type { AccessReview, Verdict } from "./reviews.ts";

/** Path prefix to subresources of nodes, as the behaviours tables have them. */
export type SubresourceTable = readonly { prefix: string; subresources: readonly string[] }[];

export interface AuthorizationSettings {
  /** Undefined: AlwaysAllow. */
  review: AccessReview | undefined;
  subresources: SubresourceTable;
  /** Text of a 403 with $user, $verb, $subresource and $subresources. */
  forbiddenText: string;
  /** How long a decision is believed. */
  cacheMs: { allowed: number; denied: number };
}

/** Answers a refusal, or undefined when the request may pass. */
export type Authorizer = (user: User, method: string, path: string) => Promise<KubeletAnswer | undefined>;

/** Any other method has no verb, so only a rule with `*` covers it. */
const verbs: Readonly<Record<string, string>> = {
  POST: "create",
  GET: "get",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

/** Asks for each subresource of the path in order; the first that is allowed wins, a review that fails ends it (InstallAuthFilter). */
export function createAuthorizer({ review, subresources: table, forbiddenText, cacheMs }: AuthorizationSettings): Authorizer {
  if (review === undefined) return async () => undefined;
  const reviewed = createReviewCache<Exclude<Verdict, "unavailable">>();

  async function decide(ask: AccessReview, user: User, verb: string, subresource: string): Promise<Verdict> {
    const key = JSON.stringify([user.name, user.groups, verb, subresource]);
    const remembered = reviewed.get(key);
    if (remembered !== undefined) return remembered;
    const decision = await ask(user, verb, subresource);
    if (decision !== "unavailable") reviewed.set(key, decision, cacheMs[decision]);
    return decision;
  }

  return async (user, method, path) => {
    const verb = verbs[method] ?? "";
    const subresources = subresourcesOf(path, table);
    for (const subresource of subresources) {
      const decision = await decide(review, user, verb, subresource);
      if (decision === "unavailable") return reviewFailed(user, verb, subresource);
      if (decision === "allowed") return undefined;
    }
    const values: Readonly<Record<string, string>> = {
      $user: user.name,
      $verb: verb,
      $subresource: subresources.at(-1) ?? "",
      $subresources: subresources.join(" "),
    };
    return plain(
      403,
      forbiddenText.replaceAll(/\$[a-z]+/g, (name) => values[name] ?? name),
    );
  };
}

function reviewFailed({ name }: User, verb: string, subresource: string): KubeletAnswer {
  return plain(500, `Authorization error (user=${name}, verb=${verb}, resource=nodes, subresource=${subresource})`);
}

function subresourcesOf(path: string, table: SubresourceTable): readonly string[] {
  const row = table.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  return row?.subresources ?? ["proxy"];
}
