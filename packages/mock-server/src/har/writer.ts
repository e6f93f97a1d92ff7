import { randomUUID } from "node:crypto";
import { closeSync, ftruncateSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { HarError } from "./har-error.ts";
import type { Har, HarEntry } from "./har.ts";

/** A recording in the making. */
export interface HarWriter {
  /** Its name once it is complete. */
  readonly file: string;
  /** Throws where there is no place for it; what was added before stays whole. */
  add(entry: HarEntry): void;
  /** Completes the file, and gives it its name. Throws where that cannot be; `discard` it then. */
  close(): void;
  /** Leaves nothing behind. */
  discard(): void;
}

/**
 * Begins a recording, for its owner's eyes only. Entries go to a file beside it as they come, so that a long recording takes no memory, and it gets its
 * name once it is complete. Throws a HarError that says what to do.
 */
export function openHar(file: string, creator: Har["log"]["creator"]): HarWriter {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  const descriptor = begin(file, temporary);
  let length = 0;
  let separator = "\n";
  const write = (text: string): void => {
    try {
      // Unlike writeSync it goes on where a disk that is nearly full took a part only.
      writeFileSync(descriptor, text);
      length += Buffer.byteLength(text);
    } catch (error) {
      ftruncateSync(descriptor, length);
      throw error;
    }
  };
  write(`{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`);
  return {
    file,
    add: (entry) => {
      write(separator + JSON.stringify(entry));
      separator = ",\n";
    },
    close: () => {
      write("\n]}}\n");
      renameSync(temporary, file);
      closeSync(descriptor);
    },
    discard: () => {
      closeSync(descriptor);
      rmSync(temporary, { force: true });
    },
  };
}

function begin(file: string, temporary: string): number {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    // A device, such as /dev/null, would be replaced by a file.
    if (found && !found.isFile()) throw new HarError(`${file} cannot be written: it is no regular file; name one`);
    return openSync(temporary, "ax", 0o600);
  } catch (cause) {
    if (cause instanceof HarError) throw cause;
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const advice =
      code === "ENOENT"
        ? `there is no directory ${dirname(file)}; create it first`
        : `${String(code)}; name a file in a directory that you may write to`;
    throw new HarError(`${file} cannot be written: ${advice}`, { cause });
  }
}
