import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { now } from "./state.ts";

type Stream = "stdout" | "stderr";

/** A container's log in the CRI format: `<RFC3339Nano> <stream> F <line>`. */
export interface LogFile {
  /** Appends what a program printed; a line without its end waits for the rest. */
  write(stream: Stream, text: string): void;
  /** Goes on in a new file at the path, after somebody has renamed the old one. Throws the system's error. */
  reopen(): void;
  /** Writes the unended lines and closes the file. */
  close(): void;
}

/** Opens the log for appending, directories included; `earlier` is what a restored container had logged. Throws the system's error. */
export function openLogFile(path: string, earlier = ""): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  // 0640 as containerd creates it.
  const open = (): number => openSync(path, "a", 0o640);
  let file = open();
  writeSync(file, earlier);
  const unended: Record<Stream, string> = { stdout: "", stderr: "" };

  function writeLine(stream: Stream, line: string): void {
    writeSync(file, `${rfc3339Nano(now())} ${stream} F ${line}\n`);
  }

  return {
    write(stream, text) {
      const lines = (unended[stream] + text).split("\n");
      unended[stream] = lines.pop() ?? "";
      for (const line of lines) writeLine(stream, line);
    },
    reopen() {
      const old = file;
      file = open();
      closeSync(old);
    },
    close() {
      for (const stream of ["stdout", "stderr"] as const) {
        if (unended[stream] !== "") writeLine(stream, unended[stream]);
      }
      closeSync(file);
    },
  };
}

function rfc3339Nano(nanos: bigint): string {
  const seconds = new Date(Number(nanos / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(nanos % 1_000_000_000n).padStart(9, "0")}Z`;
}
