import { UsageError } from "./errors.ts";

export interface ParsedDocument {
  value: unknown;
  /** Line, from 1, of the node at this path; of its nearest parent when there is none. */
  lineOf: (path: readonly (string | number)[]) => number;
}

/** Parses YAML or JSON. Throws a UsageError that names the file and the line. */
export async function parseDocument(file: string, text: string): Promise<ParsedDocument> {
  // Loaded here: most runs read no such file.
  const { isNode, LineCounter, parseDocument: parse } = await import("yaml");
  const lines = new LineCounter();
  const document = parse(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw new UsageError("file-malformed", `${file}:${line}: ${error.message.split("\n")[0]}`, { cause: error });
  }
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  try {
    return { value: document.toJS(), lineOf };
  } catch (cause) {
    // References to nothing, or to so much that it would fill the memory.
    throw new UsageError("file-malformed", `${file}:1: ${cause instanceof Error ? cause.message.split("\n")[0] : String(cause)}`, {
      cause,
    });
  }
}
