/** The part of spdy-transport (which has no types) that this package uses. */
declare module "spdy-transport" {
  import { type EventEmitter } from "node:events";
  import { type Duplex } from "node:stream";

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
  const transport: {
    connection: { create(duplex: Duplex, options: { protocol: "spdy"; isServer: boolean; maxChunk?: number | false }): RawConnection };
  };
  export default transport;
}
