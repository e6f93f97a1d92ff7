import type { Requirement } from "@kubelet-conformance/spec";
import type { ContainerReference, Target } from "../target/target.ts";

/** A name that no object has: a valid one, so that it is looked up and not refused. */
export const absentName = "kubelet-conformance-absent";

/** Variables that name a container of one kind and make its pod the subject. */
const kinds = [
  { variable: "waitingContainer", need: "waiting-container", member: "waiting" },
  { variable: "endedContainer", need: "ended-container", member: "ended" },
  { variable: "sidecarContainer", need: "sidecar-container", member: "sidecar" },
  { variable: "ephemeralContainer", need: "ephemeral-container", member: "ephemeral" },
] as const;

/** Values of the `$variables` in exchanges; undefined: the target does not offer it. */
export type Variables = Readonly<Record<VariableName, string | undefined>>;
type VariableName = (typeof names)[number];
const names = ["namespace", "pod", "container", "uid", "absent", ...kinds.map(({ variable }) => variable), "node", "user"] as const;

/** An exchange uses a variable that the target has no value for; `need` names what would give it one. */
export class MissingVariable extends Error {
  override name = "MissingVariable";
  readonly need: string;
  constructor(variable: string, need: string) {
    super(`the target offers no $${variable}`);
    this.need = need;
  }
}

/** By requirement; found out once, since plans and checks of every kubelet ask. */
const kindsOf = new WeakMap<Requirement, (typeof kinds)[number] | "usual">();

function kindOf(requirement: Requirement): (typeof kinds)[number] | undefined {
  let kind = kindsOf.get(requirement);
  if (kind === undefined) {
    const text = JSON.stringify(requirement.exchange ?? {});
    kind = kinds.find(({ variable }) => text.includes(`$${variable}`)) ?? "usual";
    kindsOf.set(requirement, kind);
  }
  return kind === "usual" ? undefined : kind;
}

/** Which container `$namespace`, `$pod` and `$container` mean for this requirement, and the need that supplies it. */
export function subjectOf(requirement: Requirement, target: Target): { need: string; container: ContainerReference | undefined } {
  const needs = requirement.needs ?? [];
  const kind = kindOf(requirement);
  if (kind) return { need: kind.need, container: target[kind.member] };
  if (needs.includes("command-container")) return { need: "command-container", container: target.command };
  if (needs.includes("checkpoint")) return { need: "checkpoint", container: target.checkpoint };
  return { need: "pod", container: target.running };
}

export function variablesFor(requirement: Requirement, target: Target, user: string | undefined): Variables {
  const { container } = subjectOf(requirement, target);
  return {
    namespace: container?.namespace,
    pod: container?.pod,
    container: container?.container,
    uid: target.running?.uid,
    absent: absentName,
    waitingContainer: target.waiting?.container,
    endedContainer: target.ended?.container,
    sidecarContainer: target.sidecar?.container,
    ephemeralContainer: target.ephemeral?.container,
    node: target.nodeName,
    user,
  };
}

const mention = new RegExp(`\\$(${names.join("|")})\\b`, "g");

/** Replaces the variables in a text. Throws MissingVariable; `need` is what the requirement's subject needs. */
export function expand(text: string, variables: Variables, need: string, escape: (value: string) => string = String): string {
  return text.replace(mention, (_whole, name: VariableName) => {
    const value = variables[name];
    if (value === undefined) throw new MissingVariable(name, needOf(name, need));
    return escape(value);
  });
}

/** The same inside a regular expression: values match literally. */
export function expandPattern(pattern: string, variables: Variables, need: string): RegExp {
  return new RegExp(expand(pattern, variables, need, literal), "s");
}

function literal(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function needOf(variable: VariableName, subject: string): string {
  const kind = kinds.find((candidate) => candidate.variable === variable);
  if (kind) return kind.need;
  if (variable === "uid") return "pod";
  if (variable === "node") return "node-name";
  return variable === "user" ? "credentials" : subject;
}
