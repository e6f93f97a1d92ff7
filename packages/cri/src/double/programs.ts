import { listDirectory, readFile } from "./filesystem.ts";
import { runScript } from "./shell.ts";

/** What a simulated program does next: print, wait some milliseconds, or wait until it is stopped. */
export type ProgramEvent = { readonly stdout: string } | { readonly stderr: string } | Wait;
export type Wait = { readonly sleepMs: number } | "block";

/** A simulated program under way; returns its exit code. */
export type Execution = Generator<ProgramEvent, number, void>;

export interface ProgramContext {
  /** Whether somebody holds the standard input open; without it, reading ends at once. */
  readonly stdin: boolean;
  /** Whether an earlier instance of the container has run: the files that it left in the pod's volumes are there. */
  readonly isRestart?: boolean;
}

export type Program = (args: readonly string[], context: ProgramContext) => Execution;

const programs: Readonly<Record<string, Program>> = {
  *echo(args) {
    const bare = args[0] === "-n";
    yield { stdout: (bare ? args.slice(1) : args).join(" ") + (bare ? "" : "\n") };
    return 0;
  },
  *cat(args, context) {
    if (args.length === 0) return yield* readStdin(context);
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
    return yield* readStdin(context);
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

function* readStdin({ stdin }: ProgramContext): Execution {
  if (stdin) yield "block";
  return 0;
}
