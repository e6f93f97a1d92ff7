import type { ApiCredentials, ApiServerAccess } from "@kubelet-conformance/control-plane";
import type { TransportOptions } from "./transport.ts";
import type { WireClient } from "./wire.ts";

/** Who a kubeconfig says that its reader is to the API server. */
export function apiClient(access: ApiServerAccess): WireClient {
  const { basic, impersonation, renew } = access;
  const secrets = new Set(basic ? [basic.password] : []);
  const password = basic && `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString("base64")}`;
  const clientOf = ({ certificate, key, token }: ApiCredentials): WireClient => {
    const authorization = token === undefined ? password : `Bearer ${token}`;
    for (const secret of [authorization?.replace(/^\w+ /, ""), key?.trim()]) if (secret !== undefined) secrets.add(secret);
    return {
      name: "kubeconfig",
      ...(certificate !== undefined && key !== undefined ? { certificate: { cert: certificate, key } } : {}),
      ...(authorization === undefined ? {} : { authorization }),
      ...(impersonation === undefined ? {} : { headers: impersonation }),
    };
  };
  return {
    ...clientOf(access),
    secrets: () => [...secrets],
    ...(renew ? { renew: async () => clientOf(await renew()) } : {}),
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
