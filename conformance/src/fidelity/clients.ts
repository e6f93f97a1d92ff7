import { createSelfSigned, type Authority } from "@kubelet-conformance/control-plane";
import type { WireClient } from "../target/wire.ts";

/** The identities that recordings speak of, by name. */
export type Clients = ReadonlyMap<string, WireClient>;

/** Identities that need nothing of the kubelet under comparison. */
export async function strangers(): Promise<Clients> {
  const certificate = await createSelfSigned({ commonName: "evil", usage: "client" });
  return new Map<string, WireClient>([
    ["none", { name: "none" }],
    ["bad-token", { name: "bad-token", authorization: "Bearer not-a-token" }],
    ["selfsigned", { name: "selfsigned", certificate }],
  ]);
}

/** All identities of the recorded node. */
export async function nodeClients(authority: Authority): Promise<Clients> {
  const admin = authority.issue({
    commonName: "lab-admin",
    organizations: ["system:masters"],
    usage: "client",
  });
  const nobody = authority.issue({ commonName: "lab-nobody", usage: "client" });
  return new Map<string, WireClient>([
    ...(await strangers()),
    ["admin", { name: "admin", certificate: admin }],
    ["nobody", { name: "nobody", certificate: nobody }],
  ]);
}
