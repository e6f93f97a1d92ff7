import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { scratch } from "../cli/cli.support.ts";
import { requireWritable, writeAtomically } from "./write.ts";

async function directory(): Promise<string> {
  const files = await scratch();
  onTestFinished(() => files.remove());
  return files.directory;
}

test("a check leaves a file as it is, and no other", async () => {
  const place = await directory();
  const file = join(place, "report.json");
  await requireWritable(file);
  expect(await readdir(place)).toEqual([]);
  await writeAtomically(file, "old");
  await requireWritable(file);
  expect(await readFile(file, "utf8")).toBe("old");
  expect(await readdir(place)).toEqual(["report.json"]);
});

for (const [how, attempt] of [
  ["checked", requireWritable],
  ["written", (file: string) => writeAtomically(file, "x")],
] as const) {
  test(`what cannot be ${how}: a directory, below no directory, below a file`, async () => {
    const place = await directory();
    await writeFile(join(place, "file"), "");
    await mkdir(join(place, "made"));
    const reason = async (name: string): Promise<unknown> => attempt(join(place, name)).catch(({ code, message }) => [code, message]);
    const told = (name: string, text: string) => ["file-unwritable", `${join(place, name)} cannot be written: ${text}`];
    expect(await reason("made")).toEqual(told("made", "it is a directory; name a file in it"));
    expect(await attempt("/dev/null").catch(String)).toMatch(/\/dev\/null cannot be written: it is no regular file; name one$/);
    expect(await reason("absent/x.json")).toEqual(told("absent/x.json", `there is no directory ${place}/absent; create it first`));
    expect(await reason("file/x.json")).toEqual(told("file/x.json", `${place}/file is no directory; name a file in one`));
    expect((await readdir(place)).toSorted()).toEqual(["file", "made"]);
  });

  test.skipIf(process.getuid?.() === 0)(`a directory that this user may not write to is told when it is ${how}`, async () => {
    const place = await directory();
    await chmod(place, 0o500);
    await expect(attempt(join(place, "x.json"))).rejects.toThrow(`this user may not write to the directory ${place}`);
  });
}
