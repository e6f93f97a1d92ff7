import type { ServerResponse } from "node:http";
import { textAt, type JsonObject } from "../api/json.ts";
import { ApiError } from "../api/status-error.ts";

export function sendJson(response: ServerResponse, code: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(code, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text), ...headers });
  response.end(text);
}

export function sendText(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { "Content-Type": "text/plain; charset=utf-8", "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

/** Answers a failure; anything but an ApiError is this server's own fault, and says so. */
export function sendError(response: ServerResponse, error: unknown): void {
  const failure = error instanceof ApiError ? error : internalError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const seconds = textAt(failure.body, "details.retryAfterSeconds");
  sendJson(response, failure.code, failure.body, {
    "X-Content-Type-Options": "nosniff",
    ...(seconds !== "" && { "Retry-After": seconds }),
  });
}

function internalError(error: unknown): ApiError {
  const message = `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`;
  return new ApiError({ code: 500, reason: "InternalError", message });
}
