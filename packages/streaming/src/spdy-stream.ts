import { Duplex } from "node:stream";
import { type RawStream } from "./raw-spdy.ts";

/** Enough for a burst; beyond it the whole connection waits for the slow reader, as in Go's implementation. */
const HIGH_WATER_MARK = 1 << 20;

/** What a stream needs of its connection. */
export interface StreamHost {
  /** Calls back when the connection takes more bytes. */
  whenWritable: (then: () => void) => void;
  /** Stops (true) or resumes (false) reading from the peer on behalf of one stream. */
  hold: (stream: SpdyStream, held: boolean) => void;
}

/**
 * One SPDY stream. `end()` closes this side only (a frame with FIN); the readable side ends when the peer closes its side,
 * resets the stream or goes away. What is written after the stream was reset is dropped.
 */
export class SpdyStream extends Duplex {
  readonly id: number;
  /** What the opener sent, names in lower case, without the pseudo headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #raw: RawStream;
  readonly #host: StreamHost;
  #gone = false;
  #resetting = false;
  #replying = false;
  #readEnded = false;
  #resetByPeer = false;

  constructor(raw: RawStream, headers: Readonly<Record<string, string>>, host: StreamHost) {
    super({ highWaterMark: HIGH_WATER_MARK, allowHalfOpen: true, emitClose: true });
    this.id = raw.id;
    this.headers = headers;
    this.#raw = raw;
    this.#host = host;
    raw.on("data", (bytes: Buffer) => {
      if (!this.#readEnded && !this.push(bytes)) host.hold(this, true);
    });
    raw.on("end", () => this.#endReading());
    // A peer's reset shows as an error for every code but CANCEL, and always as a close.
    raw.on("error", () => undefined);
    raw.on("close", (cut?: Error) => {
      host.hold(this, false);
      // Without a reason both sides have closed, and what was sent last may still be on its way to "end".
      if (cut === undefined) return;
      this.#resetByPeer = !this.#gone && !this.#readEnded;
      this.#gone = true;
      this.emit("over");
      setImmediate(() => this.#endReading());
    });
  }

  /** True when the stream was cut (reset, or the connection ended) before the peer closed its side. */
  get wasReset(): boolean {
    return this.#resetByPeer;
  }

  /**
   * Ends both directions (RST_STREAM, CANCEL) behind what was written before; nothing happens on a stream that is over.
   * spdy-transport sends a reset ahead of a reply and of data that still wait, so it is told only when none do.
   */
  reset(): void {
    if (this.#gone || this.#resetting) return;
    this.#resetting = true;
    this.#endReading();
    this.#abortWhenIdle();
  }

  /** Takes a stream that the peer opened. */
  reply(): void {
    this.#replying = true;
    this.#raw.respond(200, {}, () => {
      this.#replying = false;
      if (this.#resetting) this.#abortWhenIdle();
    });
  }

  #abortWhenIdle(): void {
    if (this.writableLength === 0 && !this.#replying) this.#abort();
  }

  #abort(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#raw.abort("CANCEL");
    this.emit("over");
  }

  /** Resolves when the stream is over on this side: reset, or closed and all sent. */
  async over(): Promise<void> {
    if (this.#gone) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.once("over", resolve);
    return promise;
  }

  #endReading(): void {
    if (this.#readEnded) return;
    this.#readEnded = true;
    this.push(null);
  }

  override _read(): void {
    this.#host.hold(this, false);
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#gone) {
      done();
      return;
    }
    // An error here says that the stream was cut while the bytes waited; its reader learns that from the end.
    this.#raw.write(bytes, () =>
      this.#host.whenWritable(() => {
        done();
        if (this.#resetting) this.#abortWhenIdle();
      }),
    );
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#gone) {
      done();
      return;
    }
    this.#raw.end();
    // The frame with FIN leaves in the next tick; a reset must not overtake it either.
    setImmediate(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#host.hold(this, false);
    if (!this.#gone && !(this.#readEnded && this.writableFinished)) this.#abort();
    done(error);
  }
}
