import { PatternProblem } from "./pattern-problem.ts";

/** Where a character class that begins the text ends. */
export function classEnd(text: string): number {
  let at = text.startsWith("[^") ? 2 : 1;
  for (let isFirst = true; isFirst || text[at] !== "]"; isFirst = false) {
    const rest = text.slice(at);
    const whole = posixClassEnd(rest) ?? unicodeClassEnd(rest) ?? perlClassEnd(rest);
    at += whole ?? rangeEnd(rest, text);
  }
  return at + 1;
}

const posixNames = new Set("alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit".split(" "));

function posixClassEnd(rest: string): number | undefined {
  const whole = /^\[:.*?:\]/s.exec(rest)?.[0];
  if (whole === undefined) return undefined;
  if (!posixNames.has(whole.slice(2, -2).replace(/^\^/, ""))) throw new PatternProblem("invalid character class range", whole);
  return whole.length;
}

/** A character, or two with a dash between them. */
function rangeEnd(rest: string, wholeClass: string): number {
  const low = classCharacter(rest, wholeClass);
  if (rest[low.end] !== "-" || rest.length <= low.end + 1 || rest[low.end + 1] === "]") return low.end;
  const high = classCharacter(rest.slice(low.end + 1), wholeClass);
  const end = low.end + 1 + high.end;
  if (high.code < low.code) throw new PatternProblem("invalid character class range", rest.slice(0, end));
  return end;
}

function classCharacter(rest: string, wholeClass: string): { code: number; end: number } {
  if (rest === "") throw new PatternProblem("missing closing ]", wholeClass);
  if (rest.startsWith("\\")) {
    const end = escapeEnd(rest);
    return { code: escapedCode(rest.slice(1, end)), end };
  }
  return { code: rest.codePointAt(0) ?? 0, end: characterEnd(rest) };
}

/** Where the first character ends; throws when its bytes are none (they stand as lone surrogates, see decodeBytes). */
export function characterEnd(rest: string): number {
  if (/^[\udc80-\udcff]/u.test(rest)) throw new PatternProblem("invalid UTF-8", rest);
  return String.fromCodePoint(rest.codePointAt(0) ?? 0).length;
}

/** `\d` and its like. */
export function perlClassEnd(rest: string): number | undefined {
  return /^\\[dDsSwW]/.test(rest) ? 2 : undefined;
}

/** `\pL` and `\p{Greek}`; throws when there is no such class. */
export function unicodeClassEnd(rest: string): number | undefined {
  if (!/^\\[pP]./su.test(rest)) return undefined;
  const whole = rest[2] === "{" ? /^.*?\}/s.exec(rest)?.[0] : /^\\../su.exec(rest)?.[0];
  if (whole === undefined) throw new PatternProblem("invalid character class range", rest);
  const name = whole.slice(2).replace(/^\{\^?|\}$/g, "");
  if (!isUnicodeClass(name)) throw new PatternProblem("invalid character class range", whole);
  return whole.length;
}

function isUnicodeClass(name: string): boolean {
  return name === "Any" || ["General_Category", "Script"].some((property) => compiles(`\\p{${property}=${name}}`));
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** Where an escaped character ends; throws when Go knows no such escape. */
export function escapeEnd(rest: string): number {
  if (rest === "\\") throw new PatternProblem("trailing backslash at end of expression", "");
  if (rest.startsWith("\\x{")) return bracedEnd(rest);
  const known = /^\\(?:[1-7](?=[0-7])[0-7]{1,2}|0[0-7]{0,2}|x[0-9a-fA-F]{2}|[afnrtv]|[^0-9A-Za-z\u0080-\u{10ffff}])/u.exec(rest)?.[0];
  if (known !== undefined) return known.length;
  const read = /^\\(?:x.?.?|.)/su.exec(rest)?.[0] ?? rest;
  throw new PatternProblem("invalid escape sequence", read);
}

/** `\x{41}`: any number of digits, read up to the first that is none or one too many. */
function bracedEnd(rest: string): number {
  let code = 0;
  let at = "\\x{".length;
  for (; /[0-9a-fA-F]/.test(rest[at] ?? ""); at++) {
    code = code * 16 + Number.parseInt(rest[at] ?? "", 16);
    if (code > 0x10ffff) throw new PatternProblem("invalid escape sequence", rest.slice(0, at + 1));
  }
  if (rest[at] === "}" && at > "\\x{".length) return at + 1;
  throw new PatternProblem("invalid escape sequence", rest.slice(0, at) + (Array.from(rest.slice(at))[0] ?? ""));
}

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

function escapedCode(text: string): number {
  if (/^[0-7]/.test(text)) return Number.parseInt(text, 8);
  if (text.startsWith("x")) return Number.parseInt(text.replace(/^x\{?/, ""), 16);
  return controls[text] ?? text.codePointAt(0) ?? 0;
}
