import { Duplex, type Writable } from "node:stream";

/** How long a peer that does not close its side may keep the connection after this side has. */
const LINGER_MS = 1000;

/**
 * What spdy-transport takes for the socket. It is over only when all that arrived was understood: spdy-transport itself forgets
 * frames whose headers are still being inflated when the socket closes.
 */
export class SpdyWire extends Duplex {
  readonly #duplex: Duplex;
  #isDuplexOver = false;
  #isUnderstood = false;
  #isHeld = false;
  #linger: NodeJS.Timeout | undefined;
  /** What broke the connection under it, if anything did. */
  failure: Error | undefined;

  constructor(duplex: Duplex, head: Uint8Array) {
    super({ allowHalfOpen: true, autoDestroy: false });
    this.#duplex = duplex;
    if (head.length > 0) this.push(head);
    duplex.on("data", (bytes: Buffer) => {
      if (!this.push(bytes)) duplex.pause();
    });
    duplex.once("end", () => this.push(null));
    duplex.on("error", (error: Error) => {
      this.failure ??= error;
    });
    duplex.once("close", () => {
      this.#isDuplexOver = true;
      if (!duplex.readableEnded) this.push(null);
      this.#maybeOver();
    });
  }

  /** Its only reader is the parser. */
  override pipe<T extends NodeJS.WritableStream>(parser: T): T {
    // The parser is a Writable of the library's own copy of node:stream.
    (parser as unknown as Writable).once("finish", () => {
      this.#isUnderstood = true;
      this.end();
      this.#maybeOver();
    });
    return super.pipe(parser);
  }

  /** Stops (true) or resumes (false) reading from the peer. `pause` would not do: the pipe to the parser ends it as it likes. */
  hold(held: boolean): void {
    this.#isHeld = held;
    if (held) this.#duplex.pause();
    else this.#duplex.resume();
  }

  /** Ends this side behind what was written, and the connection soon after. */
  destroySoon(): void {
    this.hold(false);
    this.resume();
    this.end();
    this.#linger ??= setTimeout(() => this.#duplex.destroy(), LINGER_MS);
  }

  #maybeOver(): void {
    if (!this.#isDuplexOver || !this.#isUnderstood) return;
    clearTimeout(this.#linger);
    // The last frames are on their way from the parser.
    setImmediate(() => this.destroy());
  }

  override _read(): void {
    if (!this.#isHeld) this.#duplex.resume();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // What cannot be sent any more is no news: the connection's end tells it.
    if (this.#duplex.writable) this.#duplex.write(bytes, () => done());
    else done();
  }

  override _final(done: () => void): void {
    this.#duplex.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#linger);
    this.#duplex.destroy();
    done(error);
  }
}
