import type { IncomingMessage } from "node:http";
import { isObject, type JsonObject } from "../api/json.ts";
import { ApiError, badRequest, notAcceptable, unsupportedMediaType } from "../api/status-error.ts";

/** The API server's own limit for a request body. */
const limit = 3 * 1024 * 1024;

export const patchTypes = ["application/strategic-merge-patch+json", "application/merge-patch+json"];

/** The media type of the body, without parameters; `application/json` when the client names none. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Reads a JSON object; an empty body is an empty object. Throws ApiError: 400, 413, or 415 for anything that is not JSON, protobuf included. */
export async function readBody(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // Without an encoding set, a request yields buffers.
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > limit) throw new ApiError({ code: 413, reason: "RequestEntityTooLarge", message: `limit is ${limit}` });
  }
  if (size === 0) return {};
  const accepted = request.method === "PATCH" ? patchTypes : ["application/json"];
  if (!accepted.includes(mediaType(request))) throw unsupportedMediaType(accepted);
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString());
  } catch (error) {
    throw badRequest(`json parse error: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(body)) throw badRequest("the object provided is unrecognized: it is not a JSON object");
  return body;
}

/** Throws NotAcceptable when a client takes no JSON, e.g. protobuf only. */
export function checkAccept(accept: string | undefined): void {
  const types = (accept ?? "*/*").split(",").map((type) => type.split(";")[0]?.trim().toLowerCase() ?? "");
  if (!types.some((type) => ["", "*/*", "application/*", "application/json"].includes(type))) throw notAcceptable();
}
