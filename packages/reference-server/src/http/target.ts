/** A request target as net/url splits it. */
export interface Target {
  /** Percent-decoded, as URL.Path: `%2F` is a separator here. */
  path: string;
  /** As sent, as URL.EscapedPath. */
  escapedPath: string;
  /** Without `?`; empty when there is none. */
  rawQuery: string;
}

/** Splits a target in origin form or absolute form. Undefined when net/url refuses it: bad escape, control character, no path. */
export function parseTarget(target: string): Target | undefined {
  const origin = target.startsWith("/") ? target : originForm(target);
  // net/url refuses control characters anywhere in the target.
  // oxlint-disable-next-line no-control-regex
  if (origin === undefined || /[\x00-\x20\x7f]/.test(origin)) return undefined;
  const mark = origin.indexOf("?");
  const escapedPath = mark < 0 ? origin : origin.slice(0, mark);
  const path = unescape(escapedPath, false);
  if (path === undefined) return undefined;
  return { path, escapedPath, rawQuery: mark < 0 ? "" : origin.slice(mark + 1) };
}

function originForm(target: string): string | undefined {
  const absolute = /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^/?]*(.*)$/.exec(target);
  if (absolute === null) return undefined;
  const rest = absolute[1] ?? "";
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Percent-decoding of net/url: bytes, not characters. Undefined for a broken escape. */
export function unescape(text: string, plusIsSpace: boolean): string | undefined {
  const plain = plusIsSpace ? text.replaceAll("+", " ") : text;
  if (!plain.includes("%")) return plain;
  if (/%(?![0-9a-fA-F]{2})/.test(plain)) return undefined;
  const bytes: number[] = [];
  for (let index = 0; index < plain.length; index++) {
    if (plain[index] === "%") {
      bytes.push(Number.parseInt(plain.slice(index + 1, index + 3), 16));
      index += 2;
    } else {
      // Node hands the target over as latin1, one character per byte.
      bytes.push(plain.charCodeAt(index) & 0xff);
    }
  }
  return Buffer.from(bytes).toString("utf8");
}

/** One pair that net/url could not read, in its words. */
export type QueryProblem = string;

/**
 * All values of each name, in order. Like URL.Query() it drops a pair with a bad escape or a semicolon;
 * `problem` is what ParseForm would report instead: the first such pair's.
 */
export interface Query {
  values(name: string): readonly string[];
  /** First value; undefined when absent. */
  first(name: string): string | undefined;
  last(name: string): string | undefined;
  problem: QueryProblem | undefined;
}

/** Parses a query or a form body. */
export function parseQuery(raw: string): Query {
  const map = new Map<string, string[]>();
  let problem: QueryProblem | undefined;
  for (const pair of raw === "" ? [] : raw.split("&")) {
    if (pair.includes(";")) {
      problem ??= "invalid semicolon separator in query";
      continue;
    }
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = unescape(equals < 0 ? pair : pair.slice(0, equals), true);
    const value = unescape(equals < 0 ? "" : pair.slice(equals + 1), true);
    if (name === undefined || value === undefined) {
      problem ??= `invalid URL escape "${/%(?![0-9a-fA-F]{2}).{0,2}/.exec(pair)?.[0] ?? "%"}"`;
      continue;
    }
    const list = map.get(name);
    if (list) list.push(value);
    else map.set(name, [value]);
  }
  const values = (name: string): readonly string[] => map.get(name) ?? [];
  return { values, first: (name) => values(name)[0], last: (name) => values(name).at(-1), problem };
}

/** Percent-encoding of a path as URL.String() does it. */
export function escapePath(path: string): string {
  let escaped = "";
  for (const byte of Buffer.from(path, "utf8")) {
    const character = String.fromCharCode(byte);
    escaped += /[A-Za-z0-9$&+,/:;=@_.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return escaped;
}
