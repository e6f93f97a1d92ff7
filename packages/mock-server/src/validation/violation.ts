/** What a request has against the spec. */
export interface Violation {
  in: "query" | "header" | "body";
  /** Of the parameter; absent with a body. */
  name?: string;
  /** `type`: it cannot be read as what it should be. `range`: it can, and is not allowed. */
  kind: "unknown" | "missing" | "repeated" | "undecodable" | "type" | "range";
  /** What is wrong and what would be right, for people; the place is named before it. */
  message: string;
}

/** One line: where, and what. */
export function violationText({ in: place, name, message }: Violation): string {
  return name === undefined ? `${place} ${message}` : `${place} parameter "${name}" ${message}`.replace("header parameter", "header");
}

/** The value of the header that tells them. */
export function violationsHeader(violations: readonly Violation[]): string {
  return headerText(violations.map(violationText));
}

/** Lines as one value of a header: printable ASCII, and not longer than servers and browsers take. */
export function headerText(lines: readonly string[]): string {
  const plain = lines
    .join("; ")
    .replaceAll(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character.isWellFormed() ? character : "\ufffd"));
  return plain.length > 1000 ? `${plain.slice(0, 1000)}...` : plain;
}
