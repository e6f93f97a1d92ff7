import { randomBytes } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { httpError } from "../http/answers.ts";
import type { KubeletAnswer, KubeletRequest } from "../http/message.ts";
import { sniffContentType } from "../http/sniff.ts";
import { typeByName } from "./media-types.ts";
import { checkPreconditions, rangeToHeed } from "./preconditions.ts";
import { contentRange, parseRanges, type ByteRange } from "./ranges.ts";
import type { FileServer } from "./serve-path.ts";

/** A regular file, open. */
export interface OpenFile {
  handle: FileHandle;
  name: string;
  size: number;
  modified: Date;
}

/** http.serveContent. The file is closed once the answer has been sent or dropped. */
export async function serveContent(file: OpenFile, request: KubeletRequest, { behaviour }: FileServer): Promise<KubeletAnswer> {
  const { handle, size } = file;
  const header = (name: string): string | undefined => request.header(name);
  const seconds = Math.floor(file.modified.getTime() / 1000);
  const modified: Header = ["Last-Modified", file.modified.toUTCString()];
  const verdict = checkPreconditions(header, seconds);
  if (verdict !== "send") {
    await handle.close();
    return { status: verdict === "failed" ? 412 : 304, headers: [modified], body: "" };
  }
  const type = typeByName(file.name, behaviour.knowsMoreTypes) ?? (await sniff(handle));
  const range = rangeToHeed(header, seconds);
  const parsed = range === undefined ? [] : parseRanges(range, size);
  // Clients that put a range into every request get an empty file whole.
  const ranges = "text" in parsed && parsed.isOutside && size === 0 ? [] : parsed;
  if ("text" in ranges) {
    await handle.close();
    const { status, headers, body } = httpError(416, ranges.text);
    const outside: Header[] = ranges.isOutside ? [["Content-Range", `bytes */${size}`]] : [];
    return { status, headers: [...outside, ...headers, ...(behaviour.keepsModifiedOnError ? [modified] : [])], body };
  }
  // More than the whole file is not asked for in earnest.
  const wanted = totalOf(ranges) > size ? [] : ranges;
  const part = partOf(wanted, file, type);
  return {
    status: wanted.length === 0 ? 200 : 206,
    headers: [["Accept-Ranges", "bytes"], ["Content-Length", String(part.length)], ...part.headers, modified],
    body: part.body,
  };
}

type Header = readonly [name: string, value: string];

interface Part {
  headers: Header[];
  length: number;
  body: Readable;
}

function partOf(ranges: readonly ByteRange[], { handle, size }: OpenFile, type: string): Part {
  const [first, second] = ranges;
  if (second !== undefined) return multipart(ranges, handle, size, type);
  const range = first ?? { start: 0, length: size };
  return {
    headers: [...(first === undefined ? [] : [["Content-Range", contentRange(first, size)] as const]), ["Content-Type", type]],
    length: range.length,
    body: closing(handle, bytesOf(handle, range)),
  };
}

/** mime/multipart's writer. */
function multipart(ranges: readonly ByteRange[], handle: FileHandle, size: number, type: string): Part {
  const boundary = randomBytes(30).toString("hex");
  const heads = ranges.map((range, index) =>
    Buffer.from(
      `${index === 0 ? "" : "\r\n"}--${boundary}\r\nContent-Range: ${contentRange(range, size)}\r\nContent-Type: ${type}\r\n\r\n`,
    ),
  );
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* body(): AsyncGenerator<Buffer> {
    for (const [index, range] of ranges.entries()) {
      yield heads[index] ?? Buffer.alloc(0);
      yield* bytesOf(handle, range);
    }
    yield end;
  }
  return {
    headers: [["Content-Type", `multipart/byteranges; boundary=${boundary}`]],
    length: totalOf(ranges) + heads.reduce((sum, head) => sum + head.length, end.length),
    body: closing(handle, body()),
  };
}

function totalOf(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, { length }) => sum + length, 0);
}

const blockSize = 64 * 1024;

async function* bytesOf(handle: FileHandle, { start, length }: ByteRange): AsyncGenerator<Buffer> {
  for (let position = start, left = length; left > 0;) {
    const count = Math.min(left, blockSize);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, position);
    // The file has become shorter since its size was told.
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
    left -= bytesRead;
  }
}

/** A stream that closes the file however it ends, even unread. */
function closing(handle: FileHandle, bytes: AsyncIterable<Buffer>): Readable {
  const body = Readable.from(bytes);
  body.once("close", () => void handle.close());
  return body;
}

async function sniff(handle: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
  return sniffContentType(buffer.subarray(0, bytesRead));
}
