import type { Socket } from "node:net";
import { readFrom } from "../../http/byte-source.ts";
import { firstHeader } from "../../http/headers.ts";
import { readAll, readBodyFrom } from "../../http/request-body.ts";

/** What the runtime's streaming server answered. */
export interface RuntimeAnswer {
  readonly status: number;
  /** Name, value, name, value ... as they came. */
  readonly headers: readonly string[];
  /** The whole body, without its framing; empty for 101. */
  readonly body: Buffer;
  readonly isChunked: boolean;
}

const mostBytes = 1 << 20;
/** How long the kubelet waits for the rest of a refusal (UpgradeAwareHandler.tryUpgrade). */
const bodyDeadlineMs = 10_000;

/** Reads the answer to an upgrade request; after a 101 the connection is left to be read on. Rejects in net/http's words. */
export async function readRuntimeAnswer(connection: Socket): Promise<RuntimeAnswer> {
  const source = readFrom(connection);
  let end = -1;
  while (end < 0) {
    end = source.buffered.indexOf("\r\n\r\n");
    if (end < 0 && (source.buffered.length > mostBytes || !(await source.more()))) throw new Error("unexpected EOF");
  }
  const [statusLine = "", ...lines] = source
    .take(end + 4)
    .toString("latin1", 0, end)
    .split("\r\n");
  const status = /^HTTP\/1\.\d (\d{3})/.exec(statusLine)?.[1];
  if (status === undefined) throw new Error(`malformed HTTP response "${statusLine}"`);
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  if (status === "101") {
    const rest = source.release();
    if (rest.length > 0) connection.unshift(rest);
    return { status: 101, headers, body: Buffer.alloc(0), isChunked: false };
  }
  const deadline = setTimeout(() => connection.destroy(), bodyDeadlineMs);
  try {
    const length = firstHeader(headers, "Content-Length");
    const isChunked = firstHeader(headers, "Transfer-Encoding")?.toLowerCase() === "chunked";
    const framing = isChunked ? "chunked" : { length: length === undefined ? Number.POSITIVE_INFINITY : Number(length) };
    const body = readBodyFrom(source, framing, () => undefined);
    if (length !== undefined || isChunked) return { status: Number(status), headers, body: await readAll(body, mostBytes), isChunked };
    while (await source.more());
    return { status: Number(status), headers, body: source.take(source.buffered.length), isChunked };
  } finally {
    clearTimeout(deadline);
    connection.destroy();
  }
}
