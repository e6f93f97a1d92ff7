import { isObject, objectAt, type JsonObject } from "./api/json.ts";
import type { Target, Verb } from "./api/target.ts";
import { createSignal, type WaitOptions } from "./state/signal.ts";

/** A request as the server saw it. Tokens and the values of secrets are left out. */
export interface RecordedRequest {
  /** Milliseconds since the epoch, when its head had arrived. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly verb?: Verb;
  /** Plural name and subresource: `nodes/status`. */
  readonly resource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** CN of the client certificate, or the token's user. Absent when nobody was authenticated yet. */
  readonly user?: string;
  readonly userAgent: string;
  readonly body?: JsonObject;
  /** Absent as long as nothing was answered, and for a connection that was cut. A watch has it once it is running. */
  readonly status?: number;
  /** Until the answer was complete, or the client had gone; absent before. */
  readonly durationMs?: number;
}

/** Members that a request must have. */
export type RequestFilter = Partial<Pick<RecordedRequest, "verb" | "resource" | "namespace" | "name" | "user" | "status">>;

export interface RequestLog {
  /** The requests, oldest first; the oldest are forgotten after 20,000. */
  all(filter?: RequestFilter): readonly RecordedRequest[];
  /** How many fitted since the start or the last `clear`, forgotten ones left out. */
  count(filter?: RequestFilter): number;
  /** The first value of `look` that is not undefined; it looks again whenever a request arrives or is answered. */
  until<T>(look: () => T | undefined, options?: WaitOptions): Promise<T>;
  clear(): void;
}

/** A recorded request that still changes. */
export type OpenRecord = { -readonly [member in keyof RecordedRequest]: RecordedRequest[member] };

export interface ServerRequestLog extends RequestLog {
  add(record: OpenRecord): void;
  changed(): void;
  close(reason: Error): void;
}

const kept = 20_000;

export function createRequestLog(): ServerRequestLog {
  const signal = createSignal();
  let records: RecordedRequest[] = [];
  const all = (filter: RequestFilter = {}) => {
    const wanted = Object.entries(filter);
    // The filter's members are members of a record.
    return records.filter((record) => wanted.every(([name, value]) => record[name as keyof RequestFilter] === value));
  };
  return {
    all,
    count: (filter) => all(filter).length,
    until: signal.until,
    clear: () => {
      records = [];
    },
    add(record) {
      records.push(record);
      if (records.length > 2 * kept) records = records.slice(-kept);
      signal.notify();
    },
    changed: signal.notify,
    close: signal.close,
  };
}

/** The body without what nobody should find in a report. */
export function redacted({ resource }: Target, body: JsonObject): JsonObject {
  if (resource === "tokenreviews") return { ...body, spec: { ...objectAt(body, "spec"), token: "[redacted]" } };
  if (resource !== "secrets") return body;
  const hidden = ["data", "stringData"].filter((name) => isObject(body[name]));
  return { ...body, ...Object.fromEntries(hidden.map((name) => [name, blank(objectAt(body, name))])) };
}

function blank(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(values).map((name) => [name, "[redacted]"]));
}
