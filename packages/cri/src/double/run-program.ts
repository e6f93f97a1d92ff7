import type { Execution } from "./programs.ts";

/** A simulated program that is under way. */
export interface RunningProgram {
  /** Ends it where it is; `onExit` is called with this exit code. */
  stop(exitCode: number): void;
  /** Halts it where it is, as the cgroup freezer does: what falls due meanwhile happens at the thaw. */
  freeze(): void;
  thaw(): void;
  /** Puts bytes on its standard input. */
  write(bytes: Buffer): void;
  /** Ends its standard input, behind the bytes that were written. */
  endInput(): void;
}

export interface ProgramObserver {
  readonly onOutput: (stream: "stdout" | "stderr", bytes: Buffer) => void;
  /** Called once. */
  readonly onExit: (exitCode: number) => void;
}

/** setTimeout fires at once beyond this; who sleeps longer (25 days) sleeps for ever. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs a simulated program. What it does before its first wait has happened when this returns, its exit included.
 * Its timers do not keep the process alive. Its standard input is at its end unless `stdin` says that somebody holds it open.
 */
export function runProgram(execution: Execution, { onOutput, onExit }: ProgramObserver, stdin = false): RunningProgram {
  const input: Buffer[] = [];
  let inputEnded = !stdin;
  let waiting: "for time" | "for input" | "for ever" = "for ever";
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let frozen = false;
  let due = false;

  function stop(exitCode: number): void {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    onExit(exitCode);
  }

  function advance(): void {
    if (frozen) {
      due = true;
      return;
    }
    let read = waiting === "for input" ? input.shift() : undefined;
    waiting = "for ever";
    while (!ended) {
      const step = execution.next(read);
      read = undefined;
      if (step.done) return stop(step.value);
      const event = step.value;
      if (event === "block") return;
      if (event === "read") {
        read = input.shift();
        if (read !== undefined || inputEnded) continue;
        waiting = "for input";
        return;
      }
      if ("stdout" in event) onOutput("stdout", Buffer.from(event.stdout));
      else if ("stderr" in event) onOutput("stderr", Buffer.from(event.stderr));
      else {
        waiting = "for time";
        if (event.sleepMs <= MAX_TIMER_MS) timer = setTimeout(advance, event.sleepMs).unref();
        return;
      }
    }
  }

  advance();
  return {
    stop,
    freeze() {
      frozen = true;
    },
    thaw() {
      frozen = false;
      if (!due) return;
      due = false;
      advance();
    },
    write(bytes) {
      if (inputEnded || bytes.length === 0) return;
      input.push(bytes);
      if (waiting === "for input") advance();
    },
    endInput() {
      inputEnded = true;
      if (waiting === "for input") advance();
    },
  };
}
