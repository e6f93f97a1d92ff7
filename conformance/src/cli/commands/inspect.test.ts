import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildArchiveName, writeArchive } from "@kubelet-conformance/checkpoint-archive";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, onTestFinished, test } from "vitest";
import { main } from "../main.ts";

const container = {
  id: "38db6ff7b8d945d29484f7b5d7eae5a88407cde89cefa5bafb9691968925703a",
  name: "web",
  podName: "shop-node1",
  namespace: "default",
  podUid: "8f101d83fda368352e6fe5615fd40e98",
  image: "localhost/busybox:1",
  imageRef: "sha256:e9cec08637ce172e30204c61770c05b1138c49692e0beb6960aed6c900dd5e69",
};
const time = new Date("2026-11-21T09:33:28Z");

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "inspect-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** An archive as a runtime writes it, in a directory of its own. */
async function archive(layout: "containerd" | "cri-o" = "containerd"): Promise<string> {
  const name = buildArchiveName({ ...container, container: container.name, time, offsetMinutes: 0 });
  const path = join(await temporaryDirectory(), name);
  await writeArchive(path, { layout, container, checkpointedAt: time, memoryBytes: 3 * 2 ** 20 });
  return path;
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await main(["inspect", ...args], {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    environment: {},
  });
  return { code, out, err };
}

const validate = addFormats
  .default(new Ajv2020({ strict: true, allowUnionTypes: true }))
  .compile(JSON.parse(readFileSync(join(import.meta.dirname, "../../../schemas/inspection.schema.json"), "utf8")) as object);

test("describes an archive in lines", async () => {
  const path = await archive();
  const { code, out, err } = await run(path, "--strict");
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(out.split("\n")[0]).toBe(path);
  for (const line of [
    "  pod           default/shop-node1",
    `  container     web, ${container.id}`,
    `  image         localhost/busybox:1, ${container.imageRef}`,
    "  engine        containerd, runtime io.containerd.runc.v2",
    "  name's time   2026-11-21T09:33:28Z",
    "  checkpointed  2026-11-21T09:33:28.000Z",
    "  memory        3.0 MiB (3145728 bytes)",
    "  mode          0600 in a directory of 0700",
    "       3145728  0644  checkpoint/pages-1.img",
    "             0  0700  directory checkpoint",
  ]) {
    expect(out.split("\n")).toContain(line);
  }
  expect(out).toMatch(/^ {2}frozen {8}35\.0 ms by CRIU, after 0\.3 ms of freezing;/m);
  expect(out).not.toContain("warnings");
});

test("gives several archives as JSON of the documented shape", async () => {
  const paths = [await archive(), await archive("cri-o")];
  const { code, out } = await run("--output", "json", ...paths);
  const document: unknown = JSON.parse(out);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(code).toBe(0);
  expect(document).toMatchObject({
    schemaVersion: 1,
    archives: [
      { path: paths[0], layout: "containerd" },
      { path: paths[1], layout: "cri-o" },
    ],
  });
});

test("warnings are an error for --strict only", async () => {
  const path = await archive();
  await chmod(path, 0o644);
  expect(await run(path)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^warnings \(1\)\n {2}file-mode {7}the file's mode is 0644/m),
  });
  expect((await run(path, "--strict")).code).toBe(1);
});

test("one unreadable file gives one line and exit code 2, and the others are inspected", async () => {
  const path = await archive();
  const broken = join(await temporaryDirectory(), "broken\u001b[31m.tar");
  await writeFile(broken, "x".repeat(600));
  const { code, out, err } = await run(broken, path, "--strict", "--output", "json");
  expect(code).toBe(2);
  expect(err).toMatch(/^kubelet-conformance: [^\n\u001b]*: it is not a tar archive[^\n]*\n$/);
  const document: unknown = JSON.parse(out);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document).toMatchObject({ archives: [{ path: broken, error: { code: "not-tar" } }, { path }] });
});

test.each([
  [[], "name an archive"],
  [["a.tar", "--output", "xml"], "--output xml"],
])("refuses %j", async (args, message) => {
  expect(await run(...args)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(message) });
});
