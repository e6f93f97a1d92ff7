import { realpath, stat } from "node:fs/promises";
import { quote, decodeBytes } from "../http/bytes.ts";
import { LogError, openProblem, symlinkProblem } from "./log-error.ts";
import { watchLog, type LogChanges } from "./log-change.ts";
import { openLines, type LineReader } from "./line-reader.ts";
import { parserFor, timestamp, type LineParser, type LogLine, type LogStream } from "./log-line.ts";
import { tailStart } from "./tail-start.ts";

export interface ReadLogOptions {
  path: string;
  /** Undefined: from the beginning. */
  tailLines: bigint | undefined;
  /** Undefined: no limit. */
  limitBytes: bigint | undefined;
  /** Nanoseconds since the epoch; earlier lines are left out. */
  since: bigint | undefined;
  /** Go on until the container has ended. */
  follow: boolean;
  timestamps: boolean;
  streams: ReadonlySet<LogStream>;
  /** Whether the container still runs. */
  isRunning(): Promise<boolean>;
  /** Aborted when nobody listens any more. */
  signal: AbortSignal;
}

/** A container's log as /containerLogs serves it, entry by entry: ReadLogs of cri-client's logs.go. Rejects with a LogError. */
export async function* readLog(options: ReadLogOptions): AsyncGenerator<Buffer> {
  const path = await realpath(options.path).catch(async (error: unknown) => {
    throw new LogError(await symlinkProblem(options.path, error));
  });
  const { tailLines } = options;
  const from = tailLines === undefined ? undefined : (file: LineReader["file"]) => tailStart(file, tailLines);
  let reader = await openLines(path, from).catch((error: unknown) => {
    throw new LogError(openProblem(path, error));
  });
  const select = createSelection(options);
  let changes: LogChanges | undefined;
  let successor: LineReader | undefined;
  let isRunning = true;
  try {
    while (!select.isFull) {
      const line = await reader.next();
      if (line !== undefined) {
        yield* select.take(line);
        continue;
      }
      if (!options.follow) {
        if (reader.rest().length > 0) yield* select.take(reader.rest());
        return;
      }
      if (!isRunning) return;
      if (changes === undefined) {
        // Whatever came before somebody watched is read first.
        changes = watchLog(path);
        continue;
      }
      if (successor !== undefined) {
        await reader.close();
        [reader, successor] = [successor, undefined];
        continue;
      }
      // Once there is another file, the old one does not grow any more; it is read to its end first.
      successor = await successorOf(reader, path);
      if (successor !== undefined) continue;
      isRunning = await options.isRunning();
      if (isRunning) await changes.next(options.signal);
      if (options.signal.aborted) return;
    }
  } finally {
    changes?.close();
    await successor?.close();
    await reader.close();
  }
}

/** The file that has taken the name over, as after a rotation; undefined: it is the same one, or there is none yet. */
async function successorOf(reader: LineReader, path: string): Promise<LineReader | undefined> {
  const [current, named] = await Promise.all([reader.file.stat(), stat(path).catch(() => undefined)]);
  return named === undefined || named.ino === current.ino ? undefined : openLines(path).catch(() => undefined);
}

interface Selection {
  /** Nothing more may be written: the limit is reached, or so many lines as `tailLines` says were looked at and nobody follows. */
  readonly isFull: boolean;
  take(line: Buffer): Iterable<Buffer>;
}

/** logWriter: what of each line is written. */
function createSelection({ since, timestamps, limitBytes, streams, tailLines, follow }: ReadLogOptions): Selection {
  let parse: LineParser | undefined;
  let lines = 0n;
  let written = 0n;
  let isNewLine = true;

  function textOf({ time, stream, text }: LogLine): Buffer | undefined {
    if (since !== undefined && time.nanoseconds < since) return undefined;
    if (stream !== "stdout" && stream !== "stderr") throw new LogError(`unexpected stream type ${quote(stream)}`);
    if (!streams.has(stream)) return undefined;
    const whole = timestamps && isNewLine ? Buffer.concat([Buffer.from(`${timestamp(time)} `), text]) : text;
    const left = limitBytes === undefined ? undefined : limitBytes - written;
    return left !== undefined && BigInt(whole.length) > left ? whole.subarray(0, Number(left)) : whole;
  }

  return {
    get isFull() {
      const hasLines = tailLines !== undefined && !follow && lines >= tailLines;
      return hasLines || (limitBytes !== undefined && written >= limitBytes);
    },
    *take(line) {
      parse ??= parserFor(line);
      if (parse === undefined) {
        throw new LogError(`failed to get parse function: unsupported log format: ${quote(decodeBytes(line))}`);
      }
      const entry = parse(line);
      // A line that cannot be read is left out.
      if (entry === undefined) return;
      lines++;
      const text = textOf(entry);
      isNewLine = entry.text.length === 0 || entry.text.at(-1) === 0x0a;
      if (text === undefined || text.length === 0) return;
      written += BigInt(text.length);
      yield text;
    },
  };
}
