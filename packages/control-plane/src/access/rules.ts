/**
 * One permission, as a SubjectAccessReview grants it:
 *
 *     { user: "u-checkpoint", verbs: ["create"], resources: ["nodes/checkpoint"] }
 *     { group: "ops", verbs: ["*"], resources: ["nodes/*"] }
 *     { user: "unlucky", unavailable: true }
 */
export interface AuthorizationRule {
  /** Exactly one of user and group. */
  user?: string;
  group?: string;
  /** `get`, `create`, `update`, `patch`, `delete`, or `*`, which also covers the methods without a verb. */
  verbs?: readonly string[];
  /** `nodes/<subresource>`, `nodes/*` for all of them, or `nodes` themselves. */
  resources?: readonly string[];
  /** The review itself fails for this subject, as when no API server answers. */
  unavailable?: boolean;
}

/** A bearer token and whom it stands for. */
export interface StaticToken {
  token: string;
  name: string;
  uid: string;
  groups: readonly string[];
}

/** Whether a rule speaks about this subject. */
export function concerns(rule: AuthorizationRule, name: string, groups: readonly string[]): boolean {
  return rule.user === undefined ? rule.group !== undefined && groups.includes(rule.group) : rule.user === name;
}

/** Whether a rule grants a verb on a subresource of nodes; empty: on nodes themselves. */
export function grants({ verbs = [], resources = [] }: AuthorizationRule, verb: string, subresource: string): boolean {
  const full = subresource === "" ? "nodes" : `nodes/${subresource}`;
  return (verbs.includes("*") || verbs.includes(verb)) && (resources.includes("nodes/*") || resources.includes(full));
}
