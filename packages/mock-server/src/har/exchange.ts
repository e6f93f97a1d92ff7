import type { OperationId } from "@kubelet-conformance/types";
import type { Captured } from "./capture.ts";

/** One exchange as it went through the proxy, secrets and all. */
export interface ProxiedExchange {
  startedAt: Date;
  method: string;
  /** Path and query as sent. */
  target: string;
  operationId: OperationId | undefined;
  httpVersion: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Captured;
  /** Undefined: there was none, and `error` says why. */
  answer: ProxiedAnswer | undefined;
  /** Why it is not complete. */
  error: string | undefined;
  /** Bytes of the protocol that an upgrade led to. */
  upgraded: { sent: number; received: number } | undefined;
  serverAddress: string | undefined;
  /** Milliseconds; -1: did not come to pass. */
  timings: { dns: number; connect: number; ssl: number; send: number; wait: number; receive: number };
}

export interface ProxiedAnswer {
  status: number;
  reason: string;
  httpVersion: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Captured;
}

/** First value of a header, any case; undefined when it was not sent. */
export function headerOf(headers: ProxiedAnswer["headers"], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}
