import type { OpenApiDocument } from "./document.ts";
import { at, parts } from "./pointer.ts";

const methods = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/**
 * The document without paths that have no operation, and without components that nothing refers to, directly or through others. Security schemes, which
 * are named otherwise, stay.
 */
export function tidy(document: OpenApiDocument): OpenApiDocument {
  const { components, ...others } = document;
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([, item]) => methods.some((method) => method in item)));
  const rest = { ...others, paths };
  const used = new Set<string>();
  const visit = (node: unknown): void => {
    for (const reference of references(node)) {
      if (used.has(reference)) continue;
      used.add(reference);
      visit(at(document, parts(reference)));
    }
  };
  visit(rest);
  const kept = Object.entries(components).map(([kind, members]) => {
    const left = Object.entries(members).filter(([name]) => kind === "securitySchemes" || used.has(`#/components/${kind}/${name}`));
    return [kind, Object.fromEntries(left)] as const;
  });
  // Every kind of component may be absent or empty but the schemas, which a document of a kubelet always has.
  return { ...rest, components: Object.fromEntries(kept) as unknown as OpenApiDocument["components"] };
}

function references(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    key === "$ref" && typeof value === "string" ? [value] : references(value),
  );
}
