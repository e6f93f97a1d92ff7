import { STATUS_CODES } from "node:http";
import type { Answer } from "../exchange.ts";
import type { Route } from "../routes.ts";

/** A text, as Go's handlers send one. */
export function textAnswer(status: number, body: string, headers: Answer["headers"] = []): Answer {
  return { status, headers: [...headers, ["Content-Type", "text/plain; charset=utf-8"]], body };
}

/** What the kubelet's dispatch answers to a path or a method that is no operation. */
export function routeAnswer(route: Exclude<Route, { kind: "operation" }>, { method, query }: { method: string; query: string }): Answer {
  switch (route.kind) {
    case "not-found":
      return textAnswer(404, "404 page not found\n", [["X-Content-Type-Options", "nosniff"]]);
    case "wrong-shape":
      return textAnswer(404, "404: Page Not Found");
    case "method-not-allowed":
      return textAnswer(405, "405: Method Not Allowed", [["Allow", route.allow]]);
    case "redirect":
      return redirect(method, route.status, route.location + query);
  }
}

/** net/http refuses these before anything else sees them. */
export function isBadEscape(path: string): boolean {
  return /%(?![0-9a-f]{2})/i.test(path);
}

export const badEscape = textAnswer(400, "400 Bad Request", [["Connection", "close"]]);

/** A status that the operation does not document: what stands in front of kubelets says such things. */
export function undocumented(status: number): Answer {
  if (status === 204 || status === 304) return { status, headers: [], body: "" };
  const retry: Answer["headers"] = status === 429 || status === 503 ? [["Retry-After", "1"]] : [];
  return textAnswer(status, `${STATUS_CODES[status] ?? status}\n`, retry);
}

/** http.Redirect: only GET gets a body. */
function redirect(method: string, status: number, location: string): Answer {
  const headers: [string, string][] = [["Location", location]];
  if (method !== "GET" && method !== "HEAD") return { status, headers, body: "" };
  headers.push(["Content-Type", "text/html; charset=utf-8"]);
  const href = location.replaceAll("&", "&amp;").replaceAll('"', "&#34;").replaceAll("<", "&lt;");
  return { status, headers, body: `<a href="${href}">${status === 301 ? "Moved Permanently" : "Temporary Redirect"}</a>.\n\n` };
}

/** An answer with headers and body of one's own. What is no text is JSON. */
export function altered(answer: Answer, { headers = {}, body }: { headers?: Readonly<Record<string, string>>; body?: unknown }): Answer {
  const isJson = body !== undefined && typeof body !== "string";
  const wanted = { ...(isJson ? { "Content-Type": "application/json" } : {}), ...headers };
  const replaced = new Set(Object.keys(wanted).map((name) => name.toLowerCase()));
  return {
    status: answer.status,
    headers: [...answer.headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...Object.entries(wanted)],
    body: body === undefined ? answer.body : isJson ? JSON.stringify(body) : body,
  };
}
