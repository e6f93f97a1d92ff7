import { gzipSync } from "node:zlib";

/** Gzip whose head is the one that compress/gzip writes: no operating system, and how hard the writer was told to try. */
export function goGzip(body: string | Buffer, level: "default" | "fastest" = "default"): Buffer {
  const bytes = gzipSync(body);
  bytes[8] = level === "fastest" ? 4 : 0;
  bytes[9] = noSystem;
  return bytes;
}

const noSystem = 255;
const headBytes = 10;

/** The same for the first piece of a stream, in place; zlib writes the head as one. */
export function markAsGo(firstPiece: Buffer): void {
  if (firstPiece.length >= headBytes) firstPiece[headBytes - 1] = noSystem;
}
