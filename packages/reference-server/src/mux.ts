import { escapePath, unescape, type Target } from "./http/target.ts";

/** What the mux makes of a request: a registered entry, a redirect, or nothing. */
export type MuxResult<Entry> = { entry: Entry } | { location: string } | undefined;

export interface Mux<Entry> {
  match(target: Target, method: string): MuxResult<Entry>;
}

/** Which form of the path net/http cleans and matches: the decoded one up to Go 1.21, the escaped one since. */
export type PathForm = "decoded" | "escaped";

/**
 * net/http's ServeMux as far as a kubelet uses it: patterns without method or host, exact, or a subtree when they end in a slash.
 * The longest subtree wins.
 */
export function createMux<Entry>(patterns: ReadonlyMap<string, Entry>, form: PathForm): Mux<Entry> {
  const subtrees = [...patterns.keys()].filter((pattern) => pattern.endsWith("/")).toSorted((a, b) => b.length - a.length);

  /** Since Go 1.22 patterns are matched segment by segment, each decoded by itself: an encoded slash separates nothing here. */
  function keyOf(path: string): string {
    return form === "escaped" && path.includes("%") ? decodeSegments(path) : path;
  }

  /** The entry that serves a path given in the form that is matched. */
  function find(path: string): Entry | undefined {
    const key = keyOf(path);
    const exact = patterns.get(key);
    if (exact !== undefined) return exact;
    const subtree = subtrees.find((pattern) => key.startsWith(pattern));
    return subtree === undefined ? undefined : patterns.get(subtree);
  }

  function match(target: Target, method: string): MuxResult<Entry> {
    const sent = form === "decoded" ? target.path : target.escapedPath;
    // CONNECT requests are not cleaned.
    const path = method === "CONNECT" ? sent : cleanPath(sent);
    const key = keyOf(path);
    if (!key.endsWith("/") && !patterns.has(key) && patterns.has(`${key}/`)) {
      return { location: location(`${form === "decoded" ? path : cleanPath(target.path)}/`, target) };
    }
    // The cleaned path is escaped once more, as net/http does.
    if (path !== sent) return { location: location(path, target) };
    const entry = find(path);
    return entry === undefined ? undefined : { entry };
  }

  return { match };
}

function location(path: string, { rawQuery }: Target): string {
  return escapePath(path) + (rawQuery === "" ? "" : `?${rawQuery}`);
}

function decodeSegments(path: string): string {
  // NUL cannot occur in a target, so an encoded slash stays apart from a real one.
  return path
    .split("/")
    .map((segment) => (unescape(segment, false) ?? segment).replaceAll("/", "\0"))
    .join("/");
}

/** cleanPath of net/http: no empty, "." and ".." segments; a final slash stays. */
export function cleanPath(path: string): string {
  if (!/\/\/|\/\.|^[^/]|^$/.test(path)) return path;
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const cleaned = `/${segments.join("/")}`;
  return path.endsWith("/") && cleaned !== "/" ? `${cleaned}/` : cleaned;
}
