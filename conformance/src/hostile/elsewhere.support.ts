import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";

/** A server that answers everything, over TLS and without, on one port. */
export interface Elsewhere {
  url: string;
  /** What has arrived, in one line each. */
  arrived: readonly string[];
  close(): void;
}

/** Where nobody is to send anything of worth. */
export async function listenElsewhere(serving: { cert: string; key: string }): Promise<Elsewhere> {
  const arrived: string[] = [];
  const keep = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    arrived.push(`${request.method} ${request.url} ${JSON.stringify(request.rawHeaders)}`);
    response.end("ok");
  };
  const secure = https.createServer(serving, keep);
  const plain = http.createServer(keep);
  const server = net.createServer((socket) => {
    socket
      .on("error", () => {})
      .once("data", (first: Buffer) => {
        socket.pause().unshift(first);
        // A TLS record begins with the kind of its content, of a handshake 22.
        (first[0] === 22 ? secure : plain).emit("connection", socket);
        process.nextTick(() => socket.resume());
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, arrived, close: () => void server.close() };
}
