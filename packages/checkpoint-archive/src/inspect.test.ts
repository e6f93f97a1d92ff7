import { rename, writeFile } from "node:fs/promises";
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
    problems: [],
  });
  expect(inspection.nameReadings).toHaveLength(3);
  expect(inspection.entryCount).toBe(inspection.entries.length);
});

test("says that a name and its content disagree", async () => {
  const directory = await temporaryDirectory();
  const path = join(directory, fileName);
  await writeArchive(path, { layout: "cri-o", container });
  const renamed = join(directory, fileName.replace("side-car", "other"));
  await rename(path, renamed);
  const inspection = await inspectArchive(renamed);
  expect(inspection.name).toBeNull();
  expect(inspection.problems).toEqual([expect.stringContaining('not "side-car"')]);
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
  expect(inspection.problems).toEqual([
    expect.stringContaining('config.dump": it is not JSON'),
    expect.stringContaining('spec.dump": it is not a JSON object'),
    expect.stringContaining("does not begin with checkpoint-"),
  ]);
  expect(inspection.problems.join()).not.toContain("hunter");
});

test("dumps with values of the wrong type, or too large, give no facts", async () => {
  const config = JSON.stringify({ id: 7, restored: "no", runtime: ["runc"], __proto__: null });
  const path = await fileOf(header({ name: "config.dump", size: config.length }), body(config), end);
  expect((await inspectArchive(path)).container).toMatchObject({
    id: null,
    restored: null,
    runtime: null,
  });
  expect((await inspectArchive(path, { maxEntryBytes: 3 })).problems[0]).toContain("more than the 3 allowed");
});

test("refuses what is no archive", async () => {
  const path = join(await temporaryDirectory(), fileName);
  await writeFile(path, "");
  expect((await failureOf(inspectArchive(path))).code).toBe("empty");
});
