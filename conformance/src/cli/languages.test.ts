import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, scratch } from "./cli.support.ts";
import { commands } from "./commands.ts";
import { testKubelet, type TestKubelet } from "./kubelet.support.ts";

/** What the program says of its own holds no English. Long ways are gone with the program as it is published, short ones in this process. */
const program = join(import.meta.dirname, "../../bin/kubelet-conformance.js");

/** The published program's answer. */
function speak(language: string, args: readonly string[]): Promise<string> {
  const environment = { PATH: process.env["PATH"], HOME: process.env["HOME"], TMPDIR: process.env["TMPDIR"], LANG: `${language}.UTF-8` };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: environment, maxBuffer: 2 ** 26 }, (_error, out, err) => resolve(out + err));
  });
}

/** The same, in this process. */
async function speakHere(language: string, args: readonly string[]): Promise<string> {
  const { out, err } = await cli(args, { LANG: `${language}.UTF-8` });
  return out + err;
}

/** Lines that are English alone: two words, and nothing of another script. */
function english(text: string): string[] {
  return text.split("\n").filter((line) => /[a-z]{2,},? [a-z]{2,}/.test(line) && /^[\x00-\x7f]*$/.test(line));
}

/** Without what is to be pasted as it is: a failure for an issue, and a manifest for kubectl. */
function withoutPaste(text: string): string {
  return text.replaceAll(/^```text\n.*?^```$/gms, "").replaceAll(/^kubectl apply .*?^EOF$/gms, "");
}

/** Lines for a shell. */
const shell = /^ +(\$ |kubelet-conformance |source <|curl |kubectl )/;

let files: Awaited<ReturnType<typeof scratch>>;
let subject: TestKubelet;
beforeAll(async () => {
  files = await scratch();
  subject = await testKubelet(files, "languages", { kubernetesVersion: "1.36" });
});
afterAll(async () => {
  await subject.kubelet.stop();
  await files.remove();
});

describe.each(["zh", "ja", "ko"])("in %s there is no English", (language) => {
  it("in the help of the program", async () => {
    expect(english(await speak(language, ["--help"])).filter((line) => !shell.test(line))).toEqual([]);
  });

  it.each(commands)("in the help of $name", async ({ name }) => {
    const text = await speakHere(language, [name, "--help-all"]);
    expect(text).toContain(`kubelet-conformance ${name}`);
    expect(english(text).filter((line) => !shell.test(line))).toEqual([]);
  });

  it("in a testbed run that fails", async () => {
    const scenarios = ["--scenario", "default", "--scenario", "gate-off"];
    const text = await speak(language, [
      "testbed",
      ...scenarios,
      "--deviation",
      "archive.file.exists",
      "--profile",
      "checkpoint",
      "--output",
      "plain",
    ]);
    expect(text).toContain("failed  archive.file.exists");
    expect(english(withoutPaste(text))).toEqual([]);
  });

  it("in a run with little to go by", async () => {
    const text = await speak(language, ["run", ...subject.access, "--profile", "checkpoint", "--profile", "logs", "--output", "plain"]);
    expect(text).toContain("--checkpoint NAMESPACE/POD/CONTAINER");
    expect(english(withoutPaste(text))).toEqual([]);
  });

  it("in what a doctor says", async () => {
    const [server = "", ...rest] = subject.access.slice(1);
    const stranger = await speak(language, ["doctor", "--server", server, ...rest.slice(0, 2)]);
    const administrator = await speak(language, ["doctor", "--server", server, ...rest]);
    const node = await speak(language, ["doctor", "--node-root", "/"]);
    expect([stranger, administrator, node].flatMap((text) => english(withoutPaste(text)).filter((line) => !shell.test(line)))).toEqual([]);
  });

  it("in a list", async () => {
    expect(english(await speakHere(language, ["list"]))).toEqual([]);
  });

  it.each([
    [["frobnicate"]],
    [["run"]],
    [["run", "--sever", "x"]],
    [["run", "--server", "10.0.0.7"]],
    [["run", "--server", "https://127.0.0.1:1"]],
    [["run", "--server", "https://127.0.0.1:1", "--token-file", "absent"]],
    [["run", "--server", "https://127.0.0.1:1", "--timeout", "many"]],
    [["run", "--server", "https://127.0.0.1:1", "--profile", "cor"]],
    [["run", "--server", "https://127.0.0.1:1", "--focus", "no.such"]],
    [["run", "--server", "https://127.0.0.1:1", "--report", "xml=x"]],
    [["run", "--server", "https://127.0.0.1:1", "--config", "absent"]],
    [["run", "--kubeconfig", "absent", "--node", "x"]],
    [["testbed", "--kubelet", "absent"]],
    [["testbed", "--scenario", "no-such"]],
    [["diff", "absent", "absent"]],
    [["inspect", "absent"]],
    [["explain", "no.such"]],
    [["doctor"]],
    [["completion", "csh"]],
  ])("in a refusal: %j", async (args) => {
    const text = await speakHere(language, args);
    expect(text).toMatch(/^kubelet-conformance: /);
    expect(english(text)).toEqual([]);
  });
});

it("English is spoken to any other locale", async () => {
  expect(await speak("fr_FR", ["run"])).toMatch(/^kubelet-conformance: which kubelet\? /);
});
