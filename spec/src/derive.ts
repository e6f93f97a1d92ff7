import type { OpenApiDocument, VersionFacts } from "./document.ts";
import { at, parts } from "./pointer.ts";
import { tidy } from "./tidy.ts";
import { inRange } from "./version.ts";

/**
 * The plain document of one minor: every node whose `x-kubernetes` range leaves the minor out is dropped, be it a map's member or an array's
 * item, and so is every reference to such a node, what is empty or unused then, and every `x-kubernetes…` key, which stock generators do not know. The
 * document that is passed stays as it is.
 */
export function derive(document: OpenApiDocument, minor: string): OpenApiDocument {
  // Components are referred to from many places.
  const known = new Map<string, boolean>();
  const holds = (node: unknown): boolean => {
    if (typeof node !== "object" || node === null) return true;
    if ("$ref" in node && typeof node.$ref === "string") {
      const found = known.get(node.$ref) ?? holds(find(document, node.$ref));
      known.set(node.$ref, found);
      return found;
    }
    // The build validated the shape.
    return !("x-kubernetes" in node) || inRange(minor, node["x-kubernetes"] as VersionFacts);
  };
  const plain = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.filter(holds).map(plain);
    if (typeof node !== "object" || node === null) return node;
    const members = Object.entries(node).filter(([key, value]) => !key.startsWith("x-kubernetes") && holds(value));
    const [first, ...others] = members;
    // An `allOf` of one schema is there to carry such a key.
    if (first?.[0] === "allOf" && others.length === 0 && Array.isArray(first[1]) && first[1].length === 1) return plain(first[1][0]);
    return Object.fromEntries(members.map(([key, value]) => [key, plain(value)]));
  };
  // Dropping optional nodes keeps the shape.
  const derived = tidy(plain(document) as OpenApiDocument);
  return { ...derived, info: { ...derived.info, summary: `What a kubelet of Kubernetes ${minor} answers on its own ports.` } };
}

/** What an internal reference (`#/components/…`) points at; undefined when there is nothing. */
export function find(document: OpenApiDocument, reference: string): unknown {
  return at(document, parts(reference));
}
