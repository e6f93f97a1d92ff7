import type { OperationId } from "@kubelet-conformance/types";
import type { Relay } from "./relay.ts";
import type { Violation } from "./validation/violation.ts";

/** A request as far as an answer depends on it. No socket is in sight, so that whatever carries requests can use what answers them. */
export interface MockRequest {
  /** Upper case. */
  method: string;
  /** As it was sent, without the query. */
  path: string;
  /** With its question mark; empty when there is none. */
  query: string;
  /** By lower-case name; several of one name are joined as node joins them. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The first 64 KiB of it. */
  body(): Promise<Buffer>;
}

export interface Answer {
  status: number;
  /** In the order and case in which they are sent; length and date are the server's. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Empty when there is none. */
  body: string;
}

export function isRelay(answer: Answer | Relay): answer is Relay {
  return "upstream" in answer;
}

/** Ways to break an answer, or the connection. */
export const faults = ["reset", "truncate", "hang", "endless"] as const;
export type Fault = (typeof faults)[number];

/** How an answer gets onto the wire. */
export interface Delivery {
  /** Milliseconds to wait before anything is sent. */
  delay?: number;
  fault?: Fault;
  /** Default: as fast as it goes. */
  bytesPerSecond?: number;
}

/** What comes of a request, and why. */
export interface Reply {
  /** Or another server's: an answer that streams cannot be made here. */
  answer: Answer | Relay;
  delivery: Delivery;
  operationId: OperationId | undefined;
  /** For people: whose choice the answer is. */
  because: string;
  violations: readonly Violation[];
}

/** From a request to what comes of it; the heart of the mock. */
export type Responder = (request: MockRequest) => Promise<Reply>;
