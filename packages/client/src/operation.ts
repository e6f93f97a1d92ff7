import { operations } from "@kubelet-conformance/spec";
import { KubeletError } from "./kubelet-error.ts";

let ids: ReadonlyMap<string, string> | undefined;

/** The operationId of a method and a path template; the two themselves where the spec has none. */
export function operationOf(method: string, path: string): string {
  ids ??= new Map(operations().map((each) => [`${each.method} ${each.path}`, each.operationId]));
  return ids.get(`${method} ${path}`) ?? `${method} ${path}`;
}

/**
 * Fills a path template, or a URL that ends in one. `.`, `..` and nothing are refused: URLs resolve them, and what was meant as a name would ask for another path. The path of a node's
 * log keeps its slashes.
 */
export function fillPath(operation: string, template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const given = values[name];
    const value = typeof given === "string" ? given : "";
    const segments = template.endsWith("/logs/{path}") ? value.split("/") : [value];
    const isOpenEnded = segments.length > 1 && segments.at(-1) === "";
    for (const segment of isOpenEnded ? segments.slice(0, -1) : segments)
      if (segment === "" || segment === "." || segment === "..")
        throw new KubeletError({ code: "invalid-path", operation, reason: `${name} is no name: ${JSON.stringify(value)}` });
    return segments.map(encodeURIComponent).join("/");
  });
}
