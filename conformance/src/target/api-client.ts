import type { ApiServerAccess } from "@kubelet-conformance/control-plane";
import type { TransportOptions } from "./transport.ts";
import type { WireClient } from "./wire.ts";

/** Who a kubeconfig says that its reader is to the API server. */
export function apiClient(access: ApiServerAccess): WireClient {
  const { certificate, key, token } = access;
  return {
    name: "kubeconfig",
    ...(certificate !== undefined && key !== undefined ? { certificate: { cert: certificate, key } } : {}),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** Where its API server is and what its certificate must be. */
export function apiTransportOptions({
  server,
  authority,
  insecure,
  serverName,
}: ApiServerAccess): Pick<TransportOptions, "server" | "tls"> {
  return { server: new URL(server).origin, tls: { ca: authority, insecure, servername: serverName } };
}
