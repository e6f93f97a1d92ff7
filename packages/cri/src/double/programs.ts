import type { TerminalSize } from "@kubelet-conformance/streaming";
import { listDirectory, readFile } from "./filesystem.ts";
import { readCommands, runScript } from "./shell.ts";

/** What a simulated program does next: print, wait some milliseconds, read its standard input, or wait until it is stopped. */
export type ProgramEvent =
  | { readonly stdout: string | Buffer }
  | { readonly stderr: string | Buffer }
  | { readonly sleepMs: number }
  | "read"
  | "block";

/** A simulated program under way; a `read` is answered with bytes, or undefined at their end. Returns its exit code. */
export type Execution = Generator<ProgramEvent, number, Buffer | undefined>;

export interface ProgramContext {
  /** Whether an earlier instance of the container has run: the files that it left in the pod's volumes are there. */
  readonly isRestart?: boolean;
  /** The size of its terminal; undefined without one. */
  readonly terminalSize?: () => TerminalSize;
}

export type Program = (args: readonly string[], context: ProgramContext) => Execution;

const programs: Readonly<Record<string, Program>> = {
  *echo(args) {
    const bare = args[0] === "-n";
    yield { stdout: (bare ? args.slice(1) : args).join(" ") + (bare ? "" : "\n") };
    return 0;
  },
  *cat(args) {
    if (args.length === 0) {
      for (let bytes = yield "read"; bytes !== undefined; bytes = yield "read") yield { stdout: bytes };
      return 0;
    }
    let exitCode = 0;
    for (const path of args) {
      const file = readFile(path);
      if ("text" in file) yield { stdout: file.text };
      else {
        yield { stderr: `cat: ${file.error}\n` };
        exitCode = 1;
      }
    }
    return exitCode;
  },
  // Of its formats those of whole numbers, with zeros in front: `%05d`.
  *printf([format = "", ...args]) {
    const numbers = args.values();
    const filled = format.replace(/%0?(\d*)d/g, (_all, width: string) => (numbers.next().value ?? "0").padStart(Number(width), "0"));
    yield { stdout: filled.replaceAll("\\n", "\n") };
    return 0;
  },
  *ls(args) {
    let exitCode = 0;
    for (const path of args.length === 0 ? ["/"] : args) {
      const entries = listDirectory(path);
      if (entries === undefined) {
        yield { stderr: `ls: ${path}: No such file or directory\n` };
        exitCode = 1;
      } else if (entries.length > 0) yield { stdout: entries.join("\n") + "\n" };
    }
    return exitCode;
  },
  *sleep(args) {
    const seconds = args[0] === "infinity" ? Number.POSITIVE_INFINITY : Number(args[0]);
    if (args[0] === undefined || !(seconds >= 0)) {
      yield {
        stderr: args[0] === undefined ? "sleep: missing operand\n" : `sleep: invalid number '${args[0]}'\n`,
      };
      return 1;
    }
    yield { sleepMs: seconds * 1000 };
    return 0;
  },
  *sh(args, context) {
    if (args[0] === "-c" && args[1] !== undefined) return yield* runScript(args[1], context, findProgram);
    return yield* readCommands(context, findProgram);
  },
  *stty(args, { terminalSize }) {
    if (terminalSize === undefined) {
      yield { stderr: "stty: standard input\n" };
      return 1;
    }
    const { Height, Width } = terminalSize();
    if (args[0] === "size") yield { stdout: `${Height} ${Width}\n` };
    return 0;
  },
  // oxlint-disable-next-line require-yield -- a program like the others that prints nothing
  *true() {
    return 0;
  },
  // oxlint-disable-next-line require-yield -- a program like the others that prints nothing
  *false() {
    return 1;
  },
};

/** The built-in program that `argv[0]` names, bare or by its path in /bin or /usr/bin. */
export function findProgram(name: string): Program | undefined {
  const base = name.replace(/^\/(usr\/)?bin\//, "");
  return Object.hasOwn(programs, base) ? programs[base] : undefined;
}

/** What runs in a container whose image brings its own program: silent, until it is stopped. */
export function* imageEntrypoint(): Execution {
  yield "block";
  return 0;
}
