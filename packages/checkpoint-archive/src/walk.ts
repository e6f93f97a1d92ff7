import type { TarHeader } from "modern-tar";

import { archiveError, quoted } from "./archive-error.ts";
import { checkLink, safeName } from "./entry-safety.ts";
import type { OpenArchive } from "./open-archive.ts";
import { type RawHeader, readHeader } from "./read-header.ts";
import { octalSize, padded, typeFlag } from "./tar-header.ts";

/** Bounds on what an archive may make its reader do. */
export interface ArchiveLimits {
  /** Most entries; default 10,000 (a real archive of a small container has about 30). */
  maxEntries?: number;
  /** Most bytes of extended headers (PAX, GNU long names) before one entry; default 65,536. */
  maxHeaderBytes?: number;
  /** Most bytes of one entry that readEntry returns; default 16 MiB. */
  maxEntryBytes?: number;
}

export interface ArchiveEntry {
  /** Name without `./` and trailing slash. May hold control characters: print it through `printable`. */
  name: string;
  type: "file" | "directory" | "symlink" | "link" | "character-device" | "block-device" | "fifo";
  /** Bytes of content. */
  size: number;
  /** Permission bits. */
  mode: number;
  /** Target of a link; null for other types. */
  linkname: string | null;
}

/** An entry and where its content begins. */
export interface LocatedEntry extends ArchiveEntry {
  dataOffset: number;
}

/** Walks the headers of an archive, seeking over the contents. Throws ArchiveError at the first thing that is wrong. */
export async function* walkEntries(archive: OpenArchive, limits: ArchiveLimits = {}): AsyncGenerator<LocatedEntry> {
  const maxEntries = limits.maxEntries ?? 10_000;
  const maxHeaderBytes = limits.maxHeaderBytes ?? 65_536;
  const seen = new Set<string>();
  const globals: Uint8Array[] = [];
  let offset = 0;
  for (;;) {
    const header = await readHeader(archive, offset, globals, maxHeaderBytes);
    if (header === null) {
      // A file of zeros reads as one, which tar programs let pass.
      if (seen.size === 0) throw archiveError("not-tar", { path: archive.path }, "it is no archive: it has no entry; checkpoint again");
      return;
    }
    const entry = toEntry(archive, offset, header);
    const place = { path: archive.path, offset, entry: entry.name };
    if (seen.size === maxEntries) throw archiveError("too-many-entries", place, `it is one more than the ${maxEntries} entries allowed`);
    if (seen.has(entry.name)) throw archiveError("duplicate-entry", place, "an earlier entry has the same name");
    if (entry.dataOffset + entry.size > archive.size)
      throw archiveError(
        "truncated",
        place,
        `it has ${entry.size} bytes but the file ends after ${archive.size - entry.dataOffset} of them; checkpoint again`,
      );
    seen.add(entry.name);
    yield entry;
    offset = entry.dataOffset + padded(entry.size);
  }
}

function toEntry(archive: OpenArchive, offset: number, { decoded, block, dataOffset }: RawHeader): LocatedEntry {
  const place = { path: archive.path, offset };
  const name = safeName(decoded.name, place);
  const named = { ...place, entry: name };
  const type = entryType(decoded);
  const pax = decoded.pax ?? {};
  if (Object.keys(pax).some((key) => key.startsWith("GNU.sparse.")))
    throw archiveError("sparse-entry", named, "it is a GNU sparse entry, which runtimes do not write");
  // The decoder ignores a PAX size it cannot read, and reports 0 bytes for a file whose name ends in a slash.
  if (pax["size"] !== undefined && pax["size"] !== String(decoded.size) && type === "file")
    throw archiveError("corrupt-header", named, `its PAX size ${quoted(pax["size"])} is not a number`);
  if (type === "directory" && typeFlag(block) !== "5" && (octalSize(block) !== 0 || pax["size"] !== undefined))
    throw archiveError("corrupt-header", named, "it is named as a directory but has content");
  const linkname = decoded.linkname ?? "";
  if (type === "symlink" || type === "link") checkLink(type, name, linkname, place);
  return {
    name,
    type,
    size: decoded.size,
    mode: (decoded.mode ?? 0) & 0o7777,
    linkname: type === "symlink" || type === "link" ? linkname : null,
    dataOffset,
  };
}

function entryType({ type }: TarHeader): ArchiveEntry["type"] {
  switch (type) {
    case "directory":
    case "symlink":
    case "link":
    case "character-device":
    case "block-device":
    case "fifo":
      return type;
    default:
      return "file";
  }
}
