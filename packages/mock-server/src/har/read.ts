import { printable } from "@kubelet-conformance/exchange";
import { readFileSync } from "node:fs";
import { HarError } from "./har-error.ts";

/** An exchange of a recording, as far as it can be served again. */
export interface ReplayEntry {
  /** Its place in the file, from 1. */
  number: number;
  method: string;
  /** As recorded, without the query. */
  path: string;
  query: string;
  startedAt: number;
  status: number;
  statusText: string;
  headers: readonly (readonly [name: string, value: string])[];
  mediaType: string | undefined;
  body: Buffer;
  /** Why the body is not what was sent: hidden, or truncated. */
  comment: string | undefined;
}

/** Reads a HAR file, of this mock or of a browser. Throws a HarError of one line that names the entry. Requests that were never answered are left out. */
export function readHar(file: string): ReplayEntry[] {
  const log = at(parse(file), "log");
  const entries = at(log, "entries");
  if (!Array.isArray(entries)) throw new HarError(`${file} is no HAR file: it has no list log.entries`);
  const read = entries.flatMap((entry: unknown, index) => {
    try {
      return readEntry(entry, index + 1);
    } catch (error) {
      if (!(error instanceof EntryError)) throw error;
      throw new HarError(`${file}, entry ${index + 1}: ${error.message}`, { cause: error });
    }
  });
  if (read.length === 0) throw new HarError(`${file} holds no answer: nothing in it can be served`);
  // Recorders may write an exchange once it is over.
  return read.toSorted((a, b) => a.startedAt - b.startedAt);
}

class EntryError extends Error {}

function readEntry(entry: unknown, number: number): ReplayEntry[] {
  const request = at(entry, "request");
  const response = at(entry, "response");
  const status = at(response, "status");
  if (typeof status !== "number" || !Number.isInteger(status)) throw new EntryError("response.status must be a number");
  // 0: no answer. 101: what came after it is not in a HAR file.
  if (status < 200) return [];
  if (status > 599) throw new EntryError(`response.status must be 200 to 599, is ${status}`);
  // Not through URL, which cleans paths: kubelets tell one that is not clean from one that is.
  const url = /^https?:\/\/[^/?#]+([^?#]*)\??([^#]*)/i.exec(text(request, "request.url"));
  if (!url) throw new EntryError("request.url must be a URL with http: or https:");
  const content = at(response, "content");
  const mediaType = at(content, "mimeType");
  const startedAt = Date.parse(text(entry, "startedDateTime"));
  if (Number.isNaN(startedAt)) throw new EntryError("startedDateTime must be a time of ISO 8601");
  const comment = at(content, "comment");
  return [
    {
      number,
      method: text(request, "request.method").toUpperCase(),
      path: url[1] === undefined || url[1] === "" ? "/" : url[1],
      query: url[2] ?? "",
      startedAt,
      status,
      statusText: stringOr(at(response, "statusText"), "").replaceAll(/[^\x20-\x7e]/g, ""),
      headers: readHeaders(at(response, "headers")),
      mediaType: typeof mediaType === "string" && mediaType !== "x-unknown" && mediaType !== "" ? mediaType : undefined,
      body: readBody(content),
      comment: typeof comment === "string" ? comment : undefined,
    },
  ];
}

function readHeaders(list: unknown): [string, string][] {
  if (!Array.isArray(list)) throw new EntryError("response.headers must be a list");
  return list.map((pair: unknown): [string, string] => {
    const name = at(pair, "name");
    const value = at(pair, "value");
    if (typeof name !== "string" || typeof value !== "string") throw new EntryError("response.headers must have a name and a value each");
    if (/[\r\n\0]/.test(name + value)) throw new EntryError(`response.headers has a line end in "${name.split(/[\r\n\0]/)[0]}"`);
    return [name, value];
  });
}

function readBody(content: unknown): Buffer {
  const body = at(content, "text");
  if (body === undefined) return Buffer.alloc(0);
  if (typeof body !== "string") throw new EntryError("response.content.text must be a string");
  const encoding = at(content, "encoding");
  if (encoding === undefined || encoding === "") return Buffer.from(body);
  if (encoding !== "base64") throw new EntryError(`response.content.encoding must be base64, is ${JSON.stringify(encoding)}`);
  if (!/^[\w+/\s-]*={0,2}$/.test(body.trimEnd())) throw new EntryError("response.content.text is no base64");
  return Buffer.from(body, "base64");
}

function parse(file: string): unknown {
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new HarError(missing ? `${file} does not exist; name a HAR file` : `${file} cannot be read; name a HAR file`, { cause });
  }
  try {
    return JSON.parse(source.replace(/^\ufeff/, ""));
  } catch (cause) {
    throw new HarError(`${file} is no HAR file: it is no JSON (${printable(cause instanceof Error ? cause.message : String(cause))})`, {
      cause,
    });
  }
}

/** A member of what may be an object. */
function at(value: unknown, member: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, member) : undefined;
}

function text(value: unknown, place: string): string {
  const found = at(value, place.split(".").at(-1) ?? "");
  if (typeof found !== "string" || found === "") throw new EntryError(`${place} must be a text`);
  return found;
}

function stringOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
