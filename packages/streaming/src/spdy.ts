import { type Duplex } from "node:stream";
import { type RawConnection, type RawFrame, type RawStream, spdyTransport } from "./raw-spdy.ts";
import { KUBERNETES_PROTOCOL } from "./kubernetes-protocol.ts";
import { type StreamHost, SpdyStream } from "./spdy-stream.ts";
import { SpdyWire } from "./spdy-wire.ts";

/** A SPDY connection that ended before it did what was asked. */
export class SpdyError extends Error {
  readonly code: "connection-ended" | "stream-refused";

  constructor(code: "connection-ended" | "stream-refused", message: string) {
    super(message);
    this.name = "SpdyError";
    this.code = code;
  }
}

/** One side of a SPDY/3.1 connection. */
export interface SpdyConnection {
  /**
   * Opens a stream and waits for the peer's reply.
   * @throws SpdyError when the connection ends or the stream is reset before the reply.
   */
  createStream: (headers: Readonly<Record<string, string>>) => Promise<SpdyStream>;
  /** Resolves with the peer's answer. @throws SpdyError when the connection ends first. */
  ping: () => Promise<void>;
  /** Resets the open streams, says goodbye and ends the duplex; returns at once, see `closed`. */
  close: () => void;
  /** Resolves when the connection is over, with the reason if it did not end well. */
  readonly closed: Promise<Error | undefined>;
}

/** SPDY/3 on the wire; spdy-transport's 3.1 would wait for session window updates that Kubernetes' peers never send. */
const VERSION = 3;

const CLOSE_PATIENCE_MS = 1000;

/** Starts the client side over an already upgraded duplex; `head` is what arrived with the 101. */
export function openSpdy(duplex: Duplex, head: Uint8Array = Buffer.alloc(0)): SpdyConnection {
  const side = connect(duplex, head, false);
  // A Kubernetes server lets nobody open streams towards a client.
  side.raw.on("stream", (raw: RawStream) => raw.abort("REFUSED_STREAM"));
  return side.connection;
}

export interface AcceptOptions {
  /** What arrived with the request. */
  readonly head?: Uint8Array;
  /** Called with the headers (names in lower case) of each stream that the peer opens; false resets it without a reply. Default: all are taken. */
  readonly accepts?: (headers: Readonly<Record<string, string>>) => boolean;
  /** Called with each stream that was taken. */
  readonly onStream: (stream: SpdyStream) => void;
  /** Closes the connection after so long without a frame. Default: never. */
  readonly idleTimeoutMs?: number;
}

/** Starts the server side over an already upgraded duplex. */
export function acceptSpdy(duplex: Duplex, { head, accepts, onStream, idleTimeoutMs = 0 }: AcceptOptions): SpdyConnection {
  const side = connect(duplex, head ?? Buffer.alloc(0), true);
  side.raw.on("stream", (raw: RawStream) => {
    if (accepts?.(plainHeaders(raw.headers)) === false) {
      raw.on("error", () => undefined);
      raw.abort("CANCEL");
      return;
    }
    const stream = side.adopt(raw);
    stream.reply();
    onStream(stream);
  });
  if (idleTimeoutMs > 0) side.raw.setTimeout(idleTimeoutMs, () => side.connection.close());
  return side.connection;
}

function connect(duplex: Duplex, head: Uint8Array, isServer: boolean) {
  const wire = new SpdyWire(duplex, head);
  const raw = spdyTransport.connection.create(wire, { protocol: KUBERNETES_PROTOCOL, isServer, maxChunk: 1 << 15 });
  raw.start(VERSION);
  const streams = new Set<SpdyStream>();
  const host = streamHost(wire);
  const closed = whenClosed(raw, wire, streams);
  const adopt = (rawStream: RawStream): SpdyStream => {
    const stream = new SpdyStream(rawStream, plainHeaders(rawStream.headers), host);
    streams.add(stream);
    rawStream.once("close", () => streams.delete(stream));
    return stream;
  };

  const createStream = async (headers: Readonly<Record<string, string>>): Promise<SpdyStream> => {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const { promise, resolve, reject } = Promise.withResolvers<SpdyStream>();
    const rawStream = raw.request({ method: "POST", path: "/", host: "localhost", headers: lower }, (error) => {
      if (error) reject(new SpdyError("connection-ended", `no stream could be opened: ${error.message}`));
    });
    const stream = adopt(rawStream);
    rawStream.once("response", () => resolve(stream));
    rawStream.once("close", () => reject(new SpdyError("stream-refused", `the peer ended stream ${rawStream.id} without a reply`)));
    void closed.then(() => reject(new SpdyError("connection-ended", "the connection ended before the peer replied to a new stream")));
    return promise;
  };
  const ping = async (): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    raw.ping(resolve);
    void closed.then(() => reject(new SpdyError("connection-ended", "the connection ended before the peer answered the ping")));
    return promise;
  };
  const close = (): void => {
    const open = [...streams];
    for (const stream of open) stream.reset();
    // A peer that takes nothing more must not keep the connection.
    const patience = setTimeout(() => wire.destroy(), CLOSE_PATIENCE_MS);
    void closed.then(() => clearTimeout(patience));
    void Promise.all(open.map((stream) => stream.over())).then(() => raw.end());
  };
  const connection: SpdyConnection = { createStream, ping, close, closed };
  return { raw, adopt, connection };
}

function plainHeaders(headers: Readonly<Record<string, string | string[]>>): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? (value[0] ?? "") : value]));
}

async function whenClosed(raw: RawConnection, wire: SpdyWire, streams: ReadonlySet<SpdyStream>): Promise<Error | undefined> {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  let reason: Error | undefined;
  let isGoodbye = false;
  raw.on("frame", ({ type }: RawFrame) => {
    isGoodbye ||= type === "GOAWAY";
  });
  raw.on("error", (error: Error) => {
    reason ??= error;
    wire.destroy();
  });
  wire.once("close", () => {
    for (const stream of streams) stream.reset();
    resolve(reason ?? (isGoodbye ? undefined : wire.failure));
  });
  return promise;
}

function streamHost(wire: SpdyWire): StreamHost {
  const holding = new Set<SpdyStream>();
  return {
    whenWritable: (then) => {
      if (!wire.writableNeedDrain || wire.destroyed) return then();
      const go = (): void => {
        wire.off("drain", go).off("close", go);
        then();
      };
      wire.on("drain", go).on("close", go);
    },
    hold: (stream, held) => {
      const before = holding.size;
      if (held) holding.add(stream);
      else holding.delete(stream);
      if (before === 0 && holding.size > 0) wire.hold(true);
      if (before > 0 && holding.size === 0) wire.hold(false);
    },
  };
}
