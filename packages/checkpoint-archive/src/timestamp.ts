/** Everything up to a dash, then a timestamp at the end. */
export const timestampPattern = /^(.*)-(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2}))$/s;

const minute = 60_000;

/**
 * The instant as Go's time.RFC3339 writes it at this offset (minutes east of UTC): whole seconds, `Z` for offset 0.
 * Null when the date is invalid, its year has not four digits or the offset is not a whole number of minutes below a day.
 */
export function formatTimestamp(time: Date, offsetMinutes: number): string | null {
  if (!Number.isInteger(offsetMinutes) || Math.abs(offsetMinutes) >= 24 * 60) return null;
  const local = new Date(time.getTime() + offsetMinutes * minute);
  const year = local.getUTCFullYear();
  // The comparison is written so that the NaN of an invalid date is refused too.
  if (!(year >= 0 && year <= 9999)) return null;
  return local.toISOString().slice(0, 19) + formatOffset(offsetMinutes);
}

function formatOffset(offsetMinutes: number): string {
  if (offsetMinutes === 0) return "Z";
  const sign = offsetMinutes < 0 ? "-" : "+";
  const total = Math.abs(offsetMinutes);
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  return `${sign}${twoDigits(Math.floor(total / 60))}:${twoDigits(total % 60)}`;
}

/** The instant and offset of a timestamp of the right form; null when there is no such day, hour or offset. */
export function parseTimestamp(text: string): { time: Date; offsetMinutes: number } | null {
  const wallClock = text.slice(0, 19);
  const local = Date.parse(`${wallClock}Z`);
  // Date.parse rolls 24:00 and February 30 over; only what comes back unchanged exists.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 19) !== wallClock) return null;
  const offsetMinutes = parseOffset(text.slice(19));
  if (offsetMinutes === null) return null;
  return { time: new Date(local - offsetMinutes * minute), offsetMinutes };
}

function parseOffset(text: string): number | null {
  if (text === "Z") return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4, 6));
  if (hours > 23 || minutes > 59) return null;
  const total = hours * 60 + minutes;
  return text.startsWith("-") && total > 0 ? -total : total;
}
