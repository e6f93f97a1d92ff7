import type { Writable } from "node:stream";
import type { ProgramObserver } from "../run-program.ts";
import type { SimulatedProcess } from "../simulated-process.ts";
import type { CommandStreams } from "./command-streams.ts";

/** What a pipe holds before its writer has to wait (pipe(7)). */
const PIPE_BYTES = 64 * 1024;

/** Lets input in as fast as the program reads it and its output goes out, so that nothing piles up for a client that does not read. */
export interface Flow {
  readonly onOutput: ProgramObserver["onOutput"];
  readonly onRead: () => void;
  /** From now on this process and its input wait until its output is taken. */
  control(process: SimulatedProcess): void;
  /** Lets the process go. */
  release(): void;
}

export function flowOf({ stdin, stdout, stderr }: CommandStreams): Flow {
  const full = new Set<Writable>();
  let adjust = (): void => undefined;
  let release = (): void => undefined;

  function print(output: Writable, bytes: Buffer): void {
    if (output.write(bytes) || full.has(output)) return;
    full.add(output);
    const taken = (): void => {
      output.off("drain", taken).off("close", taken);
      full.delete(output);
      adjust();
    };
    output.on("drain", taken).on("close", taken);
    adjust();
  }

  return {
    onOutput(stream, bytes) {
      const output = stream === "stdout" ? stdout : stderr;
      if (output?.writable === true) print(output, bytes);
    },
    onRead: () => adjust(),
    control(process) {
      let halts = false;
      const halt = (wanted: boolean): void => {
        if (wanted === halts) return;
        halts = wanted;
        if (wanted) process.freeze();
        else process.thaw();
      };
      release = () => {
        adjust = () => undefined;
        halt(false);
      };
      adjust = () => {
        halt(full.size > 0);
        if (full.size > 0 || process.unread() > PIPE_BYTES) stdin?.pause();
        else stdin?.resume();
      };
      adjust();
    },
    release: () => release(),
  };
}
