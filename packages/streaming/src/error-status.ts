/** The object that ends the error stream of the v4 and v5 protocols: a Kubernetes Status without kind and apiVersion. */
export interface ErrorStatus {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly status?: "Success" | "Failure";
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
  readonly code?: number;
}

/** The program ended with 0. */
export function successStatus(): ErrorStatus {
  return { metadata: {}, status: "Success" };
}

/** The program ended with another code; `message` is the runtime's text. */
export function exitStatus(exitCode: number, message: string): ErrorStatus {
  const causes = [{ reason: "ExitCode", message: String(exitCode) }];
  return { metadata: {}, status: "Failure", message, reason: "NonZeroExitCode", details: { causes } };
}

/** The runtime could not run the program; `message` begins with "error executing command in container" or "error attaching to container". */
export function internalErrorStatus(message: string): ErrorStatus {
  const causes = [{ message }];
  return {
    metadata: {},
    status: "Failure",
    message: `Internal error occurred: ${message}`,
    reason: "InternalError",
    details: { causes },
    code: 500,
  };
}

/** As Go's JSON encoder writes it: what HTML might take for markup is escaped, no newline at the end. */
export function encodeStatus(status: ErrorStatus): string {
  return JSON.stringify(status).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Reads what an error stream carried; undefined when it is no JSON object. */
export function decodeStatus(text: string): ErrorStatus | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // Every member is optional and the members' types are the peer's promise, which callers that judge it check.
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The program's exit code: 0 for success, undefined when the status tells none. */
export function exitCodeOf(status: ErrorStatus): number | undefined {
  if (status.status === "Success") return 0;
  // A peer may break the promise of the types.
  const causes: unknown = status.details?.causes;
  if (!Array.isArray(causes)) return undefined;
  const cause: unknown = causes.find((each: unknown) => memberOf(each, "reason") === "ExitCode");
  const code = memberOf(cause, "message");
  return typeof code === "string" && /^-?\d+$/.test(code) ? Number(code) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
