import { styleText } from "node:util";

/** Colours for a terminal, or none of them. */
export interface Style {
  good: (text: string) => string;
  bad: (text: string) => string;
  odd: (text: string) => string;
  faint: (text: string) => string;
  strong: (text: string) => string;
}

const plain = (text: string): string => text;
type Format = Parameters<typeof styleText>[0];
// The stream was looked at before; styleText must not look again.
const paint =
  (format: Format) =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });

export function createStyle(colours: boolean): Style {
  if (!colours) return { good: plain, bad: plain, odd: plain, faint: plain, strong: plain };
  return { good: paint("green"), bad: paint("red"), odd: paint("yellow"), faint: paint("dim"), strong: paint("bold") };
}

/**
 * Whether to write colours: on a terminal that has some, unless NO_COLOR (https://no-color.org) is set; anywhere if FORCE_COLOR is, as Node.js
 * and its programs understand them.
 */
export function wantsColours({ isTTY }: { isTTY?: boolean }, environment: Record<string, string | undefined>): boolean {
  if (environment["NO_COLOR"]) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTTY === true && environment["TERM"] !== "dumb";
}
