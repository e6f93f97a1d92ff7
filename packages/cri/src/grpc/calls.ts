import type { Interceptor, StreamRequest, UnaryRequest } from "@connectrpc/connect";

/** A request's own scalar fields (`containerId`, `location`, `timeout`, ...); integers of any width as numbers. */
export type ScalarFields = Readonly<Record<string, string | number | boolean>>;

/** One call that a double received. */
export interface RecordedCall<Fields = ScalarFields> {
  /** Method name without its service: `CheckpointContainer`. */
  readonly method: string;
  /** What is kept of the request. */
  readonly request: Fields;
  /** The deadline that the caller sent, in whole milliseconds from the start of the call; absent without one. */
  readonly deadlineMs?: number;
  /** When it arrived, in milliseconds since the epoch, with fractions. */
  readonly startedAt: number;
  /** When the double was done with it; absent while it is under way. */
  endedAt?: number;
  /** True once the caller has gone away or its deadline has passed before the answer. */
  cancelled: boolean;
  /** Settles, never rejects, when the double is done with the call. */
  readonly ended: Promise<void>;
}

/** Kubelets ask twice a second for as long as they run: older calls are forgotten. */
const KEPT_CALLS = 2000;

/** What the double was asked, oldest first, and a way to wait for what comes next. */
export interface CallLog<Fields = ScalarFields> {
  readonly calls: readonly RecordedCall<Fields>[];
  /** Calls by method, the forgotten ones included. */
  readonly counts: ReadonlyMap<string, number>;
  clear(): void;
  next(method: string, signal?: AbortSignal): Promise<RecordedCall<Fields>>;
  close(): void;
  readonly interceptor: Interceptor;
}

/** `keep` says what to keep of a request; a stream's arrives later, and there it is given an empty object. */
export function createCallLog<Fields>(keep: (message: object) => Fields): CallLog<Fields> {
  let calls: RecordedCall<Fields>[] = [];
  const counts = new Map<string, number>();
  const waiting = new Set<{
    method: string;
    resolve: (call: RecordedCall<Fields>) => void;
    reject: (reason: unknown) => void;
  }>();

  function add(call: RecordedCall<Fields>): void {
    calls.push(call);
    counts.set(call.method, (counts.get(call.method) ?? 0) + 1);
    if (calls.length > KEPT_CALLS) calls = calls.slice(-KEPT_CALLS / 2);
    for (const waiter of waiting) {
      if (waiter.method !== call.method) continue;
      waiting.delete(waiter);
      waiter.resolve(call);
    }
  }

  return {
    get calls() {
      return calls;
    },
    counts,
    clear() {
      calls = [];
      counts.clear();
    },
    next(method, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<RecordedCall<Fields>>();
      if (signal?.aborted) {
        reject(signal.reason);
        return promise;
      }
      const waiter = { method, resolve, reject };
      waiting.add(waiter);
      const onAbort = (): void => {
        waiting.delete(waiter);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      return promise.finally(() => signal?.removeEventListener("abort", onAbort));
    },
    close() {
      for (const { method, reject } of waiting) {
        reject(new Error(`the double was closed while waiting for ${method}`));
      }
      waiting.clear();
    },
    interceptor: (next) => async (request) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const call = describeCall(request, keep(request.stream ? {} : request.message), promise);
      add(call);
      const end = (): void => {
        call.cancelled = request.signal.aborted;
        call.endedAt = timeNow();
        resolve();
      };
      try {
        const response = await next(request);
        if (!response.stream) {
          end();
          return response;
        }
        return { ...response, message: withEnd(response.message, end) };
      } catch (error) {
        end();
        throw error;
      }
    },
  };
}

function describeCall<Fields>(
  { header, method }: UnaryRequest | StreamRequest,
  request: Fields,
  ended: Promise<void>,
): RecordedCall<Fields> {
  const deadlineMs = deadlineOf(header);
  return {
    method: method.name,
    request,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    startedAt: timeNow(),
    cancelled: false,
    ended,
  };
}

function timeNow(): number {
  return performance.timeOrigin + performance.now();
}

async function* withEnd<T>(messages: AsyncIterable<T>, end: () => void): AsyncIterable<T> {
  try {
    yield* messages;
  } finally {
    end();
  }
}

export function scalarFields(message: object): ScalarFields {
  const fields: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(message)) {
    if (name.startsWith("$")) continue;
    if (typeof value === "bigint") fields[name] = Number(value);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") fields[name] = value;
  }
  return fields;
}

const GRPC_TIMEOUT_UNITS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** Read from the header, not from the context, whose remaining time has already begun to run. grpc-go counts in microseconds. */
function deadlineOf(header: Headers): number | undefined {
  const plain = header.get("connect-timeout-ms");
  if (plain !== null) return Number(plain);
  const [, digits, unit] = /^(\d+)([HMSmun])$/.exec(header.get("grpc-timeout") ?? "") ?? [];
  return digits === undefined || unit === undefined ? undefined : Math.round(Number(digits) * (GRPC_TIMEOUT_UNITS[unit] ?? 1));
}
