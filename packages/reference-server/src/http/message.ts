import type { Duplex, Readable } from "node:stream";

export type Listener = "main" | "read-only" | "healthz";

/** Who asks, as the authenticator found. */
export interface User {
  name: string;
  uid: string;
  groups: readonly string[];
}

/** One request as it came, before any decoding. */
export interface KubeletRequest {
  listener: Listener;
  method: string;
  /** The request target, byte for byte. */
  target: string;
  /** Name and value pairs in the order and case sent. */
  rawHeaders: readonly (readonly [name: string, value: string])[];
  /** First value of a header, any case. */
  header(name: string): string | undefined;
  /** The body, read on demand; at most `limit` bytes (default 1 MiB) are kept. */
  body(limit?: number): Promise<Buffer>;
  /** The client's certificate, verified against `clientCAFile` or not; undefined when none was presented. */
  certificate: ClientCertificate | undefined;
  httpVersion: "1.0" | "1.1" | "2.0";
  /** The client's address, without the port. */
  remoteAddress: string;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

export interface ClientCertificate {
  /** Signed by the configured client CA and valid now. */
  verified: boolean;
  commonName: string;
  organizations: readonly string[];
}

/** What the kubelet answers: status, headers in wire order and case (Date and connection management are the listener's), body. */
export interface KubeletAnswer {
  status: number;
  headers: readonly (readonly [name: string, value: string])[];
  body: string | Buffer | Readable;
  /** net/http answers a broken request line without Content-Length and closes. */
  close?: true;
  /** What net/http appends to the status text of such an answer. */
  detail?: string;
  /**
   * The handler takes the connection over (http.Hijacker; HTTP/1 only): status, headers and body go out as they stand, nothing is added,
   * then this is called, and when it is done the connection ends.
   */
  takeOver?(connection: Duplex): Promise<void>;
}

/** One step of the pipeline, or all of it. */
export type Handler = (request: KubeletRequest) => Promise<KubeletAnswer>;

/** Changes what net/http says to what is no request, or to one that it does not serve; `seen` is the head of it, as far as it came. */
export type Refusal = (answer: KubeletAnswer, seen: string) => KubeletAnswer;
