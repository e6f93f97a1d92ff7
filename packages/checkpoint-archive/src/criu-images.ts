/** CRIU's image types and their magic numbers (criu/include/magic.h); the first word of most images is the common one. */
const commonMagic = 0x54564319;
const serviceMagic = 0x55105940;
const inventoryMagic = 0x58313116;
const statsMagic = 0x57093306;
const imageMagics: Record<string, number> = {
  cgroup: 0x59383330,
  core: 0x55053847,
  fdinfo: 0x56213732,
  files: 0x56303138,
  fs: 0x51403912,
  ids: 0x54432030,
  "ipcns-var": 0x53115007,
  mm: 0x57492820,
  mountpoints: 0x55563928,
  pagemap: 0x56084025,
  pstree: 0x50273030,
  seccomp: 0x64413049,
  timens: 0x43114433,
  utsns: 0x54473203,
};

export const pageSize = 4096;

/**
 * A synthetic CRIU image: the right magic numbers, and records only in the inventory, the process tree and
 * the memory map. Nothing can be restored from it.
 * `image` is the name without directory and suffix, such as `core-1`; null for a name that is not a CRIU record image.
 */
export function criuImage(image: string, memoryBytes: number): Buffer | null {
  if (image === "inventory") return Buffer.concat([word(inventoryMagic), record([1, 2], [2, 1])]);
  const kind = image.replace(/-\d+$/, "");
  const magic = imageMagics[kind];
  if (magic === undefined) return null;
  return Buffer.concat([word(commonMagic), word(magic), ...records(kind, memoryBytes)]);
}

function records(kind: string, memoryBytes: number): Buffer[] {
  switch (kind) {
    case "pstree":
      // One process: pid 1, no parent, its own group and session, one thread 1.
      return [record([1, 1], [2, 0], [3, 1], [4, 1], [5, 1])];
    case "pagemap":
      // The pages file's number, then one run of present pages from where a static executable is loaded.
      return [record([1, 1]), record([1, 0x400000], [2, 0], [4, 4], [5, memoryBytes / pageSize])];
    default:
      return [];
  }
}

/** A `stats-dump`: the statistics of a short freeze in which all pages were written. */
export function criuStats(memoryBytes: number): Buffer {
  const pages = memoryBytes / pageSize;
  const microseconds = { freezing: 350, frozen: 35_000, memoryDump: 900, memoryWrite: 300 };
  const dump = fields(
    [1, microseconds.freezing],
    [2, microseconds.frozen],
    [3, microseconds.memoryDump],
    [4, microseconds.memoryWrite],
    [5, pages],
    [6, 0],
    [7, pages],
    [8, 0],
    // No lazy pages, one pipe, no shared memory: fields that tools require.
    [9, 0],
    [10, 1],
    [11, 1],
    [12, 0],
    [13, 0],
    [14, 0],
  );
  const message = Buffer.concat([Buffer.from([(1 << 3) | 2]), varint(dump.length), dump]);
  return Buffer.concat([word(serviceMagic), word(statsMagic), word(message.length), message]);
}

function word(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

/** One record: its length as a word, then a protobuf message of integer fields. */
function record(...numbered: [field: number, value: number][]): Buffer {
  const message = fields(...numbered);
  return Buffer.concat([word(message.length), message]);
}

function fields(...numbered: [field: number, value: number][]): Buffer {
  return Buffer.concat(numbered.flatMap(([field, value]) => [varint(field << 3), varint(value)]));
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
