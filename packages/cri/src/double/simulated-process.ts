import type { TerminalSize } from "@kubelet-conformance/streaming";
import type { Execution, ProgramContext } from "./programs.ts";
import { runProgram, type ProgramObserver, type RunningProgram } from "./run-program.ts";
import { createTerminal } from "./terminal.ts";

/** A simulated program with what it is attached to: pipes, or a terminal. */
export interface SimulatedProcess extends RunningProgram {
  /** The terminal's size from now on; nothing without a terminal. */
  resize(size: TerminalSize): void;
}

export interface ProcessOptions {
  /** Whether somebody may write to its standard input. */
  readonly stdin: boolean;
  /** Whether it runs on a terminal: all output is standard output then, and what is written to it is typed. */
  readonly tty: boolean;
  /** How far it had come when it was checkpointed; see runProgram. */
  readonly from?: number | undefined;
}

/** Starts a program; see runProgram. */
export function startProcess(
  program: (context: ProgramContext) => Execution,
  { stdin, tty, from }: ProcessOptions,
  observer: ProgramObserver,
): SimulatedProcess {
  if (!tty) return { ...runProgram(program({}), observer, { stdin, from }), resize: () => undefined };
  let size: TerminalSize = { Width: 0, Height: 0 };
  const terminal = createTerminal({
    toScreen: (bytes) => observer.onOutput("stdout", bytes),
    toProgram: (bytes) => running.write(bytes),
    endInput: () => running.endInput(),
    kill: (exitCode) => running.stop(exitCode),
  });
  const execution = program({ terminalSize: () => size });
  const running = runProgram(execution, { ...observer, onOutput: (_, bytes) => terminal.display(bytes) }, { stdin, from });
  return {
    ...running,
    write: (bytes) => terminal.type(bytes),
    // Nobody hangs up a terminal whose typist has left.
    endInput: () => undefined,
    resize(next) {
      size = next;
    },
  };
}
