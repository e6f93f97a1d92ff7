import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { scratch } from "../../cli/cli.support.ts";
import { inspectProgram } from "./kubelet-program.ts";

const files = await scratch();
afterAll(() => files.remove());

async function script(name: string, text: string): Promise<string> {
  const path = join(files.directory, name);
  await writeFile(path, text, { mode: 0o755 });
  return path;
}

/** Ignores what can be ignored, starts a child that does so as well, and writes down both ids. */
const deaf = (pids: string): string =>
  `#!/bin/sh\ntrap '' TERM INT HUP\n(while :; do sleep 1; done) &\necho $$ $! > ${pids}.part\nmv ${pids}.part ${pids}\nwhile :; do sleep 1; done\n`;

async function expectGone(pids: string): Promise<void> {
  const ids = (await readFile(pids, "utf8")).trim().split(" ").map(Number);
  expect(ids).toHaveLength(2);
  for (const id of ids) await vi.waitFor(async () => expect(await stateOf(id)).toMatch(/gone|Z/), { timeout: 10_000 });
}

/** A zombie (Z) has ended; its parent, which may be any first process, has not asked how. */
async function stateOf(id: number): Promise<string> {
  const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "State:\tgone");
  return /^State:\t(\w+)/m.exec(status)?.[1] ?? "unknown";
}

test("a kubelet says its version", async () => {
  const path = await script("kubelet", "#!/bin/sh\necho Kubernetes v1.36.4\n");
  expect(await inspectProgram(path, [])).toEqual({
    path,
    kubernetesVersion: "v1.36.4",
    kind: "kubelet",
    sha256: createHash("sha256")
      .update(await readFile(path))
      .digest("hex"),
  });
});

test("one that is silent and ignores SIGTERM is given up, and its processes are gone", async () => {
  const pids = join(files.directory, "silent-pids");
  const path = await script("silent", deaf(pids));
  await expect(inspectProgram(path, [], { limitMs: 500 })).rejects.toMatchObject({
    code: "kubelet-unusable",
    message: `--kubelet ${path}: it gave no answer to --version within 0.5 s`,
  });
  await expectGone(pids);
});

test("an interrupt ends it at once, with all its processes", async () => {
  const pids = join(files.directory, "stopped-pids");
  const controller = new AbortController();
  const asked = inspectProgram(await script("stopped", deaf(pids)), [], { signal: controller.signal });
  const outcome = asked.catch((error: unknown) => error);
  await vi.waitFor(() => readFile(pids));
  controller.abort(new Error("enough"));
  expect(await outcome).toEqual(new Error("enough"));
  await expectGone(pids);
});

test.each([
  ["empty", "", /: the file is empty; give the path of a kubelet$/],
  ["garbage", "\u0000\u0001\u0002", /: it is no program: neither an ELF file nor a script; give the path of a kubelet$/],
  ["orphan", "#!/nonexistent/shell\n", /what should run it is absent: the interpreter of its first line/],
  ["failing", "#!/bin/sh\nexit 3\n", /"--version" fails \(exit code 3\)$/],
  ["talking", "#!/bin/sh\necho hello\n", /does not answer as a kubelet: it says "hello"$/],
])("a file that is %s is refused in a whole sentence", async (name, content, message) => {
  const path = await script(name, content);
  await expect(inspectProgram(path, [])).rejects.toThrow(message);
});
