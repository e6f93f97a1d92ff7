/** What is wrong with an archive or its name. Codes are stable; texts may change. */
export type ArchiveErrorCode =
  | "unreadable"
  | "not-a-file"
  | "empty"
  | "compressed"
  | "not-tar"
  | "truncated"
  | "corrupt-header"
  | "header-too-large"
  | "too-many-entries"
  | "unsupported-type"
  | "sparse-entry"
  | "unsafe-name"
  | "unsafe-link"
  | "duplicate-entry"
  | "entry-missing"
  | "entry-not-a-file"
  | "entry-too-large"
  | "corrupt-dump"
  | "name-prefix"
  | "name-suffix"
  | "name-pod"
  | "name-namespace"
  | "name-container"
  | "name-time"
  | "name-mismatch"
  | "name-ambiguous";

/** An archive, an entry of it or its name cannot be accepted; the message is one line, safe to print. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
  readonly code: ArchiveErrorCode;

  constructor(code: ArchiveErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Where in an archive something was found, for messages. */
export interface ArchivePlace {
  path: string;
  /** Byte offset of the header in question. */
  offset?: number;
  entry?: string;
}

/** Builds an error whose message begins with the file, the entry and the offset as far as they are known. */
export function archiveError(code: ArchiveErrorCode, place: ArchivePlace, reason: string, cause?: unknown): ArchiveError {
  const message = `${printable(place.path)}: ${within(place, reason)}`;
  return new ArchiveError(code, message, cause === undefined ? {} : { cause });
}

function within({ entry, offset }: ArchivePlace, reason: string): string {
  if (entry === undefined) return offset === undefined ? reason : `at byte ${offset}: ${reason}`;
  return offset === undefined ? `entry ${quoted(entry)}: ${reason}` : `entry ${quoted(entry)} at byte ${offset}: ${reason}`;
}

/** The text with control, formatting and line-breaking characters written as escapes, so that a terminal obeys none of them. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const longestQuote = 200;

/** The text printable, in double quotes, cut after 200 characters. */
export function quoted(text: string): string {
  return `"${printable(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text)}"`;
}
