/** Where something is in a file: member names and array positions from the root. */
export type Place = readonly (string | number)[];

/** A file that was read, and that still knows its lines. */
export interface LocatedDocument {
  value: unknown;
  /** `FILE:LINE` of the node at a place; of its nearest parent when there is none. */
  locate: (place: Place) => string;
}

/** A file says what it must not, or cannot be read; the message names it, with the line. */
export class FileError extends Error {
  readonly code = "bad-file";
}

/** Parses YAML, of which JSON is a part. `file` is its name in messages. Throws FileError. */
export async function parseLocated(file: string, text: string): Promise<LocatedDocument> {
  // Loaded here: most mocks read no such file.
  const { isNode, LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const at = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  const [error] = document.errors;
  if (error) throw new FileError(`${at(error.pos[0])}: ${error.message.split("\n")[0]}`, { cause: error });
  const locate = (place: Place): string => {
    for (let length = place.length; length >= 0; length--) {
      const node = document.getIn(place.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return `${file}:1`;
  };
  try {
    return { value: document.toJS(), locate };
  } catch (cause) {
    // References to nothing, or to so much that it would fill the memory.
    throw new FileError(`${file}:1: ${cause instanceof Error ? cause.message.split("\n")[0] : String(cause)}`, { cause });
  }
}
