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
 * A synthetic CRIU image: the right magic numbers, and the records that tools read to show one process, its memory map
 * and its files. Nothing can be restored from it.
 * `image` is the name without directory and suffix, such as `core-1`; null for a name that is not a CRIU record image.
 */
export function criuImage(image: string, memoryBytes: number): Buffer | null {
  if (image === "inventory") return Buffer.concat([word(inventoryMagic), record([1, 2], [2, 1])]);
  const kind = image.replace(/-\d+$/, "");
  const magic = imageMagics[kind];
  if (magic === undefined) return null;
  return Buffer.concat([word(commonMagic), word(magic), ...records(kind, memoryBytes)]);
}

/** Where a static executable is loaded. */
const codeStart = 0x400000;

/** By the ids that other images know them by. */
const openFiles: readonly [id: number, path: string][] = [
  [1, "/dev/null"],
  [2, "/"],
  [3, "/bin/busybox"],
];

function records(kind: string, memoryBytes: number): Buffer[] {
  switch (kind) {
    case "core":
      // x86-64; alive, no exit code, personality, flags or blocked signals.
      return [
        record(
          [1, 1],
          [
            3,
            [
              [1, 1],
              [2, 0],
              [3, 0],
              [4, 0],
              [5, 0],
              [6, "sh"],
            ],
          ],
        ),
      ];
    case "ids":
      // The second is the number in the name of the image of open files.
      return [record([1, 1], [2, 2], [3, 1], [4, 1])];
    case "fdinfo":
      // Standard input is the first file, a regular one.
      return [record([1, 1], [2, 0], [3, 1], [4, 0])];
    case "fs":
      // Working and root directory.
      return [record([1, 2], [2, 2])];
    case "files":
      return openFiles.map(([id, path]) => {
        const nobody = [1, 2, 3, 4, 5].map((number): Field => [number, 0]);
        return record(
          [1, 1],
          [2, id],
          [
            3,
            [
              [1, id],
              [2, 0],
              [3, 0],
              [5, nobody],
              [6, path],
            ],
          ],
        );
      });
    case "mm":
      // Eleven addresses, of which the arguments' and the environment's enclose nothing, and the executable.
      return [record(...Array.from({ length: 11 }, (_, index): Field => [index + 1, codeStart]), [12, 3])];
    case "pstree":
      // One process: pid 1, no parent, its own group and session, one thread 1.
      return [record([1, 1], [2, 0], [3, 1], [4, 1], [5, 1])];
    case "pagemap":
      // The pages file's number, then one run of present pages.
      return [record([1, 1]), record([1, codeStart], [2, 0], [4, 4], [5, memoryBytes / pageSize])];
    default:
      return [];
  }
}

/** A `stats-dump`: the statistics of a short freeze in which all pages were written. */
export function criuStats(memoryBytes: number): Buffer {
  const pages = memoryBytes / pageSize;
  const microseconds = { freezing: 350, frozen: 35_000, memoryDump: 900, memoryWrite: 300 };
  const dump: Field[] = [
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
  ];
  const message = fields([1, dump]);
  return Buffer.concat([word(serviceMagic), word(statsMagic), word(message.length), message]);
}

function word(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

/** A field of a protobuf message: an integer, a text, or a message. */
type Field = readonly [number: number, value: number | string | readonly Field[]];

/** One record: its length as a word, then a protobuf message. */
function record(...numbered: readonly Field[]): Buffer {
  const message = fields(...numbered);
  return Buffer.concat([word(message.length), message]);
}

function fields(...numbered: readonly Field[]): Buffer {
  return Buffer.concat(
    numbered.flatMap(([number, value]) => {
      if (typeof value === "number") return [varint(number << 3), varint(value)];
      const content = typeof value === "string" ? Buffer.from(value) : fields(...value);
      return [varint((number << 3) | 2), varint(content.length), content];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
