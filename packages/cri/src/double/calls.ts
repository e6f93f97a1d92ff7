import type { Interceptor, StreamRequest, UnaryRequest } from "@connectrpc/connect";

/** One call that the runtime double received. */
export interface RecordedCall {
  /** Method name without its service: `CheckpointContainer`. */
  readonly method: string;
  /** The request's own scalar fields (`containerId`, `location`, `timeout`, ...); integers of any width as numbers. */
  readonly request: Readonly<Record<string, string | number | boolean>>;
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
export interface CallLog {
  readonly calls: readonly RecordedCall[];
  /** Calls by method, the forgotten ones included. */
  readonly counts: ReadonlyMap<string, number>;
  clear(): void;
  next(method: string, signal?: AbortSignal): Promise<RecordedCall>;
  close(): void;
  readonly interceptor: Interceptor;
}

export function createCallLog(): CallLog {
  let calls: RecordedCall[] = [];
  const counts = new Map<string, number>();
  const waiting = new Set<{
    method: string;
    resolve: (call: RecordedCall) => void;
    reject: (reason: unknown) => void;
  }>();

  function add(call: RecordedCall): void {
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
      const { promise, resolve, reject } = Promise.withResolvers<RecordedCall>();
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
        reject(new Error(`the runtime double was closed while waiting for ${method}`));
      }
      waiting.clear();
    },
    interceptor: (next) => async (request) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const call = describeCall(request, promise);
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

function describeCall(request: UnaryRequest | StreamRequest, ended: Promise<void>): RecordedCall {
  const deadlineMs = deadlineOf(request.header);
  return {
    method: request.method.name,
    // What a stream asks arrives later, and no check needs it.
    request: request.stream ? {} : scalarFields(request.message),
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

function scalarFields(message: object): Record<string, string | number | boolean> {
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
