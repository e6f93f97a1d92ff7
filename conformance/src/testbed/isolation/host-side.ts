import { once } from "node:events";
import { createServer as createWebServer } from "node:http";
import { connect, createServer, type Server, type Socket } from "node:net";
import { pipeline } from "node:stream";
import type { StreamAddress } from "./messages.ts";

/** What a real runtime and its pods need of the network outside, where the kubelet is not. */
export interface HostSide {
  /** A port of 127.0.0.1 that answers HTTP requests: one of the pod's, which is in the host's network. */
  readonly listeningPort: number;
  /** Passes connections to a socket of the inner half on to this address and no other. Resolves with what keeps it from that. */
  passOn(listener: Server, address: StreamAddress): Promise<string | undefined>;
  close(): void;
}

const dialLimitMs = 5_000;

export async function openHostSide(): Promise<HostSide> {
  const web = createWebServer((_request, response) => response.end("testbed\n")).listen(0, "127.0.0.1");
  await once(web, "listening");
  const address = web.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
  const relays = new Set<Server>();
  const sockets = new Set<Socket>();
  return {
    listeningPort: address.port,
    async passOn(listener, to) {
      try {
        await dial(to);
      } catch (error) {
        listener.close();
        return `nobody answers there (${error instanceof Error ? error.message : String(error)})`;
      }
      const relay = createServer({ allowHalfOpen: true }, (inner) => {
        sockets.add(inner);
        inner.once("close", () => sockets.delete(inner));
        // Whichever end fails, the other one is told by its own end.
        pipeline(inner, connect({ ...to, allowHalfOpen: true }), inner, () => {});
      });
      relays.add(relay.listen(listener));
      return undefined;
    },
    close() {
      web.close();
      web.closeAllConnections();
      for (const relay of relays) relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function dial(to: StreamAddress): Promise<void> {
  const socket = connect(to);
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(dialLimitMs) });
  } finally {
    socket.destroy();
  }
}
