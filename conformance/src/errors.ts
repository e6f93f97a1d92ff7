/**
 * What a user can put right: a wrong flag, an unreadable file, a target that cannot be tested. Ends the command with exit code 2 and
 * one line. `code` is stable.
 */
export class UsageError extends Error {
  override name = "UsageError";
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The target cannot be tested at all: refused, wrong CA, not a kubelet, does not start. Same ending as a UsageError. */
export class TargetError extends Error {
  override name = "TargetError";
  readonly code: string;
  /** Lines that explain it, such as the end of a log; shown below the message. */
  readonly detail?: readonly string[];
  constructor(code: string, message: string, options: ErrorOptions & { detail?: readonly string[] } = {}) {
    super(message, options);
    this.code = code;
    if (options.detail) this.detail = options.detail;
  }
}

/** Why a file cannot be read, in words. */
export function whyUnreadable(cause: unknown): string {
  const reasons: Record<string, string> = {
    ENOENT: "there is no such file",
    EACCES: "it is not readable for this user",
    EISDIR: "it is a directory",
  };
  return reasons[systemCode(cause) ?? ""] ?? String(cause);
}

/** The `code` of a Node.js system error, e.g. `ENOENT`; undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
