import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

import { archiveError } from "./archive-error.ts";

/** An archive that is open for reading. */
export interface OpenArchive {
  path: string;
  /** Size of the file in bytes when it was opened. */
  size: number;
  /** Permission bits of the file. */
  mode: number;
  /** Exactly `length` bytes from `offset`; rejects with ArchiveError `truncated` when the file ends before. */
  readAt(offset: number, length: number): Promise<Buffer>;
}

/**
 * Opens the file, hands it to `use` and closes it. Rejects with ArchiveError `unreadable`, `not-a-file`, `empty`,
 * `compressed`, or with what `use` throws.
 */
export async function withArchive<T>(path: string, use: (archive: OpenArchive) => Promise<T>): Promise<T> {
  // Not blocking, because opening a named pipe would otherwise wait for a writer for ever.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const { size, mode, ...stat } = await describe(path, handle);
    if (!stat.isFile) throw archiveError("not-a-file", { path }, "it is not a regular file; name the archive itself");
    if (size === 0) throw archiveError("empty", { path }, "it has 0 bytes; a full disk leaves such files, checkpoint again");
    const archive: OpenArchive = {
      path,
      size,
      mode,
      readAt: async (offset, length) => await readExactly(path, handle, offset, length),
    };
    await refuseGzip(archive);
    return await use(archive);
  } finally {
    await handle.close();
  }
}

async function describe(path: string, handle: FileHandle): Promise<{ size: number; mode: number; isFile: boolean }> {
  try {
    const stat = await handle.stat();
    return { size: stat.size, mode: stat.mode & 0o7777, isFile: stat.isFile() };
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function refuseGzip(archive: OpenArchive): Promise<void> {
  const start = await archive.readAt(0, Math.min(2, archive.size));
  if (start[0] === 0x1f && start[1] === 0x8b)
    throw archiveError(
      "compressed",
      { path: archive.path },
      "it is gzip-compressed, but runtimes write checkpoint archives uncompressed; gunzip it first",
    );
}

async function readExactly(path: string, handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled).catch((cause: unknown) => {
      throw unreadable(path, cause);
    });
    if (bytesRead === 0) throw archiveError("truncated", { path, offset }, `the file ends ${length - filled} bytes early`);
    filled += bytesRead;
  }
  return buffer;
}

function unreadable(path: string, cause: unknown): Error {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
  const advice = new Map([
    ["ENOENT", "there is no such file; is this the node that wrote it?"],
    ["EACCES", "permission denied; archives are for their owner only, so read it as root"],
  ]).get(code);
  return archiveError("unreadable", { path }, advice ?? `cannot be read (${code})`, cause);
}
