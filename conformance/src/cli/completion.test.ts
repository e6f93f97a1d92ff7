import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli } from "./cli.support.ts";

const run = promisify(execFile);
const program = join(import.meta.dirname, "../../bin/kubelet-conformance.js");

/** What completion offers behind these words, the last of which is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  return (await cli(["completion", "words", "--", ...words])).out.split("\n").filter(Boolean);
}

describe("completion", () => {
  test.each<[string[], string[]]>([
    [["te"], ["testbed"]],
    [["run", "--all"], ["--all-nodes"]],
    [["run", "--profile", "s"], ["streaming"]],
    [["run", "--profile", "ch"], ["checkpoint"]],
    [
      ["run", "--lang="],
      ["--lang=en", "--lang=zh", "--lang=ja", "--lang=ko"],
    ],
    [
      ["list", "--level", "M"],
      ["MUST", "MAY"],
    ],
    [["explain", "checkpoint.response.unknown-p"], ["checkpoint.response.unknown-pod"]],
    [["explain", "--out"], ["--output"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    // Files are the shell's.
    [["run", "--config", ""], []],
    [["inspect", ""], []],
    [["nonsense", ""], []],
  ])("of %j", async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  test("offers a flag once, unless it may be repeated", async () => {
    expect(await offered("run", "--strict", "--str")).toEqual([]);
    expect(await offered("run", "--focus", "x", "--foc")).toEqual(["--focus"]);
  });

  describe("in bash", () => {
    let directory: string;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "completion-"));
      await writeFile(join(directory, "kubelet-conformance"), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
      await chmod(join(directory, "kubelet-conformance"), 0o755);
    });
    afterAll(() => rm(directory, { recursive: true }));

    test.each([
      [["expl"], ["explain"]],
      [
        ["testbed", "--profile", "co"],
        ["core", "configuration"],
      ],
      [["testbed", "--scen"], ["--scenario"]],
    ])("completes %j", async (words, expected) => {
      const script = `
        source <(kubelet-conformance completion bash)
        COMP_WORDS=(kubelet-conformance ${words.join(" ")}); COMP_CWORD=${words.length}
        _kubelet_conformance
        printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = await run("bash", ["-c", script], { env: { ...process.env, PATH: `${directory}:${process.env["PATH"]}` } });
      expect(stdout.split("\n").filter(Boolean)).toEqual(expected);
    });
  });
});
