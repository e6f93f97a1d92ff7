import type { RequestListener, ServerResponse } from "node:http";
import { split } from "../har/mask.ts";
import type { ReplayEntry } from "../har/read.ts";
import { originForm } from "../origin-form.ts";
import { createFinder } from "./find-entry.ts";

/** What is about one connection, or about how a body was packed: it is packed anew. */
const dropped: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "content-encoding",
  "trailer",
  "upgrade",
  "set-cookie",
  // CORS is between the page and this server.
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-expose-headers",
]);

/** Says of an answer that it is not quite what was recorded for this request. */
export const replayHeader = "Mock-Replay";

/** Serves a recording. */
export function createReplay(entries: readonly ReplayEntry[]): RequestListener {
  const find = createFinder(entries);
  return (request, response) => {
    request.resume();
    const method = request.method ?? "GET";
    const { path, query } = split(originForm(request.url ?? "/"));
    const found = find(method, path, query);
    if (found.kind === "entry") return send(response, found.entry, []);
    if (found.kind === "other-query")
      return send(response, found.entry, [`recorded with ${found.entry.query === "" ? "no query" : `?${found.entry.query}`}`]);
    if (found.kind === "other-method") {
      response.setHeader("Allow", found.methods.join(", "));
      return missing(response, 405, `the recording has no ${method} ${path}; it has ${found.methods.join(", ")} there`);
    }
    missing(response, 404, `the recording has no ${method} ${path}; it has:\n${listed(entries)}`);
  };
}

function send(response: ServerResponse, entry: ReplayEntry, notes: string[]): void {
  const { status, statusText, headers, body, mediaType, comment } = entry;
  const all = comment === undefined ? notes : [...notes, `the body is ${comment}`];
  for (const [name, value] of headers) {
    // Browsers record HTTP/2's own fields, too.
    if (!name.startsWith(":") && !dropped.has(name.toLowerCase())) appendHeader(response, name, value);
  }
  if (mediaType !== undefined && !response.hasHeader("Content-Type")) response.setHeader("Content-Type", ascii(mediaType));
  if (all.length > 0) response.setHeader(replayHeader, ascii(`entry ${entry.number}: ${all.join("; ")}`));
  const hasBody = status !== 204 && status !== 304;
  if (hasBody) response.setHeader("Content-Length", body.length);
  if (statusText === "") response.writeHead(status);
  else response.writeHead(status, statusText);
  // Node sends no body where there is none: HEAD, 204, 304.
  response.end(hasBody ? body : undefined);
}

/** A browser's file may hold what no server can send. */
function appendHeader(response: ServerResponse, name: string, value: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return;
  response.appendHeader(name, ascii(value));
}

function missing(response: ServerResponse, status: number, message: string): void {
  const text = `mock-kubelet: ${message}\n`;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.writeHead(status);
  response.end(text);
}

/** Each request of the recording once, and how often. */
function listed(entries: readonly ReplayEntry[]): string {
  const counts = new Map<string, number>();
  for (const { method, path, query } of entries) {
    const line = `${method} ${path}${query === "" ? "" : `?${query}`}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const lines = [...counts].map(([line, count]) => `  ${line}${count === 1 ? "" : ` (${count} answers)`}`);
  const more = lines.length - longestList;
  return [...lines.slice(0, longestList), ...(more > 0 ? [`  and ${more} more`] : [])].join("\n");
}

const longestList = 50;

function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e\t]/gu, (character) => encodeURIComponent(character.isWellFormed() ? character : "\ufffd"));
}
