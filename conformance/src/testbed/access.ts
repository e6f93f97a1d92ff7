import type { AuthorizationRule, StaticToken } from "@kubelet-conformance/control-plane";
import type { Ground } from "./ground.ts";

/** What the two reviews of an API server answer in the `authorization` scenario. */
export interface AccessTable {
  tokens: StaticToken[];
  authorizationRules: AuthorizationRule[];
}

/** What some identities hold instead of the subresource of their name. */
const holdings: Readonly<Record<string, string | undefined>> = { none: undefined, reviewed: "stats", unreviewed: "stats" };

/** Users that hold exactly one subresource each; `none` holds nothing. */
export function accessTable({ identities }: Ground): AccessTable {
  const users = Object.entries(identities);
  return {
    tokens: users.map(([name, { token, user }]) => ({ token, name: user, uid: `uid-${name}`, groups: ["system:authenticated"] })),
    authorizationRules: users.flatMap(([name, { user }]) => {
      const held = Object.hasOwn(holdings, name) ? holdings[name] : name;
      return held === undefined ? [] : [{ user, verbs: ["get", "create", "update", "patch", "delete"], resources: [`nodes/${held}`] }];
    }),
  };
}
