import type { Socket } from "node:net";
import type { ByteSource } from "./byte-source.ts";
import { clientCertificate } from "./certificate.ts";
import { firstHeader, pairs } from "./headers.ts";
import type { ClientCertificate, KubeletRequest, Listener } from "./message.ts";
import { readAll, type RequestBody } from "./request-body.ts";
import type { RequestHead } from "./request-head.ts";

/** One request of a connection. Everything but method and target is looked up only when asked for. */
export class Http1Request implements KubeletRequest {
  readonly listener: Listener;
  readonly method: string;
  readonly target: string;
  readonly httpVersion: RequestHead["version"];
  readonly #head: RequestHead;
  readonly #body: RequestBody;
  readonly #socket: Socket;
  readonly #source: ByteSource;
  #abort: AbortController | undefined;

  constructor(listener: Listener, head: RequestHead, body: RequestBody, socket: Socket, source: ByteSource) {
    this.listener = listener;
    this.method = head.method;
    this.target = head.target;
    this.httpVersion = head.version;
    this.#head = head;
    this.#body = body;
    this.#socket = socket;
    this.#source = source;
  }

  get rawHeaders(): KubeletRequest["rawHeaders"] {
    return pairs(this.#head.headers);
  }

  header(name: string): string | undefined {
    return firstHeader(this.#head.headers, name);
  }

  body(limit = 1 << 20): Promise<Buffer> {
    return readAll(this.#body, limit);
  }

  get certificate(): ClientCertificate | undefined {
    return clientCertificate(this.#socket);
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? "";
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const controller = (this.#abort = new AbortController());
      // A client that ends its side counts as gone, too (net/http connReader.backgroundRead).
      this.#source.onEnd(() => controller.abort());
    }
    return this.#abort.signal;
  }

  /** The request is answered: its connection, which may serve many more, forgets it. */
  release(): void {
    if (this.#abort !== undefined) this.#source.onEnd(undefined);
  }
}
