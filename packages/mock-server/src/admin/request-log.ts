import { isRelay, type MockRequest, type Reply } from "../exchange.ts";
import { violationText } from "../validation/violation.ts";
import { maskHeaders, maskQuery, maskText } from "./mask.ts";

/** A request that the mock has answered, and why it did as it did. Secrets are masked. */
export interface LoggedRequest {
  /** From 1, since the mock started. */
  number: number;
  /** When it came, RFC 3339. */
  time: string;
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  operationId?: string;
  /** Absent where another server answers. */
  status?: number;
  /** Which other server answers. */
  relayedTo?: string;
  because: string;
  delay?: number;
  bytesPerSecond?: number;
  fault?: string;
  /** What the request has against the spec. */
  violations: string[];
}

/** The last requests. */
export interface RequestLog {
  add(request: Pick<MockRequest, "method" | "path" | "query" | "headers">, reply: Reply): void;
  /** The newest first. */
  list(): LoggedRequest[];
  clear(): void;
}

export function createRequestLog(capacity = 200): RequestLog {
  let entries: LoggedRequest[] = [];
  let number = 0;
  return {
    add({ method, path, query, headers }, { answer, operationId, because, delivery, violations }) {
      number += 1;
      const entry: LoggedRequest = {
        number,
        time: new Date().toISOString(),
        method,
        path: maskText(path + maskQuery(query)),
        headers: maskHeaders(headers),
        ...(operationId === undefined ? {} : { operationId }),
        ...(isRelay(answer) ? { relayedTo: answer.name } : { status: answer.status }),
        because,
        ...delivery,
        violations: violations.map((violation) => maskQuery(`?${violationText(violation)}`).slice(1)),
      };
      entries = [entry, ...entries.slice(0, capacity - 1)];
    },
    list: () => [...entries],
    clear() {
      entries = [];
    },
  };
}
