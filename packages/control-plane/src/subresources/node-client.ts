import { createSecureContext, type ConnectionOptions } from "node:tls";
import { objectAt, objectsAt, type KubeObject } from "../api/json.ts";
import { ApiError, badRequest, notFound } from "../api/status-error.ts";
import type { Credentials } from "../pki.ts";
import { subjectOf, type ClusterState } from "../state/cluster-state.ts";

/** How the server speaks to kubelets. */
export type NodeClient = Pick<ConnectionOptions, "secureContext" | "rejectUnauthorized">;

/**
 * Shows them this client certificate. `kubeletAuthority` is the PEM that must have signed a kubelet's serving certificate; undefined: any will do, as
 * without --kubelet-certificate-authority.
 */
export function createNodeClient(credentials: Credentials, kubeletAuthority: string | undefined): NodeClient {
  const ca = kubeletAuthority === undefined ? {} : { ca: kubeletAuthority };
  return { secureContext: createSecureContext({ ...credentials, ...ca }), rejectUnauthorized: kubeletAuthority !== undefined };
}

/** Where a kubelet listens. */
export interface NodeLocation {
  secure: boolean;
  host: string;
  port: number;
}

/** The kubelet that `NAME`, `NAME:PORT` or `SCHEME:NAME:PORT` means. Throws NotFound, BadRequest, or 500 for a node without an address. */
export function locateNode(state: ClusterState, reference: string): NodeLocation {
  const match = /^(?:(https?):)?([^:]+)(?::(\d*))?$/.exec(reference);
  if (match === null) throw badRequest(`invalid node request "${reference}"`);
  const [, scheme, name = "", port] = match;
  const node = state.get("nodes", { name });
  if (node === undefined) throw notFound(subjectOf("nodes", name));
  const own = portOf(node);
  const chosen = port === undefined || port === "" ? own : Number(port);
  // As the API server does: another port than the kubelet's is plain HTTP unless the scheme says otherwise.
  return { secure: scheme === undefined ? chosen === own : scheme === "https", host: addressOf(node), port: chosen };
}

function addressOf(node: KubeObject): string {
  const addresses = objectsAt(objectAt(node, "status"), "addresses");
  for (const type of ["InternalIP", "ExternalIP", "InternalDNS", "ExternalDNS", "Hostname"]) {
    const found = addresses.find((address) => address["type"] === type)?.["address"];
    if (typeof found === "string" && found !== "") return found;
  }
  throw new ApiError({ code: 500, message: "no preferred addresses found; known addresses: []" });
}

function portOf(node: KubeObject): number {
  const endpoint = objectAt(objectAt(objectAt(node, "status"), "daemonEndpoints"), "kubeletEndpoint");
  const port = Number(endpoint["Port"] ?? 0);
  return port === 0 ? 10250 : port;
}
