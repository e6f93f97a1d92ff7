import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, appendFileSync, constants } from "node:fs";
import { basename, delimiter, join } from "node:path";

export interface Command {
  program: string;
  arguments: readonly string[];
  directory?: string;
  /** Beside the environment of this process. */
  variables?: Record<string, string>;
}

/** A command that failed; the message is the first line of its output that says why. */
export class CommandError extends Error {}

const minutes = 60_000;
/** Longer than the first build of all crates on a slow machine. */
const deadline = 20 * minutes;

const running = new Set<ChildProcess>();
// Builds take minutes, and nobody wants them once this program has ended.
process.on("exit", () => {
  for (const child of running) child.kill();
});

/** Runs a command and resolves with what it wrote to standard output; everything it says goes to the log file, too. */
export async function run(command: Command, log: string): Promise<string> {
  const { program, arguments: words, directory, variables } = command;
  appendFileSync(log, `\n$ ${[program, ...words].join(" ")}\n`);
  const child = spawn(program, words, {
    cwd: directory,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: deadline,
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  let output = "";
  let all = "";
  const hear = (chunk: Buffer): void => {
    all += chunk.toString();
    appendFileSync(log, chunk);
  };
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    hear(chunk);
  });
  child.stderr.on("data", hear);
  const code = await new Promise<number | null>((settle, fail) => {
    child.once("error", fail);
    child.once("close", settle);
  });
  if (code !== 0) throw new CommandError(`${basename(program)}: ${reason(all) ?? (code === null ? "killed" : `exit code ${code}`)}`);
  return output;
}

/** The first line that speaks of an error, else the first that warns, else the last one. */
export function reason(output: string): string | undefined {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return (
    lines.find((line) => /\b(error|exception|panicked)\b/i.test(line)) ?? lines.find((line) => /\bwarning\b/i.test(line)) ?? lines.at(-1)
  );
}

/** Those of the programs that are not on the PATH. */
export function missingPrograms(programs: readonly string[], path = process.env["PATH"] ?? ""): string[] {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const files = (program: string): string[] =>
    path.split(delimiter).flatMap((directory) => (directory === "" ? [] : endings.map((ending) => join(directory, program + ending))));
  return programs.filter((program) => !files(program).some(isExecutable));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
