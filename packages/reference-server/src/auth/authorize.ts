import { plain } from "../http/answers.ts";
import type { KubeletAnswer, User } from "../http/message.ts";
import { concerns, grants, type AuthorizationRule } from "@kubelet-conformance/control-plane";

/** Path prefix to subresources of nodes, as the behaviours tables have them. */
export type SubresourceTable = readonly { prefix: string; subresources: readonly string[] }[];

export interface AuthorizationSettings {
  /** Undefined: AlwaysAllow. */
  rules: readonly AuthorizationRule[] | undefined;
  subresources: SubresourceTable;
  /** Text of a 403 with $user, $verb, $subresource and $subresources. */
  forbiddenText: string;
}

/** Answers a refusal, or undefined when the request may pass. */
export type Authorizer = (user: User, method: string, path: string) => KubeletAnswer | undefined;

/** Any other method has no verb, so only a rule with `*` covers it. */
const verbs: Readonly<Record<string, string>> = {
  POST: "create",
  GET: "get",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

/** Asks for each subresource of the path in order; the first that is allowed wins (InstallAuthFilter). */
export function createAuthorizer({ rules, subresources: table, forbiddenText }: AuthorizationSettings): Authorizer {
  if (rules === undefined) return () => undefined;
  return (user, method, path) => {
    const verb = verbs[method] ?? "";
    const subresources = subresourcesOf(path, table);
    if (user.groups.includes("system:masters")) return undefined;
    const concerned = rules.filter((rule) => concerns(rule, user.name, user.groups));
    for (const subresource of subresources) {
      if (concerned.some((rule) => rule.unavailable)) return reviewFailed(user, verb, subresource);
      if (concerned.some((rule) => grants(rule, verb, subresource))) return undefined;
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
