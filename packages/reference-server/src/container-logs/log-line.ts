import { parseRfc3339, wallClock, zoneText, type GoTime } from "../rfc3339.ts";

export type LogStream = "stdout" | "stderr";

/** One entry of a container's log. */
export interface LogLine {
  time: GoTime;
  /** Docker's format may name any. */
  stream: string;
  /** What was printed, with its newline unless the line goes on in the next entry. */
  text: Buffer;
}

/** Reads one line of a log file, newline included; undefined: it has another form. */
export type LineParser = (line: Buffer) => LogLine | undefined;

const space = 0x20;
const newline = 0x0a;

/** `<time> <stream> <tags> <text>`, tags separated by colons: parseCRILog of cri-client's logs.go. */
const parseCriLine: LineParser = (line) => {
  const [timeEnd, streamEnd, tagsEnd] = spaces(line);
  if (timeEnd === undefined || streamEnd === undefined || tagsEnd === undefined) return undefined;
  const time = parseRfc3339(line.toString("latin1", 0, timeEnd));
  const stream = line.toString("latin1", timeEnd + 1, streamEnd);
  if (time === undefined || (stream !== "stdout" && stream !== "stderr")) return undefined;
  const isPartial = line.toString("latin1", streamEnd + 1, tagsEnd).split(":", 1)[0] === "P";
  const end = isPartial && line.at(-1) === newline ? line.length - 1 : line.length;
  return { time, stream, text: line.subarray(tagsEnd + 1, end) };
};

/** Docker's JSON lines, which kubelets still read: parseDockerJSONLog. */
const parseDockerLine: LineParser = (line) => {
  try {
    const entry: unknown = JSON.parse(line.toString());
    if (typeof entry !== "object" || entry === null) return undefined;
    const { log = "", stream = "", time = "0001-01-01T00:00:00Z" } = entry as Record<string, unknown>; // An object's members stay unknown.
    const parsed = parseRfc3339(String(time));
    return parsed === undefined ? undefined : { time: parsed, stream: String(stream), text: Buffer.from(String(log)) };
  } catch {
    return undefined;
  }
};

/** The parser that the first line of a log chooses for all of it. */
export function parserFor(line: Buffer): LineParser | undefined {
  return [parseCriLine, parseDockerLine].find((parse) => parse(line) !== undefined);
}

/** A line's time as the option `timestamps` shows it: nine digits, whatever the runtime wrote. */
export function timestamp(time: GoTime): string {
  const { date, time: clock, nanoseconds } = wallClock(time);
  return `${date}T${clock}.${String(nanoseconds).padStart(9, "0")}${zoneText(time.offsetMinutes, "Z", ":")}`;
}

/** Where the first three are. */
function spaces(line: Buffer): number[] {
  const found: number[] = [];
  for (let at = line.indexOf(space); at >= 0 && found.length < 3; at = line.indexOf(space, at + 1)) found.push(at);
  return found;
}
