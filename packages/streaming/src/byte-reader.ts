import type { Readable } from "node:stream";

/** Takes the bytes of a stream at one's own pace: what is not taken stays with the sender. */
export class ByteReader {
  readonly #stream: Readable;
  #wake: (() => void) | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    const wake = (): void => {
      const waiting = this.#wake;
      this.#wake = undefined;
      waiting?.();
    };
    stream.on("readable", wake).on("end", wake).on("close", wake).on("error", wake);
  }

  /** What has come, at most so many bytes; undefined at the end of the stream. */
  async some(most: number): Promise<Buffer | undefined> {
    for (;;) {
      // Asks for more, and notices the end.
      if (this.#stream.readableLength === 0) this.#stream.read(0);
      const length = Math.min(most, this.#stream.readableLength);
      // The stream has no encoding.
      const bytes = length === 0 ? null : (this.#stream.read(length) as Buffer | null);
      if (bytes !== null) return bytes;
      if (this.#stream.readableEnded || this.#stream.destroyed) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** So many bytes, fewer only at the end of the stream. */
  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = length; left > 0; left -= parts.at(-1)?.length ?? 0) {
      const part = await this.some(left);
      if (part === undefined) break;
      parts.push(part);
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }
}
