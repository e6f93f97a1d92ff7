import type https from "node:https";
import type { AddressInfo } from "node:net";

/** Has a server listen that asks another one with an agent; `close` ends both. */
export async function serve(server: https.Server, agent: https.Agent): Promise<{ url: string; close: () => void }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
