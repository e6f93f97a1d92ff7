import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { help } from "./help.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

const examples = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code = ""]) => code);

test.each([
  ["tests", "createMockKubelet"],
  ["Mock Service Worker", "setupServer"],
])("the README's example for %s runs", async (_name, uses) => {
  const code = examples.find((example) => example.includes(uses)) ?? "";
  expect(code).not.toBe("");
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const args = ["--conditions=@kubelet-conformance/source", "--input-type=module", "--eval", code];
  expect(await promisify(execFile)(process.execPath, args, { cwd })).toEqual({ stdout: "", stderr: "" });
});

test("the README names options that there are", () => {
  const named = new Set([...readme.matchAll(/`(--[a-z-]+)/g)].map(([, option = ""]) => option));
  expect([...named].filter((option) => !help("all").includes(option))).toEqual([]);
  expect(named.size).toBeGreaterThan(8);
});
