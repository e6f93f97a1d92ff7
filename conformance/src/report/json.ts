import { printableJson } from "../engine/text.ts";

/** A JSON file, the same bytes for the same value. */
export function toJson(value: unknown): string {
  return `${printableJson(value, 2)}\n`;
}
