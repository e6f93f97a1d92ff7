import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { now } from "./state.ts";

type Stream = "stdout" | "stderr";

/** containerd's max_container_log_line_size: a longer line is written in parts. */
const longestLine = 16 * 1024;

/** A container's log in the CRI format: `<RFC3339Nano> <stream> <F or P> <line>`, P for a line that goes on, or was never ended. */
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
  const unended: Record<Stream, Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };

  function writeEntry(stream: Stream, tag: "F" | "P", line: Buffer): void {
    writeSync(file, Buffer.concat([Buffer.from(`${rfc3339Nano(now())} ${stream} ${tag} `), line, newline]));
  }

  /** Writes all but a last part that another write may still lengthen; returns that. */
  function writeParts(stream: Stream, line: Buffer): Buffer {
    let rest = line;
    for (; rest.length > longestLine; rest = rest.subarray(longestLine)) writeEntry(stream, "P", rest.subarray(0, longestLine));
    return rest;
  }

  return {
    write(stream, text) {
      let rest = Buffer.concat([unended[stream], Buffer.from(text)]);
      for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
        writeEntry(stream, "F", writeParts(stream, rest.subarray(0, end)));
        rest = rest.subarray(end + 1);
      }
      unended[stream] = writeParts(stream, rest);
    },
    reopen() {
      const old = file;
      file = open();
      closeSync(old);
    },
    close() {
      for (const stream of ["stdout", "stderr"] as const) {
        if (unended[stream].length > 0) writeEntry(stream, "P", unended[stream]);
      }
      closeSync(file);
    },
  };
}

const newline = Buffer.from("\n");

/** As Go's time.RFC3339Nano: without zeros at the end of the fraction. */
function rfc3339Nano(nanos: bigint): string {
  const seconds = new Date(Number(nanos / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = String(nanos % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`;
}
