import { chmod } from "node:fs/promises";
import { RuntimeEndpointError, socketPathOf } from "../endpoint.ts";
import { serveSocket } from "../grpc/serve-socket.ts";
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
  const served = await serveSocket(double.routes, socketPath).catch((error: unknown) => {
    throw new RuntimeEndpointError(endpoint, error instanceof Error ? error.message : String(error), { cause: error });
  });
  await chmod(socketPath, 0o600);
  const ignoreCuts = double.onCut(() => served.destroyConnections());
  return {
    endpoint,
    get connections() {
      return served.connections;
    },
    get refused() {
      return served.refusedClient ? new RefusedClientError(endpoint) : undefined;
    },
    destroyConnections: () => served.destroyConnections(),
    stop() {
      ignoreCuts();
      return served.stop();
    },
  };
}
