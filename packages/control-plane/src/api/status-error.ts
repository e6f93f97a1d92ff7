import type { JsonObject } from "./json.ts";

/** A Kubernetes `Status` of a failure, as an API server answers it. */
export interface StatusFields {
  code: number;
  reason?: string;
  message: string;
  details?: JsonObject;
}

/** A request that the API server refuses. `code` is the HTTP status. */
export class ApiError extends Error {
  readonly code: number;
  readonly body: JsonObject;

  constructor({ code, reason, message, details }: StatusFields) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.body = {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message,
      ...(reason !== undefined && { reason }),
      ...(details !== undefined && { details }),
      code,
    };
  }
}

/** What an error of the store is about. */
export interface Subject {
  /** Plural name, e.g. `pods`. */
  resource: string;
  group: string;
  name: string;
}

function detailsOf({ resource, group, name }: Subject): JsonObject {
  return { name, ...(group !== "" && { group }), kind: resource };
}

/** `nodes "x"`, or `leases.coordination.k8s.io "x"`. */
function title({ resource, group, name }: Subject): string {
  return `${group === "" ? resource : `${resource}.${group}`} ${JSON.stringify(name)}`;
}

export function notFound(subject: Subject): ApiError {
  return new ApiError({ code: 404, reason: "NotFound", message: `${title(subject)} not found`, details: detailsOf(subject) });
}

export function alreadyExists(subject: Subject): ApiError {
  return new ApiError({ code: 409, reason: "AlreadyExists", message: `${title(subject)} already exists`, details: detailsOf(subject) });
}

export function conflict(subject: Subject, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${title(subject)}: ${why}`;
  return new ApiError({ code: 409, reason: "Conflict", message, details: detailsOf(subject) });
}

/** What a 409 about resourceVersion says after the object's name. */
export const modified = "the object has been modified; please apply your changes to the latest version and try again";

export function invalid(kind: string, name: string, cause: { reason: string; field: string; message: string }): ApiError {
  const message = `${kind} ${JSON.stringify(name)} is invalid: ${cause.field}: ${cause.message}`;
  return new ApiError({ code: 422, reason: "Invalid", message, details: { ...(name !== "" && { name }), kind, causes: [cause] } });
}

export function badRequest(message: string): ApiError {
  return new ApiError({ code: 400, reason: "BadRequest", message });
}

export function unauthorized(): ApiError {
  return new ApiError({ code: 401, reason: "Unauthorized", message: "Unauthorized" });
}

export function unknownResource(): ApiError {
  return new ApiError({ code: 404, reason: "NotFound", message: "the server could not find the requested resource", details: {} });
}

export function methodNotAllowed(): ApiError {
  const message = "the server does not allow this method on the requested resource";
  return new ApiError({ code: 405, reason: "MethodNotAllowed", message, details: {} });
}

export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`;
  return new ApiError({ code: 415, reason: "UnsupportedMediaType", message });
}

export function notAcceptable(): ApiError {
  const message = "406: Not Acceptable\n\nAvailable representations: application/json";
  return new ApiError({ code: 406, reason: "NotAcceptable", message, details: {} });
}
