import { behaviour } from "@kubelet-conformance/types";
import type { MockedOperation } from "./examples.ts";

/** What the kubelet's dispatch makes of a request line. */
export type Route =
  | { kind: "operation"; operation: MockedOperation }
  | { kind: "redirect"; status: number; location: string }
  | { kind: "method-not-allowed"; allow: string }
  /** A path below a service of the kubelet, with too few or too many segments. */
  | { kind: "wrong-shape" }
  | { kind: "not-found" };

/** Decides by method and path (without the query), as a kubelet of the minor does. */
export type Router = (method: string, path: string) => Route;

/** A path with its unreserved characters as they are: encoded or not, a letter is the same (RFC 3986). */
export function plainPath(path: string): string {
  return path.replaceAll(/%([2-7][0-9a-f])/gi, (escape, code: string) => {
    const character = String.fromCodePoint(Number.parseInt(code, 16));
    return /[\w.~-]/.test(character) ? character : escape;
  });
}

/** Builds the router of a minor's operations. */
export function createRouter(operations: readonly MockedOperation[], minor: string): Router {
  const status = behaviour("redirect-status", minor);
  const byPath = Map.groupBy(operations, ({ path }) => path);
  const templates = [...byPath].map(([path, group]) => ({ pattern: patternOf(path), group, service: isService(group) }));
  const roots = templates.filter(({ service }) => service).map(({ group }) => rootOf(group[0]?.path ?? ""));
  // Registered with a slash at the end: without it the mux redirects there.
  const subtrees = ["/stats/", "/runningpods/", "/logs/", `${profiles}/`, behaviour("checkpoint-root-path", minor)].filter((root) =>
    roots.includes(root.replace(/\/$/, "")),
  );

  return (method, path) => {
    const clean = cleaned(path);
    if (clean !== path || subtrees.includes(`${path}/`)) return { kind: "redirect", status, location: clean === path ? `${path}/` : clean };
    const found = templates.find(
      ({ pattern, service }) => pattern.test(path) || (service && isTrimmed(path) && pattern.test(path.slice(0, -1))),
    );
    if (!found) return roots.some((root) => path === root || path.startsWith(`${root}/`)) ? { kind: "wrong-shape" } : { kind: "not-found" };
    const exact = found.group.find((operation) => operation.method === method);
    // What is no service takes every method as GET.
    const operation = exact ?? (found.service ? undefined : found.group.find((candidate) => candidate.method === "GET"));
    return operation
      ? { kind: "operation", operation }
      : { kind: "method-not-allowed", allow: found.group.map((candidate) => candidate.method).join(", ") };
  };
}

/** go-restful takes a slash at the end for nothing; profiles take it for a part of their name. */
function isTrimmed(path: string): boolean {
  return path.endsWith("/") && !path.startsWith(`${profiles}/`);
}

const profiles = "/debug/pprof";

/** Where a service is registered. */
function rootOf(path: string): string {
  return path.startsWith(profiles) ? profiles : `/${path.split("/")[1] ?? ""}`;
}

/** Paths of go-restful services know their methods; the others are plain handlers. */
function isService(group: readonly MockedOperation[]): boolean {
  return group.some(({ examples }) => examples.some(({ name }) => name === "wrong-method"));
}

/** A parameter is one segment, but `{path}` is all the rest. */
function patternOf(template: string): RegExp {
  const parts = template.split(/(\{[^}]+\})/).map((part, index) => {
    if (index % 2 === 1) return part === "{path}" ? ".+" : "[^/]+";
    return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join("")}$`);
}

/** What Go's ServeMux cleans: double slashes and dot segments. */
function cleaned(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const tail = kept.length > 0 && /\/\.{0,2}$/.test(path) ? "/" : "";
  return `/${kept.join("/")}${tail}`;
}
