import { isResourceName, resourceOf, type ResourceName } from "./resources.ts";

/** Empty: a method without a verb, which only the node proxy takes. */
export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection" | "";

/** What a request is about: the attributes that the API server gives to its authorizer. */
export interface Target {
  readonly resource: ResourceName;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** Path behind the subresource, as it was sent: what the node proxy forwards. */
  readonly rest: string;
}

export type ParsedPath = Target | "unknown-resource" | "not-found";

/** Finds the object or collection that a path names. */
export function parsePath(path: string): ParsedPath {
  const raw = path.split("/").slice(1);
  const [root] = raw;
  const group = root === "api" ? "" : raw[1];
  const start = root === "api" ? 1 : 2;
  const version = raw[start];
  if ((root !== "api" && root !== "apis") || group === undefined || version === undefined) return "not-found";
  const segments = raw.slice(start + 1).map(decoded);
  const isServed = (name: string | undefined): name is ResourceName => {
    if (name === undefined || !isResourceName(name)) return false;
    const resource = resourceOf(name);
    return resource.group === group && resource.version === version;
  };

  let namespace: string | undefined;
  let used = 0;
  const inNamespace = segments[2];
  if (segments[0] === "namespaces" && isServed(inNamespace) && resourceOf(inNamespace).namespaced) {
    namespace = segments[1];
    used = 2;
  }
  const resource = segments[used];
  if (!isServed(resource)) return group === "" || isGroup(group) ? "unknown-resource" : "not-found";
  const [name, subresource] = segments.slice(used + 1);
  const behind = raw.slice(start + 1 + used + 3);
  return {
    resource,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && name !== "" && { name }),
    ...(subresource !== undefined && { subresource }),
    rest: behind.length === 0 ? "" : `/${behind.join("/")}`,
  };
}

function isGroup(group: string): boolean {
  return /^[a-z]+(\.k8s\.io)$/.test(group);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The verb of RequestInfo; undefined for a method without one. */
export function verbOf(method: string, target: Target, query: URLSearchParams): Verb | undefined {
  const whole = target.name === undefined;
  switch (method) {
    case "GET":
    case "HEAD":
      if (!whole) return "get";
      return ["true", "1"].includes(query.get("watch") ?? "") ? "watch" : "list";
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return whole ? "deletecollection" : "delete";
    case "OPTIONS":
      return target.subresource === "proxy" ? "" : undefined;
    default:
      return undefined;
  }
}
