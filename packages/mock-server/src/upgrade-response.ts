import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** A response on the connection of a request that asks for another protocol, for as long as it has none; the last one on it. */
export function upgradeResponse(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // A connection of a server is a socket of node:net or node:tls.
  response.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
  response.on("finish", () => socket.end());
  socket.on("error", () => socket.destroy());
  return response;
}
