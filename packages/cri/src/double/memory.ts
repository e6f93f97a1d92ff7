/** A simulated program as a checkpoint keeps it. */
export interface ProgramMemory {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly stdin: boolean;
  /** How far it had come. */
  readonly steps: number;
}

/** The memory of a real process begins with nothing that can be read; this one's is a line of JSON, up to the first zero byte. */
export function encodeMemory({ steps, ...program }: ProgramMemory): Uint8Array {
  // Of one length for every number, so that a program's memory has the same place at any time.
  return Buffer.from(`${JSON.stringify({ ...program, steps: String(steps).padStart(15, "0") })}\0`);
}

/** Undefined: these are not the pages of a simulated program. */
export function decodeMemory(pages: Uint8Array): ProgramMemory | undefined {
  const end = pages.indexOf(0);
  try {
    const value: unknown = JSON.parse(Buffer.from(pages.subarray(0, end === -1 ? pages.length : end)).toString());
    if (typeof value !== "object" || value === null) return undefined;
    const { command, args, stdin, steps } = value as Partial<Record<keyof ProgramMemory, unknown>>; // An object's members stay unknown.
    if (!isTexts(command) || !isTexts(args) || typeof stdin !== "boolean" || !/^\d+$/.test(String(steps))) return undefined;
    return { command, args, stdin, steps: Number(steps) };
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
