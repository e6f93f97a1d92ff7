import { decodeBytes, encodeText, quote } from "./bytes.ts";

/** A request target as net/url splits it. */
export interface Target {
  /** Percent-decoded, as URL.Path: `%2F` is a separator here. */
  path: string;
  /** As sent, as URL.EscapedPath. */
  escapedPath: string;
  /** Without `?`; empty when there is none. */
  rawQuery: string;
}

/**
 * Splits a request target as url.ParseRequestURI does: origin form, absolute form, or for CONNECT an authority. Undefined when it is
 * refused: bad escape, control character, bad authority, no path.
 */
export function parseTarget(target: string, method = "GET"): Target | undefined {
  const url = method === "CONNECT" && !target.startsWith("/") ? `http://${target}` : target;
  // net/url refuses control characters anywhere in the target.
  // oxlint-disable-next-line no-control-regex
  if (url.startsWith(":") || /[\x00-\x20\x7f]/.test(url)) return undefined;
  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.exec(url)?.[0] ?? "";
  const rest = url.slice(scheme.length);
  const mark = rest.indexOf("?");
  const rawQuery = mark < 0 ? "" : rest.slice(mark + 1);
  const hierarchical = mark < 0 ? rest : rest.slice(0, mark);
  // "mailto:somebody" has no path at all.
  if (!hierarchical.startsWith("/")) return scheme === "" ? undefined : { path: "", escapedPath: "", rawQuery };
  const sent = scheme === "" ? hierarchical : withoutAuthority(hierarchical);
  const path = sent === undefined ? undefined : unescape(sent, false);
  if (sent === undefined || path === undefined) return undefined;
  return { path, escapedPath: isValidlyEncoded.test(sent) ? sent : escapePath(path), rawQuery };
}

/** What URL.EscapedPath takes over as it was sent. */
const isValidlyEncoded = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/[\]%]*$/;

function withoutAuthority(hierarchical: string): string | undefined {
  if (!hierarchical.startsWith("//")) return hierarchical;
  const [, authority = "", path = ""] = /^\/\/([^/]*)(.*)$/s.exec(hierarchical) ?? [];
  return isHost(authority.slice(authority.lastIndexOf("@") + 1)) ? path : undefined;
}

/** url.parseHost: a port is digits; a percent sign stands for a byte outside ASCII, or begins a zone. */
function isHost(text: string): boolean {
  const bracket = text.startsWith("[") ? text.lastIndexOf("]") : 0;
  const colon = text.indexOf(":", bracket) < 0 ? text.length : text.lastIndexOf(":");
  const host = bracket > 0 ? text.slice(0, bracket + 1) : text.slice(0, colon);
  return (
    bracket >= 0 &&
    /^(?::\d*)?$/.test(text.slice(host.length)) &&
    /^(?:[\w\-.~!$&'()*+,;=:[\]<>"\x80-\xff]|%25|%[89a-fA-F][0-9a-fA-F])*$/.test(host)
  );
}

/** Percent-decoding of net/url: bytes, not characters. Undefined for a broken escape. */
export function unescape(text: string, plusIsSpace: boolean): string | undefined {
  const plain = plusIsSpace ? text.replaceAll("+", " ") : text;
  // The target comes as latin1, one character per byte.
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(plain) && !plain.includes("%")) return plain;
  if (/%(?![0-9a-fA-F]{2})/.test(plain)) return undefined;
  const bytes: number[] = [];
  for (let index = 0; index < plain.length; index++) {
    if (plain[index] === "%") {
      bytes.push(Number.parseInt(plain.slice(index + 1, index + 3), 16));
      index += 2;
    } else {
      bytes.push(plain.charCodeAt(index) & 0xff);
    }
  }
  return decodeBytes(Buffer.from(bytes));
}

/** One pair that net/url could not read, in its words. */
export type QueryProblem = string;

/**
 * All values of each name, in order. Like URL.Query() it drops a pair with a bad escape or a semicolon;
 * `problem` is what ParseForm would report instead.
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
      // Unlike a bad escape this one hides what was found before.
      problem = "invalid semicolon separator in query";
      continue;
    }
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = unescape(equals < 0 ? pair : pair.slice(0, equals), true);
    const value = unescape(equals < 0 ? "" : pair.slice(equals + 1), true);
    if (name === undefined || value === undefined) {
      problem ??= `invalid URL escape ${quote(brokenEscape(name === undefined ? pair.split("=", 1)[0] : pair.slice(equals + 1)))}`;
      continue;
    }
    const list = map.get(name);
    if (list) list.push(value);
    else map.set(name, [value]);
  }
  const values = (name: string): readonly string[] => map.get(name) ?? [];
  return { values, first: (name) => values(name)[0], last: (name) => values(name).at(-1), problem };
}

/** The first broken escape, three bytes of it at most. */
function brokenEscape(text = ""): string {
  return decodeBytes(Buffer.from(/%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)?.[0] ?? "", "latin1"));
}

/** Percent-encoding of a path as URL.String() does it. */
export function escapePath(path: string): string {
  let escaped = "";
  for (const byte of encodeText(path)) {
    const character = String.fromCharCode(byte);
    escaped += /[A-Za-z0-9$&+,/:;=@_.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return escaped;
}
