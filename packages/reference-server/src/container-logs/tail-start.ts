import type { FileHandle } from "node:fs/promises";

const blockSize = 1024;
const newline = 0x0a;

/** Where the last `count` lines of a file begin: findTailLineStartIndex. A last line without its newline is not counted, but follows. */
export async function tailStart(file: FileHandle, count: bigint): Promise<number> {
  const { size } = await file.stat();
  let found = 0n;
  for (let right = size; right > 0; right -= blockSize) {
    const left = Math.max(0, right - blockSize);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(right - left), 0, right - left, left);
    for (let at = bytesRead - 1; at >= 0; at--) {
      if (buffer[at] !== newline) continue;
      if (found === count) return left + at + 1;
      found++;
    }
  }
  return 0;
}
