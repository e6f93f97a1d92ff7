import type { IncomingMessage, ServerResponse } from "node:http";

/** Headers that let a page of another origin read the answer. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const origin = request.headers.origin;
  if (origin === undefined) return;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Access-Control-Expose-Headers", "Allow, Location, Process-Start-Time-Unix, X-Content-Type-Options");
  response.setHeader("Vary", "Origin");
}

/** Whether a browser asks what it may send; the answer never reaches the page's code. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers.origin !== undefined && headers["access-control-request-method"] !== undefined;
}

/** Allows whatever the browser asks for. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  allowOrigin(request, response);
  response.setHeader("Access-Control-Allow-Methods", request.headers["access-control-request-method"] ?? "GET, POST");
  const wanted = request.headers["access-control-request-headers"];
  if (wanted !== undefined) response.setHeader("Access-Control-Allow-Headers", wanted);
  response.setHeader("Access-Control-Max-Age", "600");
  response.writeHead(204).end();
}
