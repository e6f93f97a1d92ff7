import { once } from "node:events";
import { IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Credentials } from "../pki.ts";

export interface ListenerOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  credentials: Credentials;
  /** PEM; who signed the client certificates. */
  clientAuthority: string;
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface Listener {
  readonly port: number;
  /** Refuses new connections and destroys the present ones: watches would keep a merely closed server alive. */
  close(): Promise<void>;
}

/** TLS with HTTP/2 and HTTP/1.1; client certificates are asked for and judged by the authenticator. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { host, port, credentials, clientAuthority, onRequest, onUpgrade } = options;
  const server = createSecureServer({
    ...credentials,
    ca: clientAuthority,
    allowHTTP1: true,
    requestCert: true,
    rejectUnauthorized: false,
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client that vanishes is no event here; its requests see their own close.
    socket.on("error", () => {});
  });
  // Of the compatibility API's classes only members are used that HTTP/1.1 messages have, too.
  server.on("request", (request, response) => onRequest(request as unknown as IncomingMessage, response as unknown as ServerResponse));
  server.on("upgrade", (request: unknown, socket: Duplex, head: Buffer) => {
    if (request instanceof IncomingMessage) onUpgrade(request, socket, head);
    else socket.destroy();
  });
  server.on("sessionError", () => {});
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo; // A listening TCP server has an AddressInfo.
  return {
    port: address.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
