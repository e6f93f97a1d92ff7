import { quote } from "./bytes.ts";
import type { ByteSource } from "./byte-source.ts";
import type { BodyFraming } from "./request-head.ts";

/** A body that cannot be read on, in net/http's words. */
export class BodyError extends Error {
  readonly code = "KUBELET_REQUEST_BODY";
}

/** A request's body, read piece by piece; it must be read or discarded before the next request is. */
export interface RequestBody {
  /** The next bytes; undefined: the end was reached. Rejects with BodyError. */
  next(): Promise<Buffer | undefined>;
  /** How much is known to be left: nothing more is known of a chunked body than that it has not ended. */
  readonly left: number;
}

/** The longest line between chunks, and the longest trailer (net/http/internal chunkedReader, body.readTrailer). */
const mostLineBytes = 4096;

/** The body that `framing` announces. `onFirst` is called before the first byte is waited for. */
export function readBodyFrom(source: ByteSource, framing: BodyFraming, onFirst: () => void): RequestBody {
  const isChunked = framing === "chunked";
  let left = typeof framing === "object" ? framing.length : isChunked ? 1 : 0;
  let isFirst = true;
  let failure: BodyError | undefined;
  const pieces = isChunked ? chunks(source) : undefined;

  async function read(): Promise<Buffer | undefined> {
    if (pieces !== undefined) {
      const { value, done } = await pieces.next();
      if (done !== true) return value;
      left = 0;
      return undefined;
    }
    if (source.buffered.length === 0 && !(await source.more())) {
      // Said once; who reads on finds the end (transfer.go, body.readLocked).
      left = 0;
      throw new BodyError("unexpected EOF");
    }
    const piece = source.take(Math.min(left, source.buffered.length));
    left -= piece.length;
    return piece;
  }

  return {
    get left() {
      return left;
    },
    async next() {
      if (failure !== undefined) throw failure;
      if (left === 0) return undefined;
      if (isFirst) onFirst();
      isFirst = false;
      try {
        return await read();
      } catch (error) {
        if (error instanceof BodyError && isChunked) failure = error;
        throw error;
      }
    },
  };
}

/** Everything that is left, of which at most `limit` bytes are kept. Rejects with BodyError. */
export async function readAll(body: RequestBody, limit: number): Promise<Buffer> {
  const kept: Buffer[] = [];
  let size = 0;
  for (let piece = await body.next(); piece !== undefined; piece = await body.next()) {
    if (size < limit) kept.push(piece.subarray(0, limit - size));
    size += piece.length;
  }
  return Buffer.concat(kept);
}

/** How much more than data there may be: what each chunk may add, and how much in all beyond that and twice the data. */
const overheadOfChunk = 16;
const mostOverhead = 16 << 10;

async function* chunks(source: ByteSource): AsyncGenerator<Buffer, void> {
  for (let overhead = 0; ;) {
    const head = await line(source);
    let size = chunkSize(head);
    overhead = Math.max(0, overhead + head.length + 2 - overheadOfChunk - 2 * size);
    if (overhead > mostOverhead) throw new BodyError("chunked encoding contains too much non-data");
    if (size === 0) break;
    while (size > 0) {
      if (source.buffered.length === 0 && !(await source.more())) throw new BodyError("unexpected EOF");
      const piece = source.take(Math.min(size, source.buffered.length));
      size -= piece.length;
      yield piece;
    }
    while (source.buffered.length < 2) if (!(await source.more())) throw new BodyError("unexpected EOF");
    if (source.take(2).toString("latin1") !== "\r\n") throw new BodyError("malformed chunked encoding");
  }
  await skipTrailer(source);
}

/** The trailer's fields mean nothing to a kubelet, but fields they must be (transfer.go, body.readTrailer). */
async function skipTrailer(source: ByteSource): Promise<void> {
  while (source.buffered.length < 2) if (!(await source.more())) throw new BodyError("http: unexpected EOF reading trailer");
  if (source.buffered.toString("latin1", 0, 2) === "\r\n") {
    source.take(2);
    return;
  }
  let end = -1;
  while ((end = source.buffered.indexOf("\r\n\r\n")) < 0) {
    if (source.buffered.length >= mostLineBytes || !(await source.more())) break;
  }
  if (end < 0 || end + 4 > mostLineBytes) throw new BodyError("http: suspiciously long trailer after chunked body");
  for (const field of source
    .take(end + 4)
    .toString("latin1", 0, end)
    .split("\r\n")) {
    if (!field.includes(":")) throw new BodyError(`malformed MIME header: missing colon: ${quote(field)}`);
  }
}

async function line(source: ByteSource): Promise<string> {
  for (;;) {
    const end = source.buffered.indexOf(0x0a);
    if (end > mostLineBytes || (end < 0 && source.buffered.length > mostLineBytes)) throw new BodyError("header line too long");
    if (end >= 0) {
      const text = source.take(end + 1).toString("latin1", 0, end);
      const carriageReturn = text.indexOf("\r");
      if (carriageReturn < 0) throw new BodyError("chunked line ends with bare LF");
      if (carriageReturn < text.length - 1) throw new BodyError("invalid CR in chunked line");
      return text.slice(0, -1);
    }
    if (!(await source.more())) throw new BodyError("unexpected EOF");
  }
}

function chunkSize(text: string): number {
  const digits = text.split(";", 1)[0]?.trimEnd() ?? "";
  if (digits === "") throw new BodyError("empty hex number for chunk length");
  if (!/^[0-9a-fA-F]+$/.test(digits)) throw new BodyError("invalid byte in chunk length");
  if (digits.length > 16) throw new BodyError("http chunk length too large");
  return Number.parseInt(digits, 16);
}
