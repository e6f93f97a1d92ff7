const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

// The three layouts that http.ParseTime tries. A weekday is read and not compared with the date.
const layouts: readonly RegExp[] = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) (?:GMT|UTC)$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
];

/** Seconds since the epoch of a date header; undefined: it is none. */
export function parseHttpTime(text: string): number | undefined {
  for (const layout of layouts) {
    const { day = "", month = "", year = "", time = "" } = layout.exec(text)?.groups ?? {};
    const index = months.indexOf(month);
    if (index < 0) continue;
    const fullYear = year.length === 4 ? year : `${Number(year) >= 69 ? 19 : 20}${year}`;
    const parsed = Date.parse(`${fullYear}-${String(index + 1).padStart(2, "0")}-${day.trim().padStart(2, "0")}T${time}Z`);
    if (!Number.isNaN(parsed) && new Date(parsed).getUTCMonth() === index) return parsed / 1000;
  }
  return undefined;
}
