import { timingSafeEqual } from "node:crypto";
import { concerns, grants, type AuthorizationRule, type StaticToken } from "@kubelet-conformance/control-plane";
import type { AccessReview, TokenReview } from "./reviews.ts";

/** A table of tokens in place of an API server's TokenReview. */
export function tokenTable(tokens: readonly StaticToken[], reachable: () => boolean): TokenReview {
  const known = tokens.map(({ token, name, uid, groups }) => ({ bytes: Buffer.from(token), user: { name, uid, groups } }));
  return async (token) => {
    if (!reachable()) return undefined;
    const bytes = Buffer.from(token);
    return known.find((entry) => entry.bytes.length === bytes.length && timingSafeEqual(entry.bytes, bytes))?.user;
  };
}

/** Rules in place of an API server's SubjectAccessReview. */
export function ruleTable(rules: readonly AuthorizationRule[], reachable: () => boolean): AccessReview {
  return async ({ name, groups }, verb, subresource) => {
    if (!reachable()) return "unavailable";
    if (groups.includes("system:masters")) return "allowed";
    const concerned = rules.filter((rule) => concerns(rule, name, groups));
    if (concerned.some((rule) => rule.unavailable)) return "unavailable";
    return concerned.some((rule) => grants(rule, verb, subresource)) ? "allowed" : "denied";
  };
}
