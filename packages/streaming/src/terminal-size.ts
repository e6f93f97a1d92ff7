/** A message of the resize stream: characters, not pixels. */
export interface TerminalSize {
  readonly Width: number;
  readonly Height: number;
}

/** As Go's JSON encoder writes it: one line per size. */
export function encodeTerminalSize(size: TerminalSize): string {
  return `${JSON.stringify({ Width: size.Width, Height: size.Height })}\n`;
}

/** Reads one size; undefined when the text is none. */
export function decodeTerminalSize(text: string): TerminalSize | undefined {
  try {
    const { Width, Height } = JSON.parse(text) as Partial<TerminalSize>;
    return typeof Width === "number" && typeof Height === "number" ? { Width, Height } : undefined;
  } catch {
    return undefined;
  }
}
