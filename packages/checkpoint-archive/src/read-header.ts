import type { TarHeader } from "modern-tar";

import { type ArchiveErrorCode, archiveError, quoted } from "./archive-error.ts";
import type { OpenArchive } from "./open-archive.ts";
import { blockSize, checksumHolds, decodeHeader, isZeroBlock, octalSize, padded, paxRecordsHold, typeFlag } from "./tar-header.ts";

const knownTypes = "01234567";
const extendedTypes = "xgLK";

/** One entry's header as decoded and as it stands in the archive. */
export interface RawHeader {
  decoded: TarHeader;
  /** The entry's own block, without the extended headers before it. */
  block: Uint8Array;
  dataOffset: number;
}

/**
 * The next entry's header with the extended headers before it; null at the end-of-archive marker.
 * Global headers met on the way are added to `globals`, which hold for all entries that follow.
 */
export async function readHeader(
  archive: OpenArchive,
  start: number,
  globals: Uint8Array[],
  maxHeaderBytes: number,
): Promise<RawHeader | null> {
  const extended: Uint8Array[] = [];
  for (let offset = start; ;) {
    const refuse = (code: ArchiveErrorCode, reason: string, cause?: unknown): Error =>
      archiveError(code, { path: archive.path, offset }, reason, cause);
    if (offset + blockSize > archive.size) throw refuse("truncated", "the file ends before the end-of-archive marker; checkpoint again");
    const block = await archive.readAt(offset, blockSize);
    if (isZeroBlock(block)) {
      if (extended.length > 0) throw refuse("corrupt-header", "an extended header belongs to no entry");
      await expectSecondZeroBlock(archive, offset);
      return null;
    }
    if (!checksumHolds(block)) {
      if (offset === 0) throw refuse("not-tar", "it is not a tar archive; name a file that the kubelet's answer lists");
      throw refuse("corrupt-header", "the header's checksum is wrong; the archive is damaged, checkpoint again");
    }
    const type = typeFlag(block);
    if (type === "S") throw refuse("sparse-entry", "it is a GNU sparse entry, which runtimes do not write");
    if (knownTypes.includes(type)) {
      const decoded = await decodeHeader(Buffer.concat([...globals, ...extended, block])).catch((cause: unknown) => {
        const text = cause instanceof Error ? cause.message : String(cause);
        throw refuse("corrupt-header", `the header cannot be decoded (${text})`, cause);
      });
      return { decoded, block, dataOffset: offset + blockSize };
    }
    if (!extendedTypes.includes(type)) throw refuse("unsupported-type", `entries of type ${quoted(type)} are not known`);

    const size = octalSize(block);
    if (size === null) throw refuse("corrupt-header", "the size of an extended header is not a number");
    const kept = type === "g" ? globals : extended;
    const soFar = kept.reduce((total, part) => total + part.length, 0);
    if (soFar + blockSize + padded(size) > maxHeaderBytes)
      throw refuse("header-too-large", `extended headers are larger than the ${maxHeaderBytes} bytes allowed`);
    const whole = await archive.readAt(offset, blockSize + padded(size));
    if ((type === "x" || type === "g") && !paxRecordsHold(whole.subarray(blockSize, blockSize + size)))
      throw refuse("corrupt-header", "a PAX record is malformed");
    kept.push(whole);
    offset += whole.length;
  }
}

async function expectSecondZeroBlock(archive: OpenArchive, offset: number): Promise<void> {
  const place = { path: archive.path, offset };
  if (offset + 2 * blockSize > archive.size)
    throw archiveError("truncated", place, "the file ends within the end-of-archive marker; checkpoint again");
  // What follows a whole marker is not looked at: CRI-O overwrites an archive of the same second without shortening it.
  if (!isZeroBlock(await archive.readAt(offset + blockSize, blockSize)))
    throw archiveError("corrupt-header", place, "a block of zeros stands between entries");
}
