import { open, type FileHandle } from "node:fs/promises";

const blockSize = 64 * 1024;
const newline = 0x0a;

/** A file read line by line, from where it was opened on to wherever it grows. */
export interface LineReader {
  readonly file: FileHandle;
  /** The next whole line with its newline; undefined at the end of what is there. */
  next(): Promise<Buffer | undefined>;
  /** What stands behind the last newline, once `next` has come to the end. */
  rest(): Buffer;
  close(): Promise<void>;
}

/** Opens a file for reading by lines. Rejects with the system's error. */
export async function openLines(path: string, startOf: (file: FileHandle) => Promise<number> = async () => 0): Promise<LineReader> {
  const file = await open(path);
  let position = await startOf(file).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  let pending: Buffer = Buffer.alloc(0);
  return {
    file,
    async next() {
      for (let searched = 0; ;) {
        const end = pending.indexOf(newline, searched);
        if (end >= 0) {
          const line = pending.subarray(0, end + 1);
          pending = pending.subarray(end + 1);
          return line;
        }
        searched = pending.length;
        const { buffer, bytesRead } = await file.read(Buffer.alloc(blockSize), 0, blockSize, position);
        if (bytesRead === 0) return undefined;
        position += bytesRead;
        pending = Buffer.concat([pending, buffer.subarray(0, bytesRead)]);
      }
    },
    rest: () => pending,
    close: () => file.close(),
  };
}
