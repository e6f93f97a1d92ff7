const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Nanoseconds of a Go duration such as `2m0s` or `1.5h`; undefined when Go's time.ParseDuration refuses it. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)(.+)$/s.exec(text);
  const rest = match?.[2] ?? "";
  if (rest === "0") return 0;
  const parts = [...rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== rest) return undefined;
  const total = parts.reduce((sum, part) => sum + Number(part[1]) * (nanoseconds[part[2] ?? ""] ?? 0), 0);
  return match?.[1] === "-" ? -total : total;
}

/** A duration as Go's Duration.String() writes it: `1m0s`, `100ms`, `0s`. */
export function formatDuration(duration: number): string {
  if (duration < 0) return `-${formatDuration(-duration)}`;
  if (duration === 0) return "0s";
  if (duration < 1e3) return `${duration}ns`;
  if (duration < 1e6) return `${duration / 1e3}µs`;
  if (duration < 1e9) return `${duration / 1e6}ms`;
  const hours = Math.floor(duration / 3600e9);
  const minutes = Math.floor((duration % 3600e9) / 60e9);
  const seconds = `${(duration % 60e9) / 1e9}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
