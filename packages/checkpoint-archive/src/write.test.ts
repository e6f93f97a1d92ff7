import { once } from "node:events";
import { watch } from "node:fs";
import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { unpackTar } from "modern-tar";
import { describe, expect, test } from "vitest";

import { sampleContainer as container, temporaryDirectory } from "./archives.test.support.ts";
import { layoutEntries } from "./layout.ts";
import { listArchive, readEntry } from "./read.ts";
import { writeArchive } from "./write.ts";

const name = "checkpoint-counter-lab-node_default-stamp-2026-11-21T09:33:28Z.tar";
const layouts = ["containerd", "cri-o"] as const;

async function newPath(): Promise<string> {
  return join(await temporaryDirectory(), name);
}

describe.each(layouts)("%s", (layout) => {
  test.each(["runc", "crun"] as const)("writes the layout's entries in order with their modes (%s)", async (ociRuntime) => {
    const path = await newPath();
    await writeArchive(path, { layout, container, ociRuntime });
    const expected = layoutEntries(layout, ociRuntime).map((entry) => [entry.name, entry.type, entry.mode]);
    expect((await listArchive(path)).map((entry) => [entry.name, entry.type, entry.mode])).toEqual(expected);
    expect((await stat(path)).mode & 0o7777).toBe(0o600);
  });

  test("writes dumps that name the container", async () => {
    const path = await newPath();
    await writeArchive(path, {
      layout,
      container,
      log: "tick 0\n",
      checkpointedAt: new Date("2026-11-21T09:33:28Z"),
    });
    const config: unknown = JSON.parse(String(await readEntry(path, "config.dump")));
    expect(config).toMatchObject({
      id: container.id,
      rootfsImageName: container.image,
      checkpointedTime: "2026-11-21T09:33:28.000Z",
      restored: false,
    });
    const lines = String(await readEntry(path, "config.dump")).split("\n").length;
    expect(lines).toBe(layout === "containerd" ? 1 : 12);
    expect(JSON.parse(String(await readEntry(path, "spec.dump")))).toHaveProperty("ociVersion");
    const log = layout === "containerd" ? "container.log" : "io.kubernetes.cri-o.LogPath";
    expect(String(await readEntry(path, log))).toBe("tick 0\n");
  });

  test("writes memory that begins as told and is empty beyond", async () => {
    const path = await newPath();
    await writeArchive(path, { layout, container, memory: Buffer.from("state"), memoryBytes: 4096 });
    expect(await readEntry(path, "checkpoint/pages-1.img")).toEqual(Buffer.concat([Buffer.from("state"), Buffer.alloc(4091)]));
    await expect(writeArchive(path, { layout, container, memory: Buffer.alloc(2), memoryBytes: 1 })).rejects.toThrow(RangeError);
  });

  test("writes CRIU's magic numbers and a root file system difference that is a tar", async () => {
    const path = await newPath();
    await writeArchive(path, { layout, container });
    // As in real archives: 58313116 for the inventory, 54564319 before the type's own for others, 55105940 for statistics.
    expect((await readEntry(path, "checkpoint/inventory.img")).toString("hex", 0, 4)).toBe("16313158");
    expect((await readEntry(path, "checkpoint/pstree.img")).toString("hex", 0, 8)).toBe("1943565430302750");
    expect((await readEntry(path, "stats-dump")).toString("hex", 0, 8)).toBe("4059105506330957");
    const diff = await readEntry(path, "rootfs-diff.tar");
    const tar = layout === "containerd" ? gunzipSync(diff) : diff;
    expect((await unpackTar(tar, { strict: true })).map(({ header }) => header.name)).toEqual(["dev/"]);
  });
});

test("writes as much memory as asked for, in whole pages", async () => {
  const path = await newPath();
  await writeArchive(path, { layout: "containerd", container, memoryBytes: 3 * 1024 * 1024 + 1 });
  const pages = (await listArchive(path)).find((entry) => entry.name === "checkpoint/pages-1.img");
  expect(pages?.size).toBe(3 * 1024 * 1024 + 4096);
});

test("replaces an archive of the same name, whatever its mode and length", async () => {
  const path = await newPath();
  await writeFile(path, Buffer.alloc(1_000_000, 1));
  await chmod(path, 0o644);
  await writeArchive(path, { layout: "cri-o", container });
  expect((await stat(path)).mode & 0o7777).toBe(0o600);
  expect((await listArchive(path)).length).toBe(layoutEntries("cri-o").length);
});

test("two writers of one name leave one whole archive", async () => {
  const path = await newPath();
  await Promise.all(layouts.map(async (layout) => await writeArchive(path, { layout, container })));
  expect((await listArchive(path)).length).toBeGreaterThan(20);
  expect(await readdir(join(path, ".."))).toEqual([name]);
});

describe("leaves nothing behind", () => {
  test("when it is aborted before it starts", async () => {
    const path = await newPath();
    const signal = AbortSignal.abort(new Error("the caller left"));
    await expect(writeArchive(path, { layout: "cri-o", container, signal })).rejects.toThrow("the caller left");
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  test("when it is aborted in the middle of the memory, and keeps the archive that was there", async () => {
    const path = await newPath();
    await writeArchive(path, { layout: "cri-o", container });
    const watcher = watch(join(path, ".."));
    const changed = once(watcher, "change");
    const controller = new AbortController();
    const writing = writeArchive(path, {
      layout: "containerd",
      container,
      memoryBytes: 512 * 1024 * 1024,
      signal: controller.signal,
    });
    const abort = async (): Promise<void> => {
      await changed;
      watcher.close();
      controller.abort(new Error("the caller left"));
    };
    await Promise.all([expect(writing).rejects.toThrow("the caller left"), abort()]);
    expect(await readdir(join(path, ".."))).toEqual([name]);
    expect((await listArchive(path)).map((entry) => entry.name)).toContain("bind.mounts");
  });

  test("when the name is taken by a directory", async () => {
    const path = await newPath();
    await mkdir(path);
    await expect(writeArchive(path, { layout: "cri-o", container })).rejects.toMatchObject({
      code: "EISDIR",
    });
    expect(await readdir(join(path, ".."))).toEqual([name]);
  });

  test("when the name is too long for the file system", async () => {
    const directory = await temporaryDirectory();
    const path = join(directory, `${"x".repeat(300)}.tar`);
    await expect(writeArchive(path, { layout: "cri-o", container })).rejects.toMatchObject({
      code: "ENAMETOOLONG",
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test("when the size is impossible", async () => {
    const path = await newPath();
    await expect(writeArchive(path, { layout: "cri-o", container, memoryBytes: Number.NaN })).rejects.toThrow("memoryBytes");
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  test("and says so when the directory is not there", async () => {
    const path = join(await temporaryDirectory(), "absent", name);
    await expect(writeArchive(path, { layout: "cri-o", container })).rejects.toMatchObject({
      code: "ENOENT",
    });
  });
});
