import { Code, ConnectError, createClient, type Client, type Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { RuntimeEndpointError, socketPathOf } from "./endpoint.ts";
import { ImageService, RuntimeService } from "./generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "./grpc-error.ts";
import { asGoError } from "./local-errors.ts";
import { unixSession } from "./unix-session.ts";

/** Both CRI services of one runtime. */
export interface RuntimeClient {
  readonly runtime: Client<typeof RuntimeService>;
  readonly image: Client<typeof ImageService>;
  /** Closes the connection; calls under way fail with Unavailable. Idempotent. */
  close(): Promise<void>;
}

/** A connectrpc transport that owns a connection. */
export interface UnixTransport extends Transport {
  close(): void;
}

export interface ConnectRuntimeOptions {
  /** How long the first call may take, in milliseconds. Default 5000. */
  readonly timeoutMs?: number;
}

/**
 * The largest deadline sent, in milliseconds (27 hours): grpc-timeout has at most eight digits, and Node's timers fire
 * at once beyond 2^31. Nothing a kubelet asks for lasts that long.
 */
const MAX_TIMEOUT_MS = 99_999_999;

/**
 * Connects to the runtime at `unix:///path` and makes sure that a CRI v1 server answers there.
 * Throws RuntimeEndpointError when the URL is malformed, the socket absent or refused, or the server is no CRI server.
 */
export async function connectRuntime(endpoint: string, { timeoutMs = 5000 }: ConnectRuntimeOptions = {}): Promise<RuntimeClient> {
  const client = runtimeClient(unixTransport(endpoint));
  try {
    await client.runtime.version({}, { timeoutMs });
    return client;
  } catch (error) {
    await client.close();
    throw new RuntimeEndpointError(endpoint, unusableReason(error, timeoutMs), { cause: error });
  }
}

/** Clients of both services over `transport`; `close` closes the transport when it has such a method. */
export function runtimeClient(transport: Transport & { close?(): void }): RuntimeClient {
  return {
    runtime: createClient(RuntimeService, transport),
    image: createClient(ImageService, transport),
    async close() {
      transport.close?.();
    },
  };
}

/**
 * gRPC over the unix socket of `unix:///path`. Dials with the first call and again after a loss, as a kubelet's client
 * does. Deadlines beyond 27 hours are shortened to that. Throws RuntimeEndpointError for a malformed URL.
 */
export function unixTransport(endpoint: string): UnixTransport {
  const path = socketPathOf(endpoint);
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

function unusableReason(error: unknown, timeoutMs: number): string {
  const status = ConnectError.from(error);
  if (status.code === Code.Unavailable && status.rawMessage.startsWith("connection error")) {
    return `cannot be reached (${status.rawMessage.split(": ").at(-1)?.replace(/"$/, "")}); is the runtime running, and may this user open its socket?`;
  }
  if (status.code === Code.Unimplemented) {
    return "the server does not know runtime.v1.RuntimeService; CRI v1 is needed (is its CRI plugin switched off?)";
  }
  if (status.code === Code.DeadlineExceeded) return `no answer to Version within ${timeoutMs} ms`;
  return `not a CRI server (${grpcErrorText(error)})`;
}
