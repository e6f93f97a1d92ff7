import type { Execution, Program, ProgramContext } from "./programs.ts";

/** The loop of the recorded pod, and the like: print a counter at an even pace, for ever. */
const COUNTING_LOOP =
  /^\s*i=(\d+);\s*while (?:true|:);\s*do\s+echo\s+([^$;|&<>]*)\$i;\s*i=\$\(\(\s*i\s*\+\s*1\s*\)\);\s*sleep\s+(\d+(?:\.\d+)?);?\s*done;?\s*$/;

/** What ends when it is started first, and stays when it is started again. */
const ONCE = /^\s*if \[ -e (\S+) \]; then exec sleep (\S+); fi; touch \1; (.*)$/s;

/** Words quoted or bare, and separators. Anything else that a shell would understand is beyond the double. */
const TOKEN = /\s*(?:(;|\n)|(>&2)|((?:'[^']*'|"[^"$`\\]*"|\$\$|[^\s;'"|&<>()$`\\]+)+))[^\S\n]*/y;

/** What `$$` stands for. */
const PROCESS_ID = "17";

/** The signals that end a shell that sends one to itself, by name and by number. */
const SIGNALS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, TERM: 15 };

type FindProgram = (name: string) => Program | undefined;
type StepOf = Execution extends Generator<infer Event, number, Buffer | undefined> ? Event : never;

interface Command {
  readonly words: readonly string[];
  readonly toStderr: boolean;
}

/**
 * Runs a script of simple commands one after another, or the counting loop, or what is to happen only once.
 * A script beyond that ends with exit code 2 and says so on stderr, as a syntax error would.
 */
export function* runScript(script: string, context: ProgramContext, findProgram: FindProgram): Execution {
  return (yield* runCommands(script, context, findProgram)).exitCode;
}

/** Runs the lines of the standard input one after another, with a prompt when there is a terminal. */
export function* readCommands(context: ProgramContext, findProgram: FindProgram): Execution {
  const prompt = { stdout: context.terminalSize === undefined ? "" : "/ # " };
  let unended = "";
  let exitCode = 0;
  yield prompt;
  for (let bytes = yield "read"; bytes !== undefined; bytes = yield "read") {
    const lines = (unended + bytes.toString()).split("\n");
    unended = lines.pop() ?? "";
    for (const line of lines) {
      const outcome = yield* runCommands(line, context, findProgram);
      ({ exitCode } = outcome);
      if (outcome.exited) return exitCode;
      yield prompt;
    }
  }
  return exitCode;
}

interface Outcome {
  readonly exitCode: number;
  /** Whether the shell was told to exit. */
  readonly exited: boolean;
}

function* runCommands(script: string, context: ProgramContext, findProgram: FindProgram): Generator<StepOf, Outcome, Buffer | undefined> {
  const loop = COUNTING_LOOP.exec(script);
  if (loop !== null) return { exitCode: yield* count(Number(loop[1]), loop[2] ?? "", Number(loop[3]) * 1000), exited: false };
  const once = ONCE.exec(script);
  if (once !== null) return yield* runCommands((context.isRestart ? `sleep ${once[2]}` : once[3]) ?? "", context, findProgram);
  const commands = parse(script);
  if (commands === undefined) {
    yield { stderr: `sh: the runtime double cannot run this script: ${script}\n` };
    return { exitCode: 2, exited: false };
  }
  let exitCode = 0;
  for (const { words, toStderr } of commands) {
    const [name = "", ...args] = words;
    if (name === "exit") return { exitCode: args[0] === undefined ? exitCode : Number(args[0]) & 0xff, exited: true };
    const signal = name === "kill" ? signalToItself(args) : undefined;
    if (signal !== undefined) return { exitCode: 128 + signal, exited: true };
    const program = findProgram(name);
    if (program === undefined) {
      yield { stderr: `sh: ${name}: not found\n` };
      exitCode = 127;
    } else {
      exitCode = yield* redirect(program(args, context), toStderr);
    }
  }
  return { exitCode, exited: false };
}

/** The number of the signal of `kill [-SIGNAL] $$`; undefined for anything else. */
function signalToItself(args: readonly string[]): number | undefined {
  const [flag = "-TERM", target] = args.length === 1 ? [undefined, args[0]] : args;
  const name = /^-(?:SIG)?(\w+)$/.exec(flag)?.[1] ?? "";
  const number = SIGNALS[name] ?? Number(name);
  return target === PROCESS_ID && Object.values(SIGNALS).includes(number) ? number : undefined;
}

function* count(from: number, prefix: string, paceMs: number): Execution {
  for (let i = from; ; i += 1) {
    yield { stdout: `${prefix}${i}\n` };
    yield { sleepMs: paceMs };
  }
}

function* redirect(execution: Execution, toStderr: boolean): Execution {
  let input: Buffer | undefined;
  for (;;) {
    const step = execution.next(input);
    if (step.done) return step.value;
    const event = step.value;
    input = yield toStderr && typeof event === "object" && "stdout" in event ? { stderr: event.stdout } : event;
  }
}

function parse(script: string): Command[] | undefined {
  const commands: Command[] = [];
  let words: string[] = [];
  let toStderr = false;
  const finish = (): void => {
    if (words.length > 0) commands.push({ words, toStderr });
    words = [];
    toStderr = false;
  };
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < script.length) {
    if (/^\s*$/.test(script.slice(TOKEN.lastIndex))) break;
    const token = TOKEN.exec(script);
    if (token === null) return undefined;
    const [, separator, stderr, word] = token;
    if (separator !== undefined) finish();
    else if (stderr !== undefined) toStderr = true;
    else if (word !== undefined)
      words.push(
        word.replaceAll(/\$\$|'([^']*)'|"([^"]*)"/g, (whole, bare?: string, quoted?: string) =>
          whole === "$$" ? PROCESS_ID : (bare ?? quoted ?? ""),
        ),
      );
  }
  finish();
  return commands;
}
