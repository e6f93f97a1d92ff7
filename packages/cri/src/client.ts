import { Code, ConnectError, createClient, type Client, type Transport } from "@connectrpc/connect";
import { RuntimeEndpointError, socketPathOf } from "./endpoint.ts";
import { ImageService, RuntimeService } from "./generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "./grpc/grpc-error.ts";
import { socketTransport, type UnixTransport } from "./grpc/socket-transport.ts";

/** Both CRI services of one runtime. */
export interface RuntimeClient {
  readonly runtime: Client<typeof RuntimeService>;
  readonly image: Client<typeof ImageService>;
  /** Closes the connection; calls under way fail with Unavailable. Idempotent. */
  close(): Promise<void>;
}

export interface ConnectRuntimeOptions {
  /** How long the first call may take, in milliseconds. Default 5000. */
  readonly timeoutMs?: number;
}

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

/** gRPC over the unix socket of `unix:///path`. Throws RuntimeEndpointError for a malformed URL. */
export function unixTransport(endpoint: string): UnixTransport {
  return socketTransport(socketPathOf(endpoint));
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
