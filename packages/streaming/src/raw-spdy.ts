import { type EventEmitter } from "node:events";
import { type Duplex, type Transform } from "node:stream";
import library from "spdy-transport";

// The part of spdy-transport, which has no types, that this package uses.

export interface RawFrame {
  type: string;
  headers?: Record<string, string | string[]>;
}
export interface RawStream extends Duplex {
  id: number;
  headers: Record<string, string | string[]>;
  respond(status: number, headers: Record<string, string>, done?: (error?: Error | null) => void): void;
  abort(code?: string): void;
}
export interface RawConnection extends EventEmitter {
  start(version: number): void;
  request(
    request: { method: string; path: string; host: string; headers: Record<string, string> },
    done: (error?: Error | null) => void,
  ): RawStream;
  ping(done: () => void): void;
  end(): void;
  setTimeout(ms: number, then: () => void): void;
}
/** A protocol of the library: what makes its parsers and framers, and the numbers it goes by. */
export interface SpdyProtocol {
  constants: Readonly<Record<string, unknown>>;
  parser: { create(options: unknown): RawParser };
  framer: { create(options: unknown): RawFramer };
}
type RawHeaders = Record<string, string | string[]>;
export interface RawParser {
  decompress: { stream: Transform };
  parseKVs(block: unknown, done: (error: Error | null, headers?: RawHeaders) => void): void;
}
export interface RawFramer {
  headersToDict(headers: unknown, addPseudoHeaders: ((headers: unknown) => void) | undefined, done: unknown): void;
  settingsFrame(): void;
}

export interface RawTransport {
  protocol: Record<string, SpdyProtocol> & { spdy: SpdyProtocol };
  connection: { create(duplex: Duplex, options: { protocol: string; isServer: boolean; maxChunk?: number | false }): RawConnection };
}

/** The library; its shape was read from its source. */
export const spdyTransport = library as RawTransport;
