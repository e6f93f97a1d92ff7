import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Two ends of one TCP connection on loopback. */
export async function socketPair(): Promise<{ client: Socket; server: Socket; destroy: () => void }> {
  const listener = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const client = connect({ port: address.port, host: "127.0.0.1", allowHalfOpen: true });
  const [server] = (await once(listener, "connection")) as [Socket];
  listener.close();
  return { client, server, destroy: () => void [client.destroy(), server.destroy()] };
}
