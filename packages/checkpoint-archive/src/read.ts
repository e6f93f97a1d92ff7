import { archiveError } from "./archive-error.ts";
import { type OpenArchive, withArchive } from "./open-archive.ts";
import { type ArchiveEntry, type ArchiveLimits, type LocatedEntry, walkEntries } from "./walk.ts";

const mebibyte = 1024 * 1024;

/**
 * All entries of a checkpoint archive, in the order of the file. Contents are skipped, nothing is written, and memory
 * does not grow with the archive. Rejects with ArchiveError at the first thing that is wrong; see its codes.
 */
export async function listArchive(path: string, limits?: ArchiveLimits): Promise<ArchiveEntry[]> {
  const entries = await withArchive(path, async (archive) => await locateEntries(archive, limits));
  return entries.map(withoutOffset);
}

/**
 * The content of one regular file of an archive, by its name without `./`. The whole archive is checked first.
 * Rejects with ArchiveError `entry-missing`, `entry-not-a-file`, `entry-too-large`, or as listArchive does.
 */
export async function readEntry(path: string, name: string, limits?: ArchiveLimits): Promise<Buffer> {
  return await withArchive(path, async (archive) => {
    const entries = await locateEntries(archive, limits);
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry === undefined) throw archiveError("entry-missing", { path, entry: name }, "the archive has no such entry");
    return await readLocated(archive, entry, limits);
  });
}

/** The entries and where their contents begin. */
export async function locateEntries(archive: OpenArchive, limits?: ArchiveLimits): Promise<LocatedEntry[]> {
  const entries: LocatedEntry[] = [];
  for await (const entry of walkEntries(archive, limits)) entries.push(entry);
  return entries;
}

/** The content of an entry of an open archive. */
export async function readLocated(archive: OpenArchive, entry: LocatedEntry, limits?: ArchiveLimits): Promise<Buffer> {
  const place = { path: archive.path, entry: entry.name };
  const most = limits?.maxEntryBytes ?? 16 * mebibyte;
  if (entry.type !== "file") throw archiveError("entry-not-a-file", place, `it is a ${entry.type}, not a regular file`);
  if (entry.size > most) throw archiveError("entry-too-large", place, `it has ${entry.size} bytes, more than the ${most} allowed`);
  return await archive.readAt(entry.dataOffset, entry.size);
}

/** The public part of a located entry. */
export function withoutOffset({ name, type, size, mode, linkname }: LocatedEntry): ArchiveEntry {
  return { name, type, size, mode, linkname };
}
