import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { clientCertificate } from "./certificate.ts";
import type { ClientCertificate, KubeletRequest, Listener } from "./message.ts";

type Pair = readonly [name: string, value: string];

/** A request that Node's HTTP/1 parser read. Everything but method and target is looked up only when asked for. */
export class NodeRequest implements KubeletRequest {
  readonly listener: Listener;
  readonly method: string;
  readonly target: string;
  readonly #message: IncomingMessage;
  #pairs: readonly Pair[] | undefined;
  #abort: AbortController | undefined;

  constructor(listener: Listener, message: IncomingMessage) {
    this.listener = listener;
    this.method = message.method ?? "GET";
    this.target = message.url ?? "/";
    this.#message = message;
  }

  get rawHeaders(): readonly Pair[] {
    return (this.#pairs ??= pairs(this.#message.rawHeaders));
  }

  header(name: string): string | undefined {
    return firstHeader(this.#message.rawHeaders, name);
  }

  body(limit = 1 << 20): Promise<Buffer> {
    return readBody(this.#message, limit);
  }

  get certificate(): ClientCertificate | undefined {
    return clientCertificate(this.#message.socket);
  }

  get httpVersion(): KubeletRequest["httpVersion"] {
    return this.#message.httpVersion === "1.0" ? "1.0" : "1.1";
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const controller = (this.#abort = new AbortController());
      const { socket } = this.#message;
      if (socket.destroyed) controller.abort();
      else socket.once("close", this.#onClose);
    }
    return this.#abort.signal;
  }

  readonly #onClose = (): void => this.#abort?.abort();

  /** The request is answered: its connection, which may serve many more, forgets it. */
  release(): void {
    if (this.#abort !== undefined) this.#message.socket.off("close", this.#onClose);
  }
}

/** Name and value pairs of Node's flat list. */
export function pairs(flat: readonly string[]): Pair[] {
  const result: Pair[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) result.push([flat[index] ?? "", flat[index + 1] ?? ""]);
  return result;
}

/** First value of a header in Node's flat list, any case. */
export function firstHeader(flat: readonly string[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const candidate = flat[index];
    if (candidate?.length === wanted.length && candidate.toLowerCase() === wanted) return flat[index + 1];
  }
  return undefined;
}

/** At most `limit` bytes of a body; the rest is read and dropped. */
export async function readBody(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    // A request stream without an encoding yields Buffers.
    const bytes = chunk as Buffer;
    if (size < limit) chunks.push(bytes.subarray(0, limit - size));
    size += bytes.length;
  }
  return Buffer.concat(chunks);
}
