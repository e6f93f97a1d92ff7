import { chmod, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { body, end, failureOf, fileOf, header, sampleContainer, temporaryDirectory } from "./archives.test.support.ts";
import { inspectArchive } from "./inspect.ts";
import { buildArchiveName } from "./name.ts";
import { writeArchive } from "./write.ts";

const container = { ...sampleContainer, namespace: "kube-system", name: "side-car" };
const checkpointedAt = new Date("2026-11-21T09:33:28Z");
const fileName = buildArchiveName({
  ...container,
  container: container.name,
  time: checkpointedAt,
  offsetMinutes: 0,
});

test.each([
  ["containerd", "io.containerd.runc.v2", container.imageRef],
  ["cri-o", "crun", container.imageRef.slice("sha256:".length)],
] as const)("inspects an archive of %s", async (layout, runtime, imageRef) => {
  const path = join(await temporaryDirectory(), fileName);
  await writeArchive(path, {
    layout,
    container,
    ociRuntime: "crun",
    checkpointedAt,
    memoryBytes: 8192,
  });
  const inspection = await inspectArchive(path);
  expect(inspection).toMatchObject({
    path,
    name: { podName: "counter-lab-node", namespace: "kube-system", container: "side-car" },
    mode: "0600",
    layout,
    container: {
      id: container.id,
      name: "side-car",
      podName: "counter-lab-node",
      namespace: "kube-system",
      podUid: container.podUid,
      image: container.image,
      imageRef,
      runtime,
      checkpointedAt: "2026-11-21T09:33:28.000Z",
      restored: false,
    },
    memoryPages: [{ name: "checkpoint/pages-1.img", size: 8192 }],
    memoryBytes: 8192,
    missing: [],
    statistics: { freezingMicroseconds: 350, frozenMicroseconds: 35_000, pagesScanned: 2, pagesWritten: 2 },
    directoryMode: "0700",
    secretVariables: [],
    hostPaths: [],
    warnings: [],
  });
  expect(inspection.rootfsDiffBytes).toBeGreaterThan(0);
  expect(inspection.nameReadings).toHaveLength(3);
  expect(inspection.entryCount).toBe(inspection.entries.length);
});

test("says that a name and its content disagree", async () => {
  const directory = await temporaryDirectory();
  const path = join(directory, fileName);
  await writeArchive(path, { layout: "cri-o", container, checkpointedAt });
  const renamed = join(directory, fileName.replace("side-car", "other"));
  await rename(path, renamed);
  const inspection = await inspectArchive(renamed);
  expect(inspection.name).toBeNull();
  expect(inspection.warnings).toEqual([{ code: "name", message: expect.stringContaining('not "side-car"') }]);
});

test("lists what is missing and which dump cannot be read, without quoting it", async () => {
  const path = await fileOf(
    header({ name: "config.dump", size: 13 }),
    body("secret=hunter"),
    header({ name: "spec.dump", size: 4 }),
    body("null"),
    end,
  );
  const inspection = await inspectArchive(path);
  expect(inspection.layout).toBe("unknown");
  expect(inspection.missing).toEqual(["checkpoint/inventory.img", "stats-dump", "dump.log"]);
  expect(inspection.container.id).toBeNull();
  expect(inspection.warnings).toEqual([
    { code: "file-mode", message: expect.stringContaining("0644") },
    { code: "missing-entries", message: expect.stringContaining("checkpoint/inventory.img") },
    { code: "unreadable-dump", message: expect.stringContaining('config.dump": it is not JSON') },
    { code: "unreadable-dump", message: expect.stringContaining('spec.dump": it is not a JSON object') },
    { code: "name", message: expect.stringContaining("does not begin with checkpoint-") },
  ]);
  expect(JSON.stringify(inspection)).not.toContain("hunter");
});

test("dumps with values of the wrong type, or too large, give no facts", async () => {
  const config = JSON.stringify({ id: 7, restored: "no", runtime: ["runc"], __proto__: null });
  const path = await fileOf(header({ name: "config.dump", size: config.length }), body(config), end);
  expect((await inspectArchive(path)).container).toMatchObject({
    id: null,
    restored: null,
    runtime: null,
  });
  const warnings = (await inspectArchive(path, { maxEntryBytes: 3 })).warnings.filter(({ code }) => code === "unreadable-dump");
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining("more than the 3 allowed")]);
});

test("names secrets and host paths of the specification, and shows no value", async () => {
  const spec = JSON.stringify({
    process: { env: ["PATH=/bin", "DB_PASSWORD=hunter2", "UPSTREAM=https://me:hunter2@example.test/", "EVIL\u001bTOKEN=hunter2", "odd"] },
    mounts: [{ destination: "/data", type: "bind", source: "/srv/data", options: ["rbind"] }],
  });
  const path = await fileOf(header({ name: "spec.dump", size: Buffer.byteLength(spec), mode: "0000600" }), body(spec), end);
  const inspection = await inspectArchive(path);
  expect(inspection.secretVariables).toEqual(["DB_PASSWORD", "UPSTREAM"]);
  expect(inspection.hostPaths).toEqual([{ source: "/srv/data", destination: "/data" }]);
  expect(inspection.warnings).toContainEqual({ code: "secrets", message: expect.stringMatching(/"DB_PASSWORD", "UPSTREAM"$/) });
  expect(inspection.warnings).toContainEqual({ code: "host-paths", message: expect.stringMatching(/"\/srv\/data"$/) });
  expect(JSON.stringify(inspection)).not.toContain("hunter");
});

test.each([-2000, 3_700_000])("says that name and content are %i ms apart", async (lag) => {
  const path = join(await temporaryDirectory(), fileName);
  await writeArchive(path, { layout: "containerd", container, checkpointedAt: new Date(checkpointedAt.getTime() + lag) });
  expect((await inspectArchive(path)).warnings).toEqual([{ code: "time", message: expect.stringContaining("2026-11-21T09:33:28Z") }]);
});

test("warns of modes that let others read", async () => {
  const directory = await temporaryDirectory();
  const path = join(directory, fileName);
  await writeArchive(path, { layout: "containerd", container, checkpointedAt });
  await chmod(path, 0o640);
  await chmod(directory, 0o755);
  const { mode, directoryMode, warnings } = await inspectArchive(path);
  expect([mode, directoryMode]).toEqual(["0640", "0755"]);
  expect(warnings.map(({ code }) => code)).toEqual(["file-mode", "directory-mode"]);
});

test("warns of devices and named pipes among the entries", async () => {
  const special = [header({ name: "kmem", type: "3" }), header({ name: "sda", type: "4" }), header({ name: "pipe", type: "6" })];
  const path = await fileOf(header({ name: "dump.log", mode: "0000600" }), ...special, end);
  const found = (await inspectArchive(path)).warnings.filter(({ code }) => code === "special-files");
  expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(/not unpack it as root.*"kmem", "sda", "pipe"$/)]);
});

test("warns of a statistics image that is none", async () => {
  const path = await fileOf(header({ name: "stats-dump", size: 12 }), body(Buffer.alloc(12, 1)), end);
  const inspection = await inspectArchive(path);
  expect(inspection.statistics).toBeNull();
  expect(inspection.warnings).toContainEqual({ code: "unreadable-dump", message: expect.stringContaining("statistics image") });
});

test("refuses what is no archive", async () => {
  const path = join(await temporaryDirectory(), fileName);
  await writeFile(path, "");
  expect((await failureOf(inspectArchive(path))).code).toBe("empty");
});
