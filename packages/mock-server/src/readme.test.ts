import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readCommandLine } from "./options.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

test("the README's example for tests runs", async () => {
  const code = /^```js\n(.*?)^```$/ms.exec(readme)?.[1] ?? "";
  expect(code).toContain("createMockKubelet");
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const args = ["--conditions=@kubelet-conformance/source", "--input-type=module", "--eval", code];
  expect(await promisify(execFile)(process.execPath, args, { cwd })).toEqual({ stdout: "", stderr: "" });
});

test("the README names options that there are", () => {
  const named = new Set([...readme.matchAll(/`(--[a-z-]+)/g)].map(([, option = ""]) => option));
  for (const option of named) {
    const value = ["--http", "--no-cors", "--strict", "--watch"].includes(option) ? [] : ["1"];
    const together = option.startsWith("--tls") ? ["--tls-cert-file", "a", "--tls-private-key-file", "b"] : [];
    expect(() => readCommandLine([option, ...value, ...together, "--spec", "x"])).not.toThrow();
  }
  expect(named.size).toBeGreaterThan(8);
});
