import { execFile } from "node:child_process";
import { mkdir, open, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { describe, expect, test } from "vitest";

import { ArchiveError } from "./archive-error.ts";
import { body, end, failureOf, fileOf, header, pax, sampleContainer as container, temporaryDirectory } from "./archives.test.support.ts";
import { listArchive, readEntry } from "./read.ts";
import { writeArchive } from "./write.ts";

const run = promisify(execFile);
const longName = `checkpoint/${"d".repeat(90)}/${"n".repeat(120)}.img`;

describe("listArchive and readEntry", () => {
  test("read plain, GNU and PAX headers", async () => {
    const path = await fileOf(
      header({ name: "./checkpoint/", type: "5", mode: "0000700" }),
      header({ name: "old", type: "\0", size: 2 }),
      body("ab"),
      header({ name: "././@LongLink", type: "L", size: longName.length + 1 }),
      body(`${longName}\0`),
      header({ name: "cut", size: 5 }),
      body("pages"),
      pax({ path: "päx", size: "3" }),
      header({ name: "other", size: 0 }),
      body("xyz"),
      header({ name: "checkpoint/parent", type: "2", linkname: "../old" }),
      header({ name: "hard", type: "1", linkname: "old" }),
      header({ name: "pipe", type: "6" }),
      end,
    );
    expect(await listArchive(path)).toEqual([
      { name: "checkpoint", type: "directory", size: 0, mode: 0o700, linkname: null },
      { name: "old", type: "file", size: 2, mode: 0o644, linkname: null },
      { name: longName, type: "file", size: 5, mode: 0o644, linkname: null },
      { name: "päx", type: "file", size: 3, mode: 0o644, linkname: null },
      { name: "checkpoint/parent", type: "symlink", size: 0, mode: 0o644, linkname: "../old" },
      { name: "hard", type: "link", size: 0, mode: 0o644, linkname: "old" },
      { name: "pipe", type: "fifo", size: 0, mode: 0o644, linkname: null },
    ]);
    expect(String(await readEntry(path, longName))).toBe("pages");
    expect(String(await readEntry(path, "päx"))).toBe("xyz");
  });

  test.each(["gnu", "pax", "ustar", "v7"])("read what tar --format=%s writes", async (format) => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, "checkpoint"));
    await writeFile(join(directory, "checkpoint", "inventory.img"), "inventory");
    await writeFile(join(directory, "config.dump"), "{}");
    await run("tar", [`--format=${format}`, "-cf", "real.tar", "config.dump", "checkpoint"], {
      cwd: directory,
    });
    const path = join(directory, "real.tar");
    expect((await listArchive(path)).map(({ name }) => name)).toEqual(["config.dump", "checkpoint", "checkpoint/inventory.img"]);
    expect(String(await readEntry(path, "checkpoint/inventory.img"))).toBe("inventory");
  });

  test("ignore what stands behind the end of the archive", async () => {
    expect(await listArchive(await fileOf(header({ name: "a" }), end, Buffer.from("the tail of a longer one")))).toHaveLength(1);
  });

  test("skip over a gigabyte without reading it", async () => {
    const path = await fileOf(header({ name: "checkpoint/pages-1.img", size: 2 ** 30 }));
    await truncate(path, 512 + 2 ** 30 + 1024);
    const before = process.memoryUsage().arrayBuffers;
    expect((await listArchive(path))[0]?.size).toBe(2 ** 30);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 22);
  });

  test("keep global PAX headers for the entries that follow", async () => {
    const path = await fileOf(pax({ comment: "x" }, "g"), header({ name: "a" }), header({ name: "b" }), end);
    expect((await listArchive(path)).map(({ name }) => name)).toEqual(["a", "b"]);
  });
});

test("refuses more entries than allowed", async () => {
  const path = await fileOf(...["a", "b", "c"].map((name) => header({ name })), end);
  expect(await listArchive(path, { maxEntries: 3 })).toHaveLength(3);
  expect((await failureOf(listArchive(path, { maxEntries: 2 }))).code).toBe("too-many-entries");
});

test("names file, entry and offset, with control characters escaped", async () => {
  const evil = "\u001b[31mred";
  const path = await fileOf(header({ name: evil }), header({ name: evil }), end);
  expect((await failureOf(listArchive(path))).message).toBe(
    `${path}: entry "\\u{1b}[31mred" at byte 512: an earlier entry has the same name`,
  );
});

test("readEntry refuses what is missing, no file or too large", async () => {
  const path = await fileOf(header({ name: "d", type: "5" }), header({ name: "f", size: 4 }), body("abcd"), end);
  expect((await failureOf(readEntry(path, "g"))).code).toBe("entry-missing");
  expect((await failureOf(readEntry(path, "d"))).code).toBe("entry-not-a-file");
  expect((await failureOf(readEntry(path, "f", { maxEntryBytes: 3 }))).code).toBe("entry-too-large");
});

test("refuses what is not a regular file, without waiting for one", async () => {
  const directory = await temporaryDirectory();
  await run("mkfifo", [join(directory, "pipe")]);
  expect((await failureOf(listArchive(join(directory, "pipe")))).code).toBe("not-a-file");
  expect((await failureOf(listArchive(directory))).code).toBe("not-a-file");
  expect((await failureOf(listArchive(join(directory, "absent.tar")))).message).toContain("no such file");
});

test("a cut or damaged archive is refused or read, never anything else", async () => {
  const path = join(await temporaryDirectory(), "whole.tar");
  await writeArchive(path, { layout: "containerd", container });
  const { size } = await stat(path);
  for (let cut = 0; cut < size; cut += 977) {
    const copy = await fileOf(await slice(path, cut));
    expect(["empty", "truncated"]).toContain((await failureOf(listArchive(copy))).code);
  }
  const whole = await slice(path, size);
  const entries = await listArchive(path);
  const copy = join(path, "..", "damaged.tar");
  for (let place = 0; place < 1600; place += 5) {
    const damaged = Buffer.from(whole);
    damaged[place] = (damaged[place] ?? 0) ^ 0x41;
    await writeFile(copy, damaged);
    // Headers are covered by their checksums, all but the padding of the checksum itself.
    const outcome = await listArchive(copy).catch((error: unknown) => error);
    if (!(outcome instanceof ArchiveError)) expect(outcome).toEqual(entries);
  }
});

async function slice(path: string, length: number): Promise<Buffer> {
  await using handle = await open(path);
  return (await handle.read(Buffer.alloc(length), 0, length, 0)).buffer;
}
