import { createTarDecoder, type TarHeader } from "modern-tar";

export const blockSize = 512;

/** Bytes that a body of this size takes in an archive. */
export function padded(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** The type flag as a character; the old format's NUL reads as a regular file. */
export function typeFlag(block: Uint8Array): string {
  const byte = block[156] ?? 0;
  return byte === 0 ? "0" : String.fromCharCode(byte);
}

/** Whether the block's checksum is right, its own field counted as spaces; bytes are unsigned. */
export function checksumHolds(block: Uint8Array): boolean {
  const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return readOctal(block, 148, 8) === sum;
}

/** The size field where it is octal; null where it is not (base 256, signs, other characters). */
export function octalSize(block: Uint8Array): number | null {
  return readOctal(block, 124, 12);
}

function readOctal(block: Uint8Array, start: number, length: number): number | null {
  const field = String.fromCharCode(...block.subarray(start, start + length));
  const digits = /^ *([0-7]+)[ \0]*(?:\0.*)?$/s.exec(field)?.[1];
  return digits === undefined ? null : Number.parseInt(digits, 8);
}

/**
 * Whether PAX records (`LENGTH KEY=VALUE\n`) fill the body exactly. The decoder stops at the first malformed record
 * without a word, and then two readers of one archive would see different names.
 */
export function paxRecordsHold(body: Uint8Array): boolean {
  let offset = 0;
  while (offset < body.length) {
    const space = body.indexOf(0x20, offset);
    if (space === -1 || space - offset > 10) return false;
    const length = String.fromCharCode(...body.subarray(offset, space));
    const end = offset + Number(length);
    if (!/^[1-9]\d*$/.test(length) || end > body.length || body[end - 1] !== 0x0a) return false;
    const equals = body.indexOf(0x3d, space);
    if (equals <= space + 1 || equals >= end) return false;
    offset = end;
  }
  return true;
}

/**
 * Decodes one entry's header together with the extended headers before it. Only header bytes are given to the decoder,
 * so bodies need not be read to walk an archive. Rejects with the decoder's error.
 */
export async function decodeHeader(headerBytes: Uint8Array): Promise<TarHeader> {
  const { readable, writable } = createTarDecoder({ strict: true });
  const reader = readable.getReader();
  const writer = writable.getWriter();
  // Asked for before the bytes are written: the entry then passes straight to this read, and the close that follows,
  // a truncation in the decoder's eyes, cannot take it back.
  const first = reader.read();
  const fed = writer.write(headerBytes).then(async () => await writer.close());
  const [entry] = await Promise.allSettled([first, fed]);
  if (entry.status === "rejected") throw entry.reason;
  if (entry.value.done) throw new Error("no entry follows the header");
  return entry.value.value.header;
}
