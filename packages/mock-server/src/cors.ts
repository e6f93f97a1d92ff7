import type { IncomingMessage, ServerResponse } from "node:http";

/** What a page may read of an answer: `*` counts for nothing where credentials are sent. */
const exposed = [
  "Accept-Ranges",
  "Allow",
  "Content-Disposition",
  "Content-Range",
  "Location",
  "Mock-Replay",
  "Mock-Violations",
  "Process-Start-Time-Unix",
  "Retry-After",
  "Warning",
  "X-Content-Type-Options",
  "X-Go-Pprof",
].join(", ");

/** Headers that let a page of another origin read the answer, with credentials. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  // Also where no page asks: a browser must not show one page what it stored for another.
  response.setHeader("Vary", "Origin");
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Access-Control-Expose-Headers", exposed);
}

/** Whether a browser asks what it may send; the answer never reaches the page's code. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers.origin !== undefined && headers["access-control-request-method"] !== undefined;
}

/** Allows whatever the browser asks for. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const { headers } = request;
  allowOrigin(request, response);
  response.setHeader("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
  response.setHeader("Access-Control-Allow-Methods", headers["access-control-request-method"] ?? "GET, POST");
  const wanted = headers["access-control-request-headers"];
  if (wanted !== undefined) response.setHeader("Access-Control-Allow-Headers", wanted);
  // A page of the internet that asks a server of this machine.
  if (headers["access-control-request-private-network"] === "true") response.setHeader("Access-Control-Allow-Private-Network", "true");
  response.setHeader("Access-Control-Max-Age", "600");
  response.writeHead(204).end();
}
