import http2, { type Http2Server, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";
import { type ConnectRouter, createConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { answerUnknown } from "./unknown.ts";

/** gRPC services on a unix socket. */
export interface ServedSocket {
  /** How many connections are open. */
  readonly connections: number;
  /** Set once a client came whose requests Node's HTTP/2 refused to read: it put a raw path into `:authority`. */
  readonly refusedClient: boolean;
  /** Cuts all connections, calls under way included; new ones are accepted. */
  destroyConnections(): void;
  /** Cuts all connections and removes the socket. Idempotent. */
  stop(): Promise<void>;
}

/** Nothing can listen at this path; the message says why, and what to do. */
export class SocketError extends Error {
  override name = "SocketError";
  readonly code = "ERR_SOCKET_UNUSABLE";
}

/** The longest path Linux can bind or connect to: sun_path holds 108 bytes with the final zero. */
const MAX_SOCKET_PATH_BYTES = 107;

/** Why no socket can be at this path. */
export function pathProblem(path: string): string | undefined {
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return undefined;
  return `the socket path is longer than ${MAX_SOCKET_PATH_BYTES} bytes; use a shorter directory`;
}

/**
 * Serves gRPC to Go's clients at this absolute path. What is registered is answered by it, all else as grpc-go answers what it does not know.
 * Rejects with SocketError when the path cannot be listened on, also when a socket lies there already.
 */
export async function serveSocket(routes: (router: ConnectRouter) => void, path: string): Promise<ServedSocket> {
  const problem = pathProblem(path);
  if (problem !== undefined) throw new SocketError(problem);
  const sockets = new Set<Socket>();
  let refusedClient = false;

  const server = http2.createServer();
  // What answers is made when somebody asks.
  let answer: ReturnType<typeof answerer> | undefined;
  server.on("request", (request, response) => (answer ??= answerer(routes))(request, response));
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("session", (session) => {
    let understood = false;
    session.once("stream", () => {
      understood = true;
    });
    // Node says nothing about a request that it refuses; but it counts it, until the session closes.
    const judge = (): void => {
      if (!understood && (session.state.lastProcStreamID ?? 0) > 0) refusedClient = true;
    };
    session.once("goaway", judge);
    session.socket.prependOnceListener("end", judge);
  });

  const destroyConnections = (): void => {
    // Not session.destroy(): that one says goodbye with GOAWAY, which a server that dies does not.
    for (const socket of sockets) socket.destroy();
  };
  await listen(server, path);
  let stopped: Promise<void> | undefined;
  return {
    get connections() {
      return sockets.size;
    },
    get refusedClient() {
      return refusedClient;
    },
    destroyConnections,
    stop: () =>
      (stopped ??= new Promise((resolve) => {
        server.close(() => resolve());
        destroyConnections();
      })),
  };
}

/** HTTP requests to gRPC. */
function answerer(routes: (router: ConnectRouter) => void): (request: Http2ServerRequest, response: Http2ServerResponse) => void {
  const router = createConnectRouter();
  routes(router);
  const services = new Set(router.handlers.map(({ service }) => service.typeName));
  const fallback = (request: object): void => {
    // This server speaks nothing but HTTP/2.
    if (request instanceof http2.Http2ServerRequest) answerUnknown(request, services);
  };
  const answer = connectNodeAdapter({ routes, connect: false, grpcWeb: false, fallback });
  return (request, response) => {
    // Kubelets 1.29 and 1.30 send the percent-encoded socket path, of which connect-node makes an invalid URL and throws.
    request.headers[":authority"] = "localhost";
    // A cut connection ends the stream with an error that nobody is left to hear.
    request.on("error", () => {});
    answer(request, response);
  };
}

async function listen(server: Http2Server, path: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (error) {
    throw new SocketError(unusableReason(error), { cause: error });
  }
}

function unusableReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return "there is a socket at this path already; stop its owner, or choose another path";
  // libuv says EACCES for both.
  if (code === "EACCES") return "its directory does not exist, or this user may not write there; create it first";
  return `cannot listen there (${error instanceof Error ? error.message : String(error)})`;
}
