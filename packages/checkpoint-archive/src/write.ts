import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { createTarPacker, type TarHeader, type TarPackController } from "modern-tar";

import { type ArchiveFacts, entryContent } from "./archive-content.ts";
import { pageSize } from "./criu-images.ts";
import type { ArchiveContainer } from "./dumps.ts";
import { type ArchiveLayout, type LayoutEntry, layoutEntries, type OciRuntime } from "./layout.ts";

export interface WriteArchiveOptions {
  layout: ArchiveLayout;
  container: ArchiveContainer;
  /** OCI runtime below the engine; default `runc`. */
  ociRuntime?: OciRuntime;
  /** When the container was created; default: the time of the checkpoint. */
  createdAt?: Date;
  /** When the checkpoint was taken; default: now. */
  checkpointedAt?: Date;
  /** Bytes of process memory (`checkpoint/pages-1.img`), rounded up to whole pages of 4096; default 65536, or more if `memory` is longer. */
  memoryBytes?: number;
  /** What that memory begins with; the rest of it is zero. Default nothing. */
  memory?: Uint8Array;
  /** What the container has logged so far; default empty. */
  log?: string;
  /** Aborting ends the writing with the signal's reason; nothing stays on disk. */
  signal?: AbortSignal;
}

/**
 * Writes a checkpoint archive at `path`: mode 0600, complete or not at all. An archive of the same name is replaced,
 * as runtimes do for two checkpoints in one second. The directory must exist.
 * Rejects with the system's error (ENOENT, ENOSPC, ...), with the signal's reason,
 * or with a RangeError for an impossible `memoryBytes`, or for one that `memory` does not fit into.
 */
export async function writeArchive(path: string, options: WriteArchiveOptions): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  const facts = factsOf(options);
  // Not made of the archive's own name, which may already be as long as a file name can be.
  const partial = join(dirname(path), `.checkpoint-${randomUUID()}.partial`);
  const handle = await open(partial, "wx", 0o600);
  try {
    try {
      // The mode given to open() is narrowed by the umask.
      await handle.chmod(0o600);
      await writeTar(handle, facts, signal);
      await handle.sync();
    } finally {
      await handle.close();
    }
    signal?.throwIfAborted();
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw signal?.aborted ? signal.reason : error;
  }
}

function factsOf(options: WriteArchiveOptions): ArchiveFacts {
  const checkpointedAt = options.checkpointedAt ?? new Date();
  const { memory = new Uint8Array(), memoryBytes = Math.max(65_536, memory.length) } = options;
  if (!Number.isSafeInteger(memoryBytes) || memoryBytes < 0)
    throw new RangeError(`memoryBytes is ${memoryBytes}; give a whole number of bytes, 0 or more`);
  if (memory.length > memoryBytes) throw new RangeError(`memory has ${memory.length} bytes, more than memoryBytes, ${memoryBytes}`);
  return {
    layout: options.layout,
    ociRuntime: options.ociRuntime ?? "runc",
    container: options.container,
    createdAt: options.createdAt ?? checkpointedAt,
    checkpointedAt,
    memoryBytes: Math.ceil(memoryBytes / pageSize) * pageSize,
    memory,
    log: options.log ?? "",
  };
}

async function writeTar(handle: FileHandle, facts: ArchiveFacts, signal: AbortSignal | undefined): Promise<void> {
  const { readable, controller } = createTarPacker();
  const pack = async (): Promise<void> => {
    for (const entry of layoutEntries(facts.layout, facts.ociRuntime)) await addEntry(controller, entry, facts, signal);
    controller.finalize();
  };
  const packed = pack().catch((error: unknown) => {
    controller.error(error);
  });
  // Either side's failure reaches this one: the packer's through the stream, the disk's directly.
  await writeFile(handle, readable);
  await packed;
}

async function addEntry(
  controller: TarPackController,
  entry: LayoutEntry,
  facts: ArchiveFacts,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { type, mode } = entry;
  const common = { type, mode, mtime: facts.checkpointedAt };
  if (type === "directory") {
    await controller.add({ ...common, name: `${entry.name}/`, size: 0 }).close();
    return;
  }
  if (entry.name === "checkpoint/pages-1.img") {
    await addFile(controller, { ...common, name: entry.name, size: facts.memoryBytes }, pages(facts), signal);
    return;
  }
  const content = await entryContent(entry.name, facts);
  await addFile(controller, { ...common, name: entry.name, size: content.length }, [content], signal);
}

async function addFile(
  controller: TarPackController,
  header: TarHeader,
  chunks: Iterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const body = controller.add(header).getWriter();
  for (const chunk of chunks) {
    signal?.throwIfAborted();
    await body.write(chunk);
  }
  await body.close();
}

const zeroChunk = new Uint8Array(1024 * 1024);

/** The memory; what is empty of it in pieces of one shared buffer. */
function* pages({ memory, memoryBytes }: ArchiveFacts): Generator<Uint8Array> {
  if (memory.length > 0) yield memory;
  for (let left = memoryBytes - memory.length; left > 0; left -= zeroChunk.length) yield zeroChunk.subarray(0, left);
}
