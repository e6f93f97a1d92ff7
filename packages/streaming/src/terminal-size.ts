import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** A message of the resize stream: characters, not pixels. */
export interface TerminalSize {
  readonly Width: number;
  readonly Height: number;
}

/** A size takes some 30 characters. */
const LONGEST = 4096;

/** As Go's JSON encoder writes it: one line per size. */
export function encodeTerminalSize(size: TerminalSize): string {
  return `${JSON.stringify({ Width: size.Width, Height: size.Height })}\n`;
}

/**
 * Reads the sizes of a resize stream as Go's JSON decoder does: one object after another, however they are cut into pieces, names in any
 * case, 0 for what is missing. What comes behind what is no size is thrown away.
 */
export function followTerminalSizes(stream: Readable, onSize: (size: TerminalSize) => void): void {
  const decoder = new StringDecoder("utf8");
  let text: string | undefined = "";
  // The stream has no encoding.
  stream.on("data", (bytes: Buffer) => {
    if (text === undefined) return;
    text += decoder.write(bytes);
    // No string in a size has a brace in it.
    for (let end = text.indexOf("}") + 1; end > 0; end = text.indexOf("}") + 1) {
      const size = sizeOf(text.slice(0, end));
      text = size === undefined ? undefined : text.slice(end);
      if (size === undefined || text === undefined) return;
      onSize(size);
    }
    if (text.length > LONGEST || !/^\s*(?:\{|$)/.test(text)) text = undefined;
  });
}

function sizeOf(text: string): TerminalSize | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    const members = new Map(Object.entries(value).map(([name, member]: [string, unknown]) => [name.toLowerCase(), member]));
    const [Width, Height] = [members.get("width") ?? 0, members.get("height") ?? 0];
    return isUint16(Width) && isUint16(Height) ? { Width, Height } : undefined;
  } catch {
    return undefined;
  }
}

function isUint16(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffff;
}
