/** A line of a log that was asked for with times. */
export interface TimedLine {
  /** As the kubelet wrote it; undefined: the line begins otherwise. */
  time: string | undefined;
  /** The rest, newline included. */
  text: string;
}

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(?:Z|[+-]\d\d:\d\d)) (.*)$/s;

/** The lines of a log with times. */
export function splitTimes(log: string): TimedLine[] {
  const lines = log === "" ? [] : log.split(/(?<=\n)/);
  return lines.map((line) => {
    const [, time, text = line] = form.exec(line) ?? [];
    return { time, text };
  });
}

/** Nanoseconds since the epoch of a time that `splitTimes` has found. */
export function nanosOf(time: string): bigint {
  const [, seconds = "", fraction = "", zone = ""] = /^(.*)\.(\d{9})(.*)$/.exec(time) ?? [];
  return BigInt(Date.parse(seconds + zone)) * 1_000_000n + BigInt(fraction);
}

/** Milliseconds since the epoch of the first line; undefined: it has no time. */
export function firstTimeOf(log: string): number | undefined {
  const time = splitTimes(log)[0]?.time;
  return time === undefined ? undefined : millisecondsOf(time);
}

/** Milliseconds since the epoch of a time that `splitTimes` has found. */
export function millisecondsOf(time: string): number {
  return Number(nanosOf(time) / 1_000_000n);
}
