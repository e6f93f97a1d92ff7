import { derive, find } from "./derive.ts";
import type { Authorization, Method, OpenApiDocument, Parameter, Reference, VersionFacts } from "./document.ts";
import { loadJson } from "./load.ts";
import { type Minor, minors } from "./version.ts";

/** One operation, as far as a client or a router needs it. */
export interface OperationSummary extends VersionFacts {
  operationId: string;
  /** Upper case. */
  method: string;
  /** Path template, e.g. `/checkpoint/{namespace}/{pod}/{container}`. */
  path: string;
  /** The operation's tag, which is an area or, for `metrics` and `configuration`, the name of one to come. */
  area: string;
  authorization: Authorization;
  parameters: { name: string; in: string; required: boolean }[];
}

const methods: readonly Method[] = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

let whole: OpenApiDocument | undefined;
let summaries: readonly OperationSummary[] | undefined;
const derived = new Map<Minor, OpenApiDocument>();

/** The whole document, all minors in one, with its `x-kubernetes` facts; references are internal (`#/components/…`). */
export function openapi(): OpenApiDocument {
  return (whole ??= loadJson<OpenApiDocument>("openapi/openapi.json"));
}

/**
 * The plain OpenAPI 3.1 document of one minor, free of `x-kubernetes` keys; of another whole document than ours when one is given. Throws for a
 * minor that is not covered.
 */
export function specAt(minor: string, document: OpenApiDocument = openapi()): OpenApiDocument {
  const covered = minors.find((known) => known === minor);
  if (!covered) throw new Error(`Kubernetes ${minor} is not covered; the spec covers ${minors[0]} to ${minors.at(-1)}`);
  if (document !== whole) return derive(document, covered);
  const known = derived.get(covered) ?? derive(document, covered);
  derived.set(covered, known);
  return known;
}

/** Every operation of every minor, in the order of the document. */
export function operations(): readonly OperationSummary[] {
  return (summaries ??= summarize(openapi()));
}

/** The operations of a document; `operations()` for a document that is at hand. */
export function summarize(document: OpenApiDocument): OperationSummary[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
        resolve<Parameter>(document, parameter),
      );
      return {
        operationId: operation.operationId,
        method: method.toUpperCase(),
        path,
        area: operation.tags[0] ?? "",
        ...operation["x-kubernetes"],
        authorization: operation["x-kubernetes-authorization"] ?? { verb: "", subresources: [] },
        parameters: parameters.map(({ name, in: place, required = false }) => ({ name, in: place, required })),
      };
    }),
  );
}

/** What a reference within a document points at, or the node itself when it is none. Throws for a reference to nothing. */
export function resolve<T extends object>(document: OpenApiDocument, node: T | Reference): T {
  if (!("$ref" in node)) return node;
  const found = find(document, node.$ref);
  if (typeof found !== "object" || found === null) throw new Error(`the OpenAPI document has no ${node.$ref}`);
  // A reference stands where a node of its kind may stand.
  return resolve(document, found as T | Reference);
}
