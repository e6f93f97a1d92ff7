/** CRIU's statistics of a dump: how long the processes stood still and how much memory was written. */
export interface DumpStatistics {
  /** Microseconds until all processes stood still. */
  freezingMicroseconds: number;
  /** Microseconds for which they stood still. CRIU's own; a runtime that pauses first and thaws last makes the pause longer. */
  frozenMicroseconds: number;
  memoryDumpMicroseconds: number;
  memoryWriteMicroseconds: number;
  pagesScanned: number;
  pagesWritten: number;
}

// criu/include/magic.h: the common magic of service files and the one of statistics.
const magic = Buffer.from("4059105506330957", "hex");
const lengthDelimited = 2;

/** Decodes a `stats-dump` image (images/stats.proto); null when it is none. */
export function readCriuStats(content: Buffer): DumpStatistics | null {
  if (content.length < 12 || !content.subarray(0, 8).equals(magic)) return null;
  const entry = readFields(content.subarray(12, 12 + content.readUInt32LE(8)));
  const dump = entry?.get(1);
  const fields = Buffer.isBuffer(dump) ? readFields(dump) : null;
  if (!fields) return null;
  const [freezing, frozen, memoryDump, memoryWrite, scanned, , written] = [1, 2, 3, 4, 5, 6, 7].map((field) => fields.get(field));
  if (!isNumber(freezing) || !isNumber(frozen) || !isNumber(memoryDump) || !isNumber(memoryWrite)) return null;
  if (!isNumber(scanned) || !isNumber(written)) return null;
  return {
    freezingMicroseconds: freezing,
    frozenMicroseconds: frozen,
    memoryDumpMicroseconds: memoryDump,
    memoryWriteMicroseconds: memoryWrite,
    pagesScanned: scanned,
    pagesWritten: written,
  };
}

const isNumber = (value: unknown): value is number => typeof value === "number";

/** The integers and the embedded messages of a protobuf message by field number; null when it is malformed or has other types. */
function readFields(message: Buffer): Map<number, number | Buffer> | null {
  const fields = new Map<number, number | Buffer>();
  let offset = 0;
  while (offset < message.length) {
    const key = readVarint(message, offset);
    const value = key && readVarint(message, key.next);
    if (!value) return null;
    const type = key.value % 8;
    if (type !== 0 && type !== lengthDelimited) return null;
    const end = type === 0 ? value.next : value.next + value.value;
    if (end > message.length) return null;
    fields.set(Math.floor(key.value / 8), type === 0 ? value.value : message.subarray(value.next, end));
    offset = end;
  }
  return fields;
}

/** An unsigned number of at most 53 bits and the offset behind it; null when there is none. */
function readVarint(bytes: Buffer, start: number): { value: number; next: number } | null {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, next: start + index + 1 } : null;
  }
  return null;
}
