/** A point in time as Go's time package holds it. */
export interface GoTime {
  /** Nanoseconds since the epoch. */
  nanoseconds: bigint;
  /** Of its zone, east of UTC. */
  offsetMinutes: number;
}

const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/;

/** time.Parse(time.RFC3339, text): an hour may have one digit, a fraction may follow a comma, a zone may be 24 hours or 60 minutes. Undefined: it is none. */
export function parseRfc3339(text: string): GoTime | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.map(Number);
  const [fraction = "", zone = "Z"] = match.slice(7);
  const zoneHours = zone === "Z" ? 0 : Number(zone.slice(1, 3));
  const zoneMinutes = zone === "Z" ? 0 : Number(zone.slice(4));
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  const isDay = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59 || zoneHours > 24 || zoneMinutes > 60) return undefined;
  const offsetMinutes = (zone.startsWith("-") ? -1 : 1) * (zoneHours * 60 + zoneMinutes);
  const seconds = midnight.getTime() / 1000 + hour * 3600 + (minute - offsetMinutes) * 60 + second;
  return { nanoseconds: BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, "0")), offsetMinutes };
}

/** The date and the time of day in the time's own zone, `2026-01-02` and `03:04:05`, and the nanoseconds behind them. */
export function wallClock({ nanoseconds, offsetMinutes }: GoTime): { date: string; time: string; nanoseconds: number } {
  const rest = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = Number((nanoseconds - rest) / 1_000_000_000n) + offsetMinutes * 60;
  const [date = "", time = ""] = new Date(seconds * 1000).toISOString().split(/[T.]/);
  return { date, time, nanoseconds: Number(rest) };
}

/** `+05:30`; UTC is `zero`. */
export function zoneText(offsetMinutes: number, zero: string, separator: string): string {
  if (offsetMinutes === 0) return zero;
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}
