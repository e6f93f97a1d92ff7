import type { AuthorizationRule, StaticToken } from "@kubelet-conformance/control-plane";
import type { Ground } from "./ground.ts";

/** What the two reviews of an API server answer in the `authorization` scenario. */
export interface AccessTable {
  tokens: StaticToken[];
  authorizationRules: AuthorizationRule[];
}

/** Users that hold exactly one subresource each; `none` holds nothing. */
export function accessTable({ identities }: Ground): AccessTable {
  const users = Object.entries(identities);
  return {
    tokens: users.map(([name, { token, user }]) => ({ token, name: user, uid: `uid-${name}`, groups: ["system:authenticated"] })),
    authorizationRules: users.flatMap(([name, { user }]) =>
      name === "none" ? [] : [{ user, verbs: ["get", "create", "update", "patch", "delete"], resources: [`nodes/${name}`] }],
    ),
  };
}
