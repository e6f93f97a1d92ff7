import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { MockError } from "./mock-error.ts";
import type { Front } from "./front.ts";

export interface ServerOptions {
  port: number;
  host: string;
  /** PEM texts; undefined for plain HTTP. */
  credentials: { cert: string; key: string } | undefined;
  front: Front;
}

export interface OpenServer {
  port: number;
  /** Resets the TCP connection under a request. */
  reset(request: IncomingMessage): void;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

/** Opens the mock's port. Throws MockError. */
export async function openServer({ port, host, credentials, front }: ServerOptions): Promise<OpenServer> {
  const server = create(credentials);
  // By the client's end: under TLS a request knows its connection by no other name.
  const sockets = new Map<string, Socket>();
  server.on("connection", (socket: Socket) => {
    const name = nameOf(socket);
    sockets.set(name, socket);
    socket.once("close", () => sockets.delete(name));
  });
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === "ERR_SSL_HTTP_REQUEST") sockets.get(nameOf(socket))?.end(plainHttpAnswer);
  });
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (request, response) => {
    latest.set(request.socket, response);
    front.request(request, response);
  });
  server.on("upgrade", (request, socket, head) => afterAnswer(latest.get(socket), socket, () => front.upgrade(request, socket, head)));
  return {
    port: await listen(server, port, host),
    reset: ({ socket }) => sockets.get(nameOf(socket))?.resetAndDestroy(),
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets.values()) socket.destroy();
      await closed;
    },
  };
}

/** A client may ask for another protocol behind a request that is still being answered on the same connection. */
function afterAnswer(answer: ServerResponse | undefined, socket: Duplex, proceed: () => void): void {
  if (!answer || answer.closed) return proceed();
  socket.on("error", () => socket.destroy());
  answer.once("close", () => {
    if (socket.destroyed) return;
    // What Node.js allows a connection between two requests.
    if (socket instanceof Socket) socket.setTimeout(0);
    proceed();
  });
}

/** net/http's answer to a client that speaks plain HTTP to a TLS port. */
const plainHttpAnswer = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function create(credentials: ServerOptions["credentials"]): Server {
  if (!credentials) return createServer();
  try {
    return createTlsServer(credentials);
  } catch (cause) {
    throw new MockError("bad-certificate", "the certificate and the private key do not go together or are no PEM; check both files", {
      cause,
    });
  }
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const cause = error as NodeJS.ErrnoException; // A failed listen rejects with a system error.
    const advice =
      cause.code === "EADDRINUSE"
        ? `port ${port} on ${host} is in use; choose another with --port (0: a free one)`
        : `can't listen on ${host}, port ${port} (${cause.code ?? cause.message}); give an address of this machine with --host and a port you may use with --port`;
    throw new MockError("cannot-listen", advice, { cause });
  }
  // A TCP server's address is of this kind.
  return (server.address() as AddressInfo).port;
}
