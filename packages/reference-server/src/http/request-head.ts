import { refusal } from "./answers.ts";
import { allHeaders, hasToken } from "./headers.ts";
import type { KubeletAnswer } from "./message.ts";

/** How a request's body is delimited. */
export type BodyFraming = "none" | "chunked" | { length: number };

/** A request's first lines, as net/http's readRequest takes them. */
export interface RequestHead {
  method: string;
  target: string;
  /** HTTP/1.x from 1.1 on is spoken as 1.1. */
  version: "1.0" | "1.1";
  /** Name, value, name, value ... as sent. */
  headers: readonly string[];
  framing: BodyFraming;
}

interface RequestLine {
  method: string;
  target: string;
  major: number;
  minor: number;
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** A name with spaces in it is read, and refused only later. */
const nameOrSpaces = /^[!#$%&'*+.^_`|~0-9A-Za-z -]+$/;
/** Control characters other than the tab. */
// oxlint-disable-next-line no-control-regex
const notInValue = /[\x00-\x08\x0a-\x1f\x7f]/;
const inHost = /^[0-9A-Za-z!$%&()*+,\-.:;=[\]'_~]*$/;

/** Reads the request line; undefined: net/http knows at once that it is none. */
export function parseRequestLine(line: string): RequestLine | undefined {
  const first = line.indexOf(" ");
  const second = line.indexOf(" ", first + 1);
  if (first < 0 || second < 0) return undefined;
  const method = line.slice(0, first);
  const version = /^HTTP\/(\d)\.(\d)$/.exec(line.slice(second + 1));
  if (!token.test(method) || version === null) return undefined;
  return { method, target: line.slice(first + 1, second), major: Number(version[1]), minor: Number(version[2]) };
}

/** Reads everything up to the empty line. The checks are net/http's, in its order: readRequest, then conn.readRequest. */
export function parseHead(text: string): RequestHead | KubeletAnswer {
  const lines = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  const requestLine = parseRequestLine(lines[0] ?? "");
  const headers = parseHeaders(lines.slice(1));
  if (requestLine === undefined || headers === undefined) return refusal(400);
  const { method, target, major, minor } = requestLine;
  const hosts = allHeaders(headers, "Host");
  if (hosts.length > 1) return refusal(400);
  const isAtLeast11 = major > 1 || (major === 1 && minor >= 1);
  const framing = bodyFraming(headers, isAtLeast11);
  if (typeof framing === "object" && "status" in framing) return framing;
  const isHttp2Preface = method === "PRI" && target === "*" && major === 2 && minor === 0;
  if (major !== 1 && !isHttp2Preface) return refusal(505, "unsupported protocol version");
  if (isAtLeast11 && hosts.length === 0 && !isHttp2Preface && method !== "CONNECT") return refusal(400, "missing required Host header");
  if (!hosts.every((host) => inHost.test(host))) return refusal(400, "malformed Host header");
  if (headers.some((name, index) => index % 2 === 0 && name.includes(" "))) return refusal(400, "invalid header name");
  return { method, target, version: isAtLeast11 ? "1.1" : "1.0", headers, framing };
}

/** textproto's ReadMIMEHeader: a line that begins with a blank continues the one before. */
function parseHeaders(lines: readonly string[]): string[] | undefined {
  const flat: string[] = [];
  for (let index = 0; index < lines.length && lines[index] !== "";) {
    const parts = [trim(lines[index] ?? "")];
    if (startsWithBlank(lines[index++])) return undefined;
    while (startsWithBlank(lines[index])) parts.push(trim(lines[index++] ?? ""));
    const line = parts.join(" ");
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0));
    const value = trim(line.slice(colon + 1));
    if (!nameOrSpaces.test(name) || notInValue.test(value)) return undefined;
    flat.push(name, value);
  }
  return flat;
}

function startsWithBlank(line = ""): boolean {
  return line.startsWith(" ") || line.startsWith("\t");
}

/** Without blanks at both ends; a regular expression would take quadratic time for a run of blanks inside. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && startsWithBlank(text[start])) start++;
  while (end > start && startsWithBlank(text[end - 1])) end--;
  return text.slice(start, end);
}

function bodyFraming(headers: readonly string[], isAtLeast11: boolean): BodyFraming | KubeletAnswer {
  const encodings = isAtLeast11 ? allHeaders(headers, "Transfer-Encoding") : [];
  if (encodings.length > 1 || (encodings.length === 1 && encodings[0]?.toLowerCase() !== "chunked")) return unsupportedEncoding;
  const [length, ...others] = allHeaders(headers, "Content-Length");
  if (others.some((other) => other !== length)) return refusal(400);
  if (length !== undefined && (!/^\d+$/.test(length) || BigInt(length) >= 2n ** 63n)) return refusal(400);
  if (encodings.length === 1) return allHeaders(headers, "Trailer").some(isBadTrailer) ? refusal(400) : "chunked";
  return length === undefined || Number(length) === 0 ? "none" : { length: Number(length) };
}

/** What frames a message cannot come behind it. */
function isBadTrailer(names: string): boolean {
  return ["transfer-encoding", "trailer", "content-length"].some((name) => hasToken([names], name));
}

const unsupportedEncoding: KubeletAnswer = { ...refusal(501), body: "Unsupported transfer encoding" };

/** Whether the client wants the connection to end with the answer. */
export function wantsClose({ version, headers }: RequestHead): boolean {
  const connection = allHeaders(headers, "Connection");
  if (connection.length === 0) return version === "1.0";
  return hasToken(connection, "close") || (version === "1.0" && !hasToken(connection, "keep-alive"));
}
