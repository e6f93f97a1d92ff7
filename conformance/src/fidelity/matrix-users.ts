import type { AuthorizationRule, StaticToken } from "@kubelet-conformance/reference-server";

/** What users of the matrix may do with the one subresource that they hold. */
const verbs = ["get", "create", "update", "patch", "delete"];

/** The tokens `tok-X` of the users `u-X`. */
export function tokensOf(users: readonly string[]): readonly StaticToken[] {
  return users.map((name) => ({ token: `tok-${name}`, name: `u-${name}`, uid: `uid-${name}`, groups: ["lab-users"] }));
}

/** Every user `u-X` holds `nodes/X`, except `none`, who holds nothing. */
export function rulesOf(users: readonly string[]): readonly AuthorizationRule[] {
  return users.filter((name) => name !== "none").map((name) => ({ user: `u-${name}`, verbs, resources: [`nodes/${name}`] }));
}
