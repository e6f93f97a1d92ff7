import { quote } from "../http/bytes.ts";
import { wallClock, zoneText, type GoTime } from "../rfc3339.ts";

/** How a value stands in an error: as Go's %#v or as JSON writes it. */
export type ValueStyle = "go" | "json";

/** field.Invalid of apimachinery. */
export function invalid(field: string, value: string, detail: string): string {
  return `${field}: Invalid value: ${value}: ${detail}`;
}

export function listText(values: readonly string[], style: ValueStyle): string {
  if (style === "go") return `[]string{${values.map(quote).join(", ")}}`;
  return `[${values.map(jsonText).join(",")}]`;
}

/** time.Time.String, or its JSON. */
export function timeText(value: GoTime, style: ValueStyle): string {
  const { date, time, nanoseconds } = wallClock(value);
  const fraction = nanoseconds === 0 ? "" : `.${String(nanoseconds).padStart(9, "0").replace(/0+$/, "")}`;
  if (style === "json") return `"${date}T${time}${fraction}${zoneText(value.offsetMinutes, "Z", ":")}"`;
  // A zone that was given as an offset has that for its name.
  const zone = zoneText(value.offsetMinutes, "+0000", "");
  return `${date} ${time}${fraction} ${zone} ${value.offsetMinutes === 0 ? "UTC" : zone}`;
}

/** The list as one error: equal ones once, in brackets when there are several. */
export function aggregate(errors: readonly string[]): string {
  const distinct = [...new Set(errors)];
  return distinct.length === 1 ? (distinct[0] ?? "") : `[${distinct.join(", ")}]`;
}

/** strconv.Atoi, or its error. */
export function parseInteger(text: string): number | string {
  if (!/^[+-]?\d+$/.test(text)) return `strconv.Atoi: parsing ${quote(text)}: invalid syntax`;
  const value = BigInt(text.replace(/^\+/, ""));
  return BigInt.asIntN(64, value) === value ? Number(value) : `strconv.Atoi: parsing ${quote(text)}: value out of range`;
}

/** encoding/json escapes what HTML would understand. */
function jsonText(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
