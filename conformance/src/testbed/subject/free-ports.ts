import { once } from "node:events";
import { createServer } from "node:net";

/** TCP ports of 127.0.0.1 that were free a moment ago: a kubelet's configuration cannot ask for any free one. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  try {
    await Promise.all(servers.map((server) => once(server, "listening")));
    return servers.map((server) => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
      return address.port;
    });
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** What a kubelet says, a real one and the reference kubelet, when another program has taken its port or socket meanwhile. */
export const addressInUse = /address already in use|port \d+ on \S+ is in use/;
