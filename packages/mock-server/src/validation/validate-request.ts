import { nearest } from "@kubelet-conformance/spec";
import type { MockedOperation } from "../examples.ts";
import type { MockRequest } from "../exchange.ts";
import { isWishName } from "../wish.ts";
import { checkValue } from "./check-value.ts";
import { validateBody } from "./validate-body.ts";
import type { Violation } from "./violation.ts";

/** Everything that a request has against the spec, in the order of its parts. */
export async function validateRequest(operation: MockedOperation, request: MockRequest): Promise<Violation[]> {
  return [...validateQuery(operation, request.query), ...validateHeaders(operation, request), ...(await validateBody(operation, request))];
}

function validateQuery({ parameters }: MockedOperation, query: string): Violation[] {
  const known = parameters.filter((parameter) => parameter.in === "query");
  const { given, undecodable } = readQuery(query);
  const violations: Violation[] = undecodable.map((pair) => ({
    in: "query",
    name: pair,
    kind: "undecodable",
    message: "cannot be decoded and is ignored; write % as %25 and ; as %3B",
  }));
  for (const name of given.keys()) {
    if (isWishName(name) || known.some((parameter) => parameter.name === name)) continue;
    const similar = nearest(
      name,
      known.map((parameter) => parameter.name),
    );
    const advice = similar === undefined ? "" : `; did you mean "${similar}"?`;
    violations.push({ in: "query", name, kind: "unknown", message: `is unknown to this operation and ignored${advice}` });
  }
  for (const { name, required, schema = {} } of known) {
    const values = given.get(name) ?? [];
    if (required && values.length === 0) violations.push({ in: "query", name, kind: "missing", message: "is required" });
    const isList = schema["type"] === "array";
    if (!isList && values.length > 1)
      violations.push({ in: "query", name, kind: "repeated", message: `is given ${values.length} times; give it once` });
    // The type of a list's items is a schema, too.
    const expected = isList ? ((schema["items"] ?? {}) as typeof schema) : schema;
    for (const value of values) {
      const objection = checkValue(expected, value);
      if (objection) violations.push({ in: "query", name, ...objection });
    }
  }
  return violations;
}

/** As net/url reads a query: what cannot be decoded is left out. */
function readQuery(query: string): { given: Map<string, string[]>; undecodable: string[] } {
  const pairs = query
    .replace(/^\?/, "")
    .split("&")
    .filter((pair) => pair !== "");
  const isBad = (pair: string): boolean => pair.includes(";") || /%(?![0-9a-f]{2})/i.test(pair);
  const given = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(pairs.filter((pair) => !isBad(pair)).join("&")))
    given.set(name, [...(given.get(name) ?? []), value]);
  return { given, undecodable: pairs.filter(isBad) };
}

function validateHeaders({ parameters }: MockedOperation, { headers }: MockRequest): Violation[] {
  return parameters.flatMap(({ in: place, name, required, schema = {} }): Violation[] => {
    if (place !== "header") return [];
    const value = headers[name.toLowerCase()];
    if (value === undefined) return required ? [{ in: "header", name, kind: "missing", message: "is required" }] : [];
    // Lists are names of protocols, which the kubelet tells apart itself.
    const objection = schema["type"] === "array" ? undefined : checkValue(schema, value, { ignoreCase: true });
    return objection ? [{ in: "header", name, ...objection }] : [];
  });
}
