import type { Execution, ProgramEvent } from "./programs.ts";

/** A simulated program that is under way. */
export interface RunningProgram {
  /** How far it has come: the events it has gone through since it was started first. */
  steps(): number;
  /** Ends it where it is; `onExit` is called with this exit code. */
  stop(exitCode: number): void;
  /** Halts it where it is, as the cgroup freezer does: what falls due meanwhile happens when everybody who froze it has thawed it. */
  freeze(): void;
  thaw(): void;
  /** Puts bytes on its standard input. */
  write(bytes: Buffer): void;
  /** How many bytes of its standard input it has not read yet. */
  unread(): number;
  /** Ends its standard input, behind the bytes that were written. */
  endInput(): void;
}

export interface ProgramObserver {
  readonly onOutput: (stream: "stdout" | "stderr", bytes: Buffer) => void;
  /** Called when it has read from its standard input. */
  readonly onRead?: () => void;
  /** Called once. */
  readonly onExit: (exitCode: number) => void;
}

/** setTimeout fires at once beyond this; who sleeps longer (25 days) sleeps for ever. */
const MAX_TIMER_MS = 2 ** 31 - 1;

interface Beginning {
  /** Whether somebody holds its standard input open; else it is at its end. */
  readonly stdin?: boolean | undefined;
  /**
   * How many steps it had come when it was checkpointed: what it printed before is not printed again, and the wait that it was in begins
   * anew. What it has read is lost, so that a program that reads goes on from there.
   */
  readonly from?: number | undefined;
}

/**
 * Runs a simulated program. What it does before its first wait has happened when this returns, its exit included.
 * Its timers do not keep the process alive.
 */
export function runProgram(
  execution: Execution,
  { onOutput, onRead, onExit }: ProgramObserver,
  { stdin = false, from = 0 }: Beginning = {},
): RunningProgram {
  const input: Buffer[] = [];
  let unread = 0;
  let inputEnded = !stdin;
  let waiting: "for time" | "for input" | "for ever" = "for ever";
  let steps = 0;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let freezers = 0;
  let due = false;

  function stop(exitCode: number): void {
    if (ended) return;
    ended = true;
    input.length = 0;
    unread = 0;
    clearTimeout(timer);
    onExit(exitCode);
  }

  function take(): Buffer | undefined {
    const bytes = input.shift();
    unread -= bytes?.length ?? 0;
    if (bytes !== undefined) onRead?.();
    return bytes;
  }

  function advance(): void {
    if (freezers > 0) {
      due = true;
      return;
    }
    let read = waiting === "for input" ? take() : undefined;
    waiting = "for ever";
    while (!ended) {
      const step = execution.next(read);
      read = undefined;
      if (step.done) return stop(step.value);
      steps += 1;
      const event = step.value;
      if (waits(event)) return;
      if (event === "read") read = take();
      if (typeof event !== "object") continue;
      if ("stdout" in event) onOutput("stdout", Buffer.from(event.stdout));
      else if ("stderr" in event) onOutput("stderr", Buffer.from(event.stderr));
      // Whoever it prints to may have halted it.
      if (freezers > 0) {
        due = true;
        return;
      }
    }
  }

  /** Whether the program waits now. */
  function waits(event: ProgramEvent): boolean {
    if (event === "block") return true;
    if (event === "read") {
      if (input.length > 0 || inputEnded) return false;
      waiting = "for input";
      return true;
    }
    if (!("sleepMs" in event)) return false;
    waiting = "for time";
    if (event.sleepMs <= MAX_TIMER_MS) timer = setTimeout(advance, event.sleepMs).unref();
    return true;
  }

  let last: ProgramEvent | undefined;
  for (; steps < from && last !== "read"; steps += 1) {
    const step = execution.next();
    if (step.done) break;
    last = step.value;
  }
  if (last === undefined || !waits(last)) advance();
  return {
    steps: () => steps,
    stop,
    freeze() {
      freezers += 1;
    },
    thaw() {
      freezers -= 1;
      if (freezers > 0 || !due) return;
      due = false;
      advance();
    },
    write(bytes) {
      if (ended || inputEnded || bytes.length === 0) return;
      input.push(bytes);
      unread += bytes.length;
      if (waiting === "for input") advance();
    },
    unread: () => unread,
    endInput() {
      inputEnded = true;
      if (waiting === "for input") advance();
    },
  };
}
