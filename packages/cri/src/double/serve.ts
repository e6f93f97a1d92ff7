import { chmod } from "node:fs/promises";
import http2, { type Http2Server, type Http2ServerRequest } from "node:http2";
import type { Socket } from "node:net";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { RuntimeEndpointError, socketPathOf } from "../endpoint.ts";
import { RefusedClientError } from "./refused-client.ts";
import type { RuntimeDouble } from "./runtime-double.ts";

/** A runtime double on a unix socket. */
export interface ServedDouble {
  /** `unix:///path`: what a kubelet takes as containerRuntimeEndpoint. */
  readonly endpoint: string;
  /** How many connections are open. */
  readonly connections: number;
  /**
   * Set once a client came whose requests Node's HTTP/2 refused to read, as it does with kubelets up to 1.28. Such a
   * kubelet exits by itself; this is why.
   */
  readonly refused: RefusedClientError | undefined;
  /** Cuts all connections, calls under way included; new ones are accepted. */
  destroyConnections(): void;
  /** Cuts all connections and removes the socket; the double itself goes on and can be served anew. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Serves the double to kubelets of 1.29 and later at this absolute path (at most 107 bytes), with mode 0600.
 * Throws RuntimeEndpointError when the path cannot be listened on, also when a socket lies there already.
 */
export async function serveDouble(double: RuntimeDouble, socketPath: string): Promise<ServedDouble> {
  const endpoint = `unix://${socketPath}`;
  socketPathOf(endpoint);
  const sockets = new Set<Socket>();
  let refused: RefusedClientError | undefined;

  const server = http2.createServer();
  server.on("request", answerer(double));
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
      if (!understood && (session.state.lastProcStreamID ?? 0) > 0) refused ??= new RefusedClientError(endpoint);
    };
    session.once("goaway", judge);
    session.socket.prependOnceListener("end", judge);
  });

  const destroyConnections = (): void => {
    // Not session.destroy(): that one says goodbye with GOAWAY, which a runtime that dies does not.
    for (const socket of sockets) socket.destroy();
  };
  await listen(server, socketPath, endpoint);
  const ignoreCuts = double.onCut(destroyConnections);
  let stopped: Promise<void> | undefined;
  return {
    endpoint,
    get connections() {
      return sockets.size;
    },
    get refused() {
      return refused;
    },
    destroyConnections,
    stop: () =>
      (stopped ??= new Promise((resolve) => {
        ignoreCuts();
        server.close(() => resolve());
        destroyConnections();
      })),
  };
}

/** HTTP requests to gRPC. */
function answerer(double: RuntimeDouble): (request: Http2ServerRequest, response: http2.Http2ServerResponse) => void {
  const answer = connectNodeAdapter({ routes: double.routes, connect: false, grpcWeb: false });
  return (request, response) => {
    // Kubelets 1.29 and 1.30 send the percent-encoded socket path, of which connect-node makes an invalid URL and throws.
    request.headers[":authority"] = "localhost";
    // A cut connection ends the stream with an error that nobody is left to hear.
    request.on("error", () => {});
    answer(request, response);
  };
}

async function listen(server: Http2Server, socketPath: string, endpoint: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(socketPath, () => {
        server.off("error", reject);
        resolve();
      });
    });
    await chmod(socketPath, 0o600);
  } catch (error) {
    throw new RuntimeEndpointError(endpoint, unusableReason(error), { cause: error });
  }
}

function unusableReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return "there is a socket at this path already; stop its owner, or choose another path";
  // libuv says EACCES for both.
  if (code === "EACCES") return "its directory does not exist, or this user may not write there; create it first";
  return `cannot listen there (${error instanceof Error ? error.message : String(error)})`;
}
