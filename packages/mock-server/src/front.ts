import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { allowOrigin, answerPreflight, isPreflight } from "./cors.ts";
import type { ExampleEntry, MockedOperation } from "./examples.ts";
import { listingHtml, listingJson } from "./listing.ts";
import { PreferError, type Preference, readPreference } from "./prefer.ts";
import type { MockedAnswer, Selection } from "./prism.ts";
import type { Router } from "./routes.ts";
import { refusedAccept, selectExample } from "./select.ts";

export interface FrontOptions {
  minor: string;
  operations: readonly MockedOperation[];
  route: Router;
  ask: (selection: Selection) => Promise<MockedAnswer>;
  cors: boolean;
  /** Where the mock is reached; known once it listens. */
  url: () => string;
}

/** The wire side of the mock: the kubelet's dispatch, CORS and the listing; bodies come from Prism. */
export function createFront(options: FrontOptions): RequestListener {
  return (request, response) => {
    request.resume();
    answer(request, response, options).catch((error: unknown) => {
      if (error instanceof PreferError) return text(request, response, 400, `${error.message}\n`);
      text(request, response, 500, `the mock failed: ${error instanceof Error ? error.message : String(error)}\n`);
    });
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: FrontOptions): Promise<void> {
  if (options.cors) {
    if (isPreflight(request)) return answerPreflight(request, response);
    allowOrigin(request, response);
  }
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? "" : target.slice(mark);
  const method = request.method ?? "GET";
  if (path === "/") return list(request, response, options);
  // net/http refuses these before anything else sees them.
  if (/%(?![0-9a-f]{2})/i.test(path)) return text(request, response, 400, "400 Bad Request", { Connection: "close" });

  const route = options.route(method, path);
  if (route.kind === "not-found") return text(request, response, 404, "404 page not found\n", { "X-Content-Type-Options": "nosniff" });
  if (route.kind === "wrong-shape") return text(request, response, 404, "404: Page Not Found");
  if (route.kind === "method-not-allowed") return text(request, response, 405, "405: Method Not Allowed", { Allow: route.allow });
  if (route.kind === "redirect") return redirect(request, response, route.status, route.location + query);

  const { operation } = route;
  const preference = readPreference(request.headers.prefer?.toString(), new URLSearchParams(query));
  const refused =
    preference.code === undefined && preference.example === undefined ? refusedAccept(operation, request, options.minor) : undefined;
  const wanted: Preference = refused === undefined ? preference : { code: refused };
  const example = selectExample(operation, wanted);
  // Only JSON has a schema to make something up from; and Prism makes nothing up where it is told an example.
  const dynamic = wanted.dynamic === true && example.mediaType === "application/json";
  const selection = {
    method: operation.method,
    path: operation.path.replaceAll(/\{[^}]+\}/g, "x"),
    code: example.code,
    mediaType: example.mediaType,
    example: dynamic ? undefined : example.name,
    dynamic,
    seed: wanted.seed,
  };
  send(request, response, operation, example, await options.ask(selection));
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { operationId }: MockedOperation,
  example: ExampleEntry,
  { status, headers, body }: MockedAnswer,
): void {
  for (const [name, value] of Object.entries(headers)) {
    if (example.headers.includes(name)) response.setHeader(name, value);
  }
  if (body === undefined || example.mediaType === undefined) return finish(request, response, status, "");
  response.setHeader("Content-Type", sent(example.mediaType));
  if (typeof body === "string") return finish(request, response, status, body);
  finish(request, response, status, jsonText(operationId, body));
}

/** Objects of Kubernetes end with a newline, other JSON with none; the summary is indented. */
function jsonText(operationId: MockedOperation["operationId"], body: unknown): string {
  if (endsWithNewline.has(operationId)) return `${JSON.stringify(body)}\n`;
  const isSummary = operationId === "getStatsSummary" || operationId === "postStatsSummary";
  return isSummary ? JSON.stringify(body, null, 1) : JSON.stringify(body);
}

const endsWithNewline: ReadonlySet<string> = new Set(["getPods", "getRunningPods", "getStatusz", "getFlagz"]);

/** Texts without parameters in the spec are sent with their character set. */
function sent(mediaType: string): string {
  return /^text\/[a-z]+$/.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType;
}

function redirect(request: IncomingMessage, response: ServerResponse, status: number, location: string): void {
  response.setHeader("Location", location);
  if (request.method !== "GET" && request.method !== "HEAD") return finish(request, response, status, "");
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  finish(
    request,
    response,
    status,
    `<a href="${location.replaceAll("&", "&amp;").replaceAll('"', "&#34;").replaceAll("<", "&lt;")}">${status === 301 ? "Moved Permanently" : "Temporary Redirect"}</a>.\n\n`,
  );
}

function list(request: IncomingMessage, response: ServerResponse, { minor, operations, url }: FrontOptions): void {
  const listing = { url: url(), kubernetesVersion: minor, operations };
  response.setHeader("Vary", "Accept");
  if (request.headers.accept?.includes("text/html")) {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    return finish(request, response, 200, listingHtml(listing));
  }
  response.setHeader("Content-Type", "application/json");
  finish(request, response, 200, `${JSON.stringify(listingJson(listing), null, 2)}\n`);
}

function text(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  finish(request, response, status, body);
}

function finish(request: IncomingMessage, response: ServerResponse, status: number, body: string): void {
  response.setHeader("Content-Length", Buffer.byteLength(body));
  response.writeHead(status);
  response.end(request.method === "HEAD" ? undefined : body);
}
