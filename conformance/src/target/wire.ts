import type { Duplex } from "node:stream";

/** One request as it goes over the wire, and what came back. Shared by checks, probes and the fidelity replay. */
export interface WireRequest {
  method: string;
  /** The request target, byte for byte. */
  target: string;
  /** A list is sent as one header for each of its values. */
  headers?: Readonly<Record<string, string | readonly string[]>>;
  body?: string | Buffer;
  /** `none`: no Content-Length header although the method may have a body. `chunked`: the body goes out chunked. Default: as clients do. */
  contentLength?: "none" | "chunked";
  listener: "main" | "read-only" | "healthz";
  /** The identity to use: which certificate is presented, which Authorization header is sent. */
  client: WireClient;
  protocol?: "h2";
  /**
   * Whether the answer counts as complete with this much of its body, for answers that end late or never: asked once its head is there, and with each
   * piece. The connection is given up then. HTTP/1.1 only.
   */
  until?: (body: Buffer) => boolean;
  /** Sent in place of all that is said above but listener and client; method, target and headers are for reports only. */
  raw?: RawRequest;
  /** Never sent twice. Default: sent once more when the kept connection that it went out on turns out dead. */
  once?: boolean;
  /** Default: the transport's own (`--timeout`). Milliseconds. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Takes over the connection after a 101, before the answer resolves, with what has arrived behind it. Default: it is closed. HTTP/1 only. */
  onUpgrade?: (connection: Duplex, head: Buffer) => void;
}

/** Bytes that need not be a request, each character one byte. */
export interface RawRequest {
  /** `credentials` is the client's Authorization header as a line of its own, or empty. */
  bytes: (credentials: string) => string;
  /** Methods of the requests among them. Default: one GET. */
  methods?: readonly string[];
  /** Sent once the kubelet asks for it with `100 Continue`. */
  afterContinue?: string;
  /** Without TLS, and hence without credentials, to a TLS listener. */
  plain?: true;
}

/** Credentials of one identity. Never printed: reports show `name` only. */
export interface WireClient {
  name: string;
  /** The user name that the kubelet knows it by, where known. */
  user?: string;
  certificate?: { cert: string; key: string };
  /** The Authorization header's whole value. */
  authorization?: string;
  /** Other headers that say who asks. */
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** What to ask with from now on, where that changes. */
  renew?: () => Promise<WireClient>;
  /** Everything in it that must not be shown, past and present. Default: what is in the members above. */
  secrets?: () => readonly string[];
}

export interface WireResponse {
  status: number;
  reason: string;
  /** In wire order and case. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  httpVersion: string;
  durationMs: number;
  /** The body is nobody's business and must not be quoted. */
  isPrivate?: true;
  /** All that came over the connection of a raw request until it ended, interim answers included. */
  connection?: { bytes: Buffer; answers: readonly Omit<WireResponse, "connection">[] };
}

/** First value of a header, any case; undefined when it was not sent. */
export function headerOf(response: Pick<WireResponse, "headers">, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return response.headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** Why there is no answer. `code` is stable. */
export class WireError extends Error {
  override name = "WireError";
  readonly code:
    | "timeout"
    | "aborted"
    | "refused"
    | "reset"
    | "tls"
    | "plain-http"
    | "too-large"
    | "malformed"
    | "closed"
    | "unreachable"
    | "no-http2"
    | "no-listener"
    /** Of the API server's node proxy: it cannot be asked this way, or is not passed on. */
    | "not-through-proxy"
    | "answered-by-proxy";
  constructor(code: WireError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Sends one request; rejects with a WireError. Never follows a redirect. */
export type Send = (request: WireRequest) => Promise<WireResponse>;
