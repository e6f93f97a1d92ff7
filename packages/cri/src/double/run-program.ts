import type { Execution, ProgramEvent, Wait } from "./programs.ts";

/** A simulated program that is under way. */
export interface RunningProgram {
  /** How far it has come: the events it has gone through since it was started first. */
  readonly steps: number;
  /** Ends it where it is; `onExit` is called with this exit code. */
  stop(exitCode: number): void;
  /** Halts it where it is, as the cgroup freezer does: what falls due meanwhile happens at the thaw. */
  freeze(): void;
  thaw(): void;
}

export interface ProgramObserver {
  readonly onOutput: (stream: "stdout" | "stderr", text: string) => void;
  /** Called once. */
  readonly onExit: (exitCode: number) => void;
}

/** setTimeout fires at once beyond this; who sleeps longer (25 days) sleeps for ever. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs a simulated program. What it does before its first wait has happened when this returns, its exit included.
 * Its timers do not keep the process alive. One that was checkpointed after some steps goes on from there: what it printed before is not
 * printed again, and the wait that it was in begins anew.
 */
export function runProgram(execution: Execution, { onOutput, onExit }: ProgramObserver, from = 0): RunningProgram {
  let steps = 0;
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
    while (!ended) {
      const step = execution.next();
      if (step.done) return stop(step.value);
      steps += 1;
      const event = step.value;
      if (waits(event)) return;
      if ("stdout" in event) onOutput("stdout", event.stdout);
      else onOutput("stderr", event.stderr);
    }
  }

  /** Whether the program waits now. */
  function waits(event: ProgramEvent): event is Wait {
    if (event === "block") return true;
    if (!("sleepMs" in event)) return false;
    if (event.sleepMs <= MAX_TIMER_MS) timer = setTimeout(advance, event.sleepMs).unref();
    return true;
  }

  let last: ProgramEvent | undefined;
  for (; steps < from; steps += 1) {
    const step = execution.next();
    if (step.done) break;
    last = step.value;
  }
  if (last === undefined || !waits(last)) advance();
  return {
    get steps() {
      return steps;
    },
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
  };
}
