import { isDeepStrictEqual } from "node:util";
import type { BehaviourTable } from "../src/behaviours.ts";
import { derive } from "../src/derive.ts";
import type { OpenApiDocument } from "../src/document.ts";
import { inRange, minors } from "../src/version.ts";
import { operationFacts, schemaFacts } from "./facts-of-document.ts";

/** Something that a document says, and the operations or schemas of which it says so; none for an operation or a schema itself. */
export interface Change {
  what: string;
  where: string[];
}

/** A row of a behaviour table that another one follows. */
export interface BehaviourChange {
  table: string;
  description: string;
  before: unknown;
  after: unknown;
}

/** What a minor does otherwise than the one before. */
export interface MinorChanges {
  minor: string;
  added: Change[];
  removed: Change[];
  behaviours: BehaviourChange[];
}

/** The changes of every minor that has one before it, the newest first. */
export function changes(document: OpenApiDocument, tables: Record<string, BehaviourTable>): MinorChanges[] {
  const facts = minors.map((minor) => {
    const derived = derive(document, minor);
    return new Map([...operationFacts(derived), ...schemaFacts(derived)].map((fact) => [fact.join("\n"), fact]));
  });
  return minors
    .flatMap((minor, index) => {
      const [before, after, previous] = [facts[index - 1], facts[index], minors[index - 1]];
      if (!before || !after || previous === undefined) return [];
      return [
        { minor, added: missing(after, before), removed: missing(before, after), behaviours: behaviourChanges(tables, previous, minor) },
      ];
    })
    .toReversed();
}

type Facts = Map<string, string[]>;

/** What the one has and the other has not, apart from what goes with the whole that it is a part of; grouped by what is said. */
function missing(one: Facts, other: Facts): Change[] {
  const found = new Map<string, string[]>();
  for (const [key, fact] of one) {
    const whole = fact.slice(0, -1).join("\n");
    if (other.has(key) || (fact.length > 1 && !other.has(whole))) continue;
    const [where = "", ...parts] = fact;
    const what = parts.length === 0 ? where : parts.filter(isLastOfKind).join(" ");
    found.set(what, [...(found.get(what) ?? []), ...(parts.length === 0 ? [] : [where])]);
  }
  return [...found].map(([what, where]) => ({ what, where }));
}

/** The member within a member has both names in its own. */
function isLastOfKind(part: string, index: number, parts: readonly string[]): boolean {
  return !(part.startsWith("member") && parts[index + 1]?.startsWith("member"));
}

function behaviourChanges(tables: Record<string, BehaviourTable>, previous: string, minor: string): BehaviourChange[] {
  return Object.entries(tables).flatMap(([table, { description, values }]) => {
    const [before, after] = [previous, minor].map((each) => values.find((row) => inRange(each, row))?.value);
    if (isDeepStrictEqual(before, after)) return [];
    return [{ table, description, before: difference(before, after), after: difference(after, before) }];
  });
}

/** The part of a value that another one has not: of maps the members that differ, of lists the items that the other lacks. */
function difference(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return one.filter((item) => !other.some((each) => isDeepStrictEqual(item, each)));
  if (!isMap(one) || !isMap(other)) return one;
  const members = Object.entries(one).filter(([key, value]) => !isDeepStrictEqual(value, other[key]));
  return Object.fromEntries(members.map(([key, value]) => [key, difference(value, other[key])]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
