import { ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Access } from "./access/access.ts";
import type { AuthorizationRule, StaticToken } from "./access/rules.ts";
import type { ResourceName } from "./api/resources.ts";
import { createFaultTable, type ActiveFault, type Fault } from "./faults.ts";
import { kubeconfig } from "./kubeconfig.ts";
import { createAuthority, type Authority } from "./pki.ts";
import { createRequestLog, type RequestLog } from "./request-log.ts";
import type { ServerContext } from "./server/call.ts";
import { listen, type Listener } from "./server/listener.ts";
import { serve } from "./server/pipeline.ts";
import { createClusterState, type ClusterState } from "./state/cluster-state.ts";
import { createNodeClient } from "./subresources/node-client.ts";
import { createWatchRegistry } from "./verbs/watch-registry.ts";

export interface ControlPlaneOptions {
  /** Address to listen on; also in the certificate. Default 127.0.0.1. */
  host?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Signs the server's and the clients' certificates; a kubelet trusts it as its clientCAFile. Default: one of its own. */
  authority?: Authority;
  /** PEM that must have signed the kubelets' serving certificates, for the node proxy. Default: any certificate will do. */
  kubeletAuthority?: string;
  /** What TokenReview knows. Default none. */
  tokens?: readonly StaticToken[];
  /** What SubjectAccessReview and the node proxy allow, besides everything to `system:masters`. Default nothing. */
  rules?: readonly AuthorizationRule[];
  /** What `/version` says. Default 1.37. */
  kubernetesVersion?: string;
}

export interface ClientIdentity {
  /** User name, e.g. `system:node:n1`. */
  user: string;
  /** Default none; a kubelet needs `system:nodes`. */
  groups?: readonly string[];
}

/** Misbehaviour that can be switched on and off while kubelets are connected. */
export interface Faults {
  /** Lets requests fail or wait. */
  inject(fault: Fault): ActiveFault;
  /** Removes everything that was injected. */
  clear(): void;
  /** Ends the open watches (of one resource); with `gone` by a 410, after which clients list again. Returns how many. */
  closeWatches(options?: { resource?: ResourceName; gone?: boolean }): number;
  /** Refuses connections and drops the present ones; objects are kept. */
  down(): Promise<void>;
  /** Listens again on the same port. Rejects when another process has taken it. */
  up(): Promise<void>;
}

/** A running API-server double. */
export interface ControlPlane {
  /** `https://HOST:PORT`. */
  readonly url: string;
  readonly authority: Authority;
  readonly state: ClusterState;
  readonly requests: RequestLog;
  readonly access: Access;
  readonly faults: Faults;
  /** A kubeconfig with a fresh client certificate embedded; JSON, which is YAML. A secret. */
  kubeconfigFor(identity: ClientIdentity): string;
  /** Ends all connections; pending waits reject. */
  stop(): Promise<void>;
}

/** Starts an API server that holds its objects in memory, enough for kubelets of 1.30 to 1.37. JSON only. Rejects when it cannot listen. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { host = "127.0.0.1", port = 0, kubeletAuthority, kubernetesVersion = "1.37" } = options;
  const authority = options.authority ?? (await createAuthority({ commonName: "control-plane-ca" }));
  const access: Access = { tokens: [...(options.tokens ?? [])], rules: [...(options.rules ?? [])] };
  const state = createClusterState();
  const requests = createRequestLog();
  const table = createFaultTable();
  const watches = createWatchRegistry();
  const client = authority.issue({ commonName: "kube-apiserver-kubelet-client", organizations: ["system:masters"], usage: "client" });
  const context: ServerContext = {
    state,
    access,
    faults: table,
    requests,
    watches,
    nodeClient: createNodeClient(client, kubeletAuthority),
    kubernetesVersion,
  };
  const credentials = authority.issue({
    commonName: "kube-apiserver",
    names: [...new Set([host, "127.0.0.1", "localhost", "kubernetes.default.svc"])],
    usage: "server",
  });
  const open = (at: number) =>
    listen({
      host,
      port: at,
      credentials,
      clientAuthority: authority.cert,
      onRequest: (request, response) => void serve(context, request, response),
      onUpgrade: (request, socket, head) => {
        socket.on("error", () => {});
        // Refusals go out as an ordinary response on the connection.
        const response = new ServerResponse(request);
        try {
          if (socket instanceof Socket) response.assignSocket(socket);
        } catch {
          // Sent behind a request that is still being answered, which no kubelet does.
          return void socket.destroy();
        }
        response.shouldKeepAlive = false;
        response.once("finish", () => socket.end());
        void serve(context, request, response, { socket, head });
      },
    });

  let listener: Listener | undefined = await open(port);
  const taken = listener.port;
  const url = `https://${host.includes(":") ? `[${host}]` : host}:${taken}`;
  const close = async () => {
    const closing = listener;
    listener = undefined;
    await closing?.close();
  };
  return {
    url,
    authority,
    state,
    requests,
    access,
    faults: {
      inject: (fault) => table.inject(fault),
      clear: () => table.clear(),
      closeWatches: ({ resource, gone = false } = {}) => watches.end(resource, gone),
      down: close,
      up: async () => {
        listener ??= await open(taken);
      },
    },
    kubeconfigFor: ({ user, groups = [] }) =>
      kubeconfig({
        server: url,
        authority: authority.cert,
        user,
        credentials: authority.issue({ commonName: user, organizations: groups, usage: "client" }),
      }),
    async stop() {
      const reason = new Error("the control plane was stopped");
      await close();
      state.close(reason);
      requests.close(reason);
    },
  };
}
