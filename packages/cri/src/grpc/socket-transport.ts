import type { Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { asGoError } from "./local-errors.ts";
import { unixSession } from "./unix-session.ts";

/** A connectrpc transport that owns a connection. */
export interface UnixTransport extends Transport {
  close(): void;
}

/**
 * The largest deadline sent, in milliseconds (27 hours): grpc-timeout has at most eight digits, and Node's timers fire
 * at once beyond 2^31. Nothing a kubelet asks for lasts that long.
 */
const MAX_TIMEOUT_MS = 99_999_999;

/**
 * gRPC over a unix socket. Dials with the first call and again after a loss, as grpc-go's client does. Deadlines beyond
 * 27 hours are shortened to that.
 */
export function socketTransport(path: string): UnixTransport {
  const baseUrl = "http://localhost";
  const session = unixSession(path, baseUrl);
  const grpc = createGrpcTransport({ baseUrl, sessionManager: session });
  return { ...speakGo(grpc, path), close: session.close };
}

/** The same transport, its own failures (deadline, cancellation, dial, cut connection) told in grpc-go's words. */
export function speakGo(transport: Transport, socketPath: string): Transport {
  const call = async <R>(signal: AbortSignal | undefined, send: () => Promise<R>): Promise<R> => {
    try {
      return await send();
    } catch (error) {
      throw asGoError(error, signal, socketPath);
    }
  };
  const capped = (timeoutMs?: number) => (timeoutMs === undefined ? undefined : Math.min(timeoutMs, MAX_TIMEOUT_MS));
  return {
    unary: (method, signal, timeoutMs, ...rest) => call(signal, () => transport.unary(method, signal, capped(timeoutMs), ...rest)),
    async stream(method, signal, timeoutMs, ...rest) {
      const response = await call(signal, () => transport.stream(method, signal, capped(timeoutMs), ...rest));
      return { ...response, message: speakingGo(response.message, signal, socketPath) };
    },
  };
}

async function* speakingGo<T>(messages: AsyncIterable<T>, signal: AbortSignal | undefined, socketPath: string): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw asGoError(error, signal, socketPath);
  }
}
