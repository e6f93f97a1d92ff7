import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const requirements = join(import.meta.dirname, "requirements.txt");
const [python, bin, suffix] = process.platform === "win32" ? ["python", "Scripts", ".exe"] : ["python3", "bin", ""];

export interface Program {
  path: string;
  version: string;
}

/** schemathesis as pinned, installed first where it is not. Throws when it cannot be; the message says why and what to do. */
export async function schemathesis(): Promise<Program> {
  const pins = await readFile(requirements, "utf8");
  const version = /^schemathesis==(.*)$/m.exec(pins)?.[1] ?? "";
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "kubelet-conformance-schemathesis");
  const directory = join(cache, version);
  const program = { path: join(directory, bin, `schemathesis${suffix}`), version };
  // Written last: what an interrupted installation leaves is not taken for one.
  const installed = join(directory, "installed.txt");
  if ((await readFile(installed, "utf8").catch(() => "")) === pins) return program;

  await mkdir(cache, { recursive: true });
  await rm(directory, { recursive: true, force: true });
  const recentEnough = "import sys, venv, ensurepip; assert sys.version_info >= (3, 10)";
  await must(python, ["-c", recentEnough], "Python 3.10 or later with venv is missing; install python3 and python3-venv");
  await must(python, ["-m", "venv", directory], `the environment ${directory} cannot be made`);
  const pip = join(directory, bin, `pip${suffix}`);
  const problem = `pip cannot install schemathesis ${version}; check the package index that pip is set up for`;
  await must(pip, ["install", "--quiet", "--requirement", requirements], problem);
  await writeFile(installed, pins);
  return program;
}

async function must(command: string, args: readonly string[], problem: string): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const errors = text(child.stderr);
  const code = await ended.catch((cause: unknown) => {
    throw new Error(`${problem} (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
  });
  if (code !== 0) throw new Error(`${problem} (${(await errors).trim().split("\n").at(-1) ?? ""})`);
}
