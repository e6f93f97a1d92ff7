import { inRange } from "@kubelet-conformance/spec";
import { nearest } from "@kubelet-conformance/spec";
import { ConfigurationError } from "./configuration.ts";
import { parseDuration } from "./duration.ts";
import { configurationMembers, type Member } from "./members.ts";

/** Path of a member, e.g. `["authentication", "anonymous", "enabled"]`. */
export type FieldPath = readonly string[];

/** Throws for the member at `path`; the caller knows its line. */
export type Refuse = (path: FieldPath, reason: string) => never;

/** Refuses without a line: the configuration did not come from a file. */
export const refuseField: Refuse = (path, reason) => {
  throw new ConfigurationError(path.join("."), reason);
};

/**
 * Checks every member's name and type. Returns the members that this minor does not know: a real kubelet decodes those leniently, that
 * is, ignores them with a log line.
 */
export function checkShape(content: unknown, minor: string, refuse: Refuse): string[] {
  if (!isObject(content)) refuse([], "a KubeletConfiguration must be an object");
  if (content["apiVersion"] !== undefined && content["apiVersion"] !== "kubelet.config.k8s.io/v1beta1") {
    refuse(["apiVersion"], `is ${JSON.stringify(content["apiVersion"])}, must be kubelet.config.k8s.io/v1beta1`);
  }
  if (content["kind"] !== undefined && content["kind"] !== "KubeletConfiguration") {
    refuse(["kind"], `is ${JSON.stringify(content["kind"])}, must be KubeletConfiguration`);
  }
  const ignored: string[] = [];
  checkMembers(content, configurationMembers, [], refuse);
  for (const name of Object.keys(content)) {
    const since = configurationMembers[name]?.since;
    if (since !== undefined && !inRange(minor, { since })) ignored.push(name);
  }
  return ignored;
}

function checkMembers(content: Record<string, unknown>, members: Readonly<Record<string, Member>>, path: FieldPath, refuse: Refuse): void {
  for (const [name, value] of Object.entries(content)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member === undefined) {
      const close = nearest(name, Object.keys(members));
      refuse([...path, name], `unknown field${close === undefined ? "" : `; did you mean ${close}?`}`);
    }
    // An explicit null counts as absent, as in every Kubernetes object.
    if (value !== null && value !== undefined) checkValue(value, member, [...path, name], refuse);
  }
}

function checkValue(value: unknown, member: Member, path: FieldPath, refuse: Refuse): void {
  const mustBe = (what: string): never => refuse(path, `is ${typeof value === "number" ? value : JSON.stringify(value)}, must be ${what}`);
  switch (member.kind) {
    case "object":
      if (!isObject(value)) mustBe("an object");
      else checkMembers(value, member.members, path, refuse);
      break;
    case "boolean":
      if (typeof value !== "boolean") mustBe("true or false");
      break;
    case "integer": {
      if (typeof value !== "number" || !Number.isInteger(value)) return mustBe("a whole number");
      const [least, most] = member.range ?? [-Infinity, Infinity];
      if (value < least || value > most) mustBe(`between ${least} and ${most}`);
      break;
    }
    case "number":
      if (typeof value !== "number") mustBe("a number");
      break;
    case "string":
    case "quantity":
      if (typeof value !== "string") mustBe("a text");
      break;
    case "enum":
      if (typeof value !== "string" || !member.values.includes(value)) mustBe(`one of ${member.values.join(", ")}`);
      break;
    case "duration":
      if (typeof value !== "string" || parseDuration(value) === undefined) mustBe('a duration such as "2m0s" or "500ms"');
      break;
    case "strings":
      if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) mustBe("a list of texts");
      break;
    case "map":
      if (!isObject(value)) mustBe("an object");
      break;
    case "any":
      break;
  }
}

/** The content without members that are null, which count as absent. */
export function withoutNulls<T>(content: T): T {
  if (!isObject(content)) return content;
  const members = Object.entries(content).filter(([, value]) => value !== null);
  // The same members with the same values, less the ones that hold nothing.
  return Object.fromEntries(members.map(([name, value]) => [name, withoutNulls(value)])) as T;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
