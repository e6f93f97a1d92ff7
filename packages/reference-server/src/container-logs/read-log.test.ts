import { appendFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../kubelet.test.support.ts";
import { readLog, type ReadLogOptions } from "./read-log.ts";

const out = (second: number, text: string, tag = "F", stream = "stdout"): string =>
  `2026-11-21T07:59:0${second}.5Z ${stream} ${tag} ${text}\n`;

async function logWith(content: string): Promise<string> {
  const path = join(await temporaryDirectory(), "0.log");
  await writeFile(path, content);
  return path;
}

function options(path: string, changed: Partial<ReadLogOptions> = {}): ReadLogOptions {
  return {
    path,
    tailLines: undefined,
    limitBytes: undefined,
    since: undefined,
    follow: false,
    timestamps: false,
    streams: new Set(["stdout", "stderr"]),
    isRunning: async () => false,
    signal: new AbortController().signal,
    ...changed,
  };
}

async function textOf(log: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const piece of log) text += piece.toString();
  return text;
}

test.each<[string, string, Partial<ReadLogOptions>, string]>([
  ["both streams", out(1, "a") + out(2, "b", "F", "stderr"), {}, "a\nb\n"],
  [
    "parts of a line are joined, with one time",
    out(1, "a", "P") + out(2, "b"),
    { timestamps: true },
    "2026-11-21T07:59:01.500000000Z ab\n",
  ],
  ["an unended line has no newline", out(1, "a", "P"), {}, "a"],
  ["tags behind the first one are not looked at", out(1, "a", "F:new"), {}, "a\n"],
  [
    "one stream, of which the limit counts",
    out(1, "aa") + out(2, "b", "F", "stderr"),
    { streams: new Set(["stderr"]), limitBytes: 1n },
    "b",
  ],
  ["the last lines", out(1, "a") + out(2, "b") + out(3, "c"), { tailLines: 2n }, "b\nc\n"],
  ["parts count as lines", out(1, "a", "P") + out(2, "b"), { tailLines: 1n }, "b\n"],
  ["no lines", out(1, "a"), { tailLines: 0n }, ""],
  ["more lines than a block of the file holds", out(1, "x".repeat(3000)) + out(2, "b"), { tailLines: 2n }, `${"x".repeat(3000)}\nb\n`],
  ["the limit cuts times as well", out(1, "a"), { timestamps: true, limitBytes: 4n }, "2026"],
  ["older lines are left out", out(1, "a") + out(2, "b"), { since: BigInt(Date.parse("2026-11-21T07:59:02.5Z")) * 1_000_000n }, "b\n"],
  ["what is no entry is left out", `${out(1, "a")}nonsense\n${out(2, "b")}`, {}, "a\nb\n"],
  ["a last entry whose end is still missing is read as it is", out(1, "a") + "2026-11-21T07:59:02Z stdout F b", {}, "a\nb"],
  [
    "times keep the zone of the log",
    "2026-11-21T07:59:01+05:30 stdout F a\n",
    { timestamps: true },
    "2026-11-21T07:59:01.000000000+05:30 a\n",
  ],
  ["Docker's lines", '{"log":"a\\n","stream":"stdout","time":"2026-11-21T07:59:01Z"}\n', {}, "a\n"],
  ["nothing", "", {}, ""],
])("%s", async (_title, content, changed, expected) => {
  expect(await textOf(readLog(options(await logWith(content), changed)))).toBe(expected);
});

test("says why a log cannot be read, in the kubelet's words", async () => {
  const directory = await temporaryDirectory();
  await expect(textOf(readLog(options(join(directory, "gone/0.log"))))).rejects.toThrow(
    `failed to try resolving symlinks in path "${directory}/gone/0.log": lstat ${directory}/gone: no such file or directory`,
  );
  await expect(textOf(readLog(options(await logWith("nonsense\n"))))).rejects.toThrow(
    'failed to get parse function: unsupported log format: "nonsense\\n"',
  );
});

test("follows a log through a rotation, until the container has ended", async () => {
  const path = await logWith(out(1, "a"));
  let isRunning = true;
  const log = readLog(options(path, { follow: true, isRunning: async () => isRunning }));
  const next = async () => (await log.next()).value?.toString();
  expect(await next()).toBe("a\n");
  const second = next();
  await appendFile(path, out(2, "b"));
  expect(await second).toBe("b\n");
  await appendFile(path, out(3, "c"));
  await rename(path, `${path}.1`);
  await writeFile(path, out(4, "d"));
  expect([await next(), await next()]).toEqual(["c\n", "d\n"]);
  isRunning = false;
  await appendFile(path, out(5, "e"));
  expect([await next(), await next()]).toEqual(["e\n", undefined]);
});

test("waits for the end of a line that is being written", async () => {
  const path = await logWith("");
  const log = readLog(options(path, { follow: true, isRunning: async () => true }));
  const first = log.next();
  await appendFile(path, "2026-11-21T07:59:01Z stdout F half");
  await appendFile(path, " and half\n");
  expect((await first).value?.toString()).toBe("half and half\n");
  await log.return(undefined);
});

test("ends when nobody listens any more", async () => {
  const gone = new AbortController();
  const log = readLog(options(await logWith(out(1, "a")), { follow: true, isRunning: async () => true, signal: gone.signal }));
  await log.next();
  const second = log.next();
  gone.abort();
  expect((await second).done).toBe(true);
});
