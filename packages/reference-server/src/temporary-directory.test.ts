import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, chmod, mkdir, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { temporaryDirectory } from "./kubelet.test.support.ts";
import { makeTemporaryDirectory } from "./temporary-directory.ts";

let temporary: string;
beforeEach(async () => {
  temporary = await temporaryDirectory();
  vi.stubEnv("TMPDIR", temporary);
  return () => void vi.unstubAllEnvs();
});

/** A process that sleeps, and how to end it. */
function sleeper(): { pid: number; end: () => Promise<void> } {
  const child = spawn("sleep", ["600"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close");
  return {
    pid: child.pid ?? 0,
    end: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

test("it is private, and one of a process that was killed goes when the next one is made", async () => {
  const owner = sleeper();
  const left = await makeTemporaryDirectory("thing-", owner.pid);
  await writeFile(join(left, "key.pem"), "x");
  expect((await stat(left)).mode & 0o777).toBe(0o700);
  const beside = await makeTemporaryDirectory("thing-");
  await access(join(left, "key.pem"));
  await owner.end();
  const next = await makeTemporaryDirectory("thing-");
  expect((await readdir(temporary)).toSorted()).toEqual([beside, next].map((path) => basename(path)).toSorted());
});

test("what has another prefix, another place or no owner stays, and a link is not followed", async () => {
  const owner = sleeper();
  const left = basename(await makeTemporaryDirectory("thing-", owner.pid));
  const elsewhere = left.replace(/\.[0-9a-f]{8}-/, ".00000000-");
  const link = left.replace(/\w{6}$/, "linked");
  const names = [elsewhere, left.replace("thing", "other"), "thing-abcdef", "thing-notes.txt"];
  for (const name of names) await mkdir(join(temporary, name));
  await symlink(join(temporary, "thing-abcdef"), join(temporary, link));
  await owner.end();
  await makeTemporaryDirectory("thing-");
  const remaining = await readdir(temporary);
  expect(remaining).not.toContain(left);
  expect(remaining).toEqual(expect.arrayContaining([...names, link]));
});

test("an id that was used again owns nothing of the one before", async () => {
  const own = basename(await makeTemporaryDirectory("thing-"));
  const [pid, , rest] = own.slice("thing-".length).split(".");
  const before = `thing-${pid}.1.${rest}`;
  await mkdir(join(temporary, before));
  await makeTemporaryDirectory("thing-");
  expect(await readdir(temporary)).toContain(own);
  expect(await readdir(temporary)).not.toContain(before);
});

test.each([
  ["absent", async (path: string) => void path, "it does not exist"],
  ["a file", (path: string) => writeFile(path, ""), "it is no directory"],
])("a TMPDIR that is %s is named, with the reason and the way out", async (_what, make, reason) => {
  const path = join(temporary, "tmp");
  await make(path);
  vi.stubEnv("TMPDIR", path);
  await expect(makeTemporaryDirectory("thing-")).rejects.toMatchObject({
    code: "temporary-unusable",
    message: `the temporary directory ${path} cannot be used: ${reason}; set TMPDIR to one that can be written to`,
  });
});

test.skipIf(process.getuid?.() === 0)("a TMPDIR that this user may not write to", async () => {
  const path = join(temporary, "tmp");
  await mkdir(path);
  await chmod(path, 0o500);
  vi.stubEnv("TMPDIR", path);
  await expect(makeTemporaryDirectory("thing-")).rejects.toThrow("this user may not write there");
});
