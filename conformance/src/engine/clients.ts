import type { Target } from "../target/target.ts";
import type { WireClient } from "../target/wire.ts";
import type { ClientName } from "./check.ts";
import { Blocked } from "./check.ts";

const nobody: WireClient = { name: "none" };
/** Values that no kubelet can know; they are no secrets. */
const wrong: Record<"bad-token" | "empty-token" | "basic", WireClient> = {
  "bad-token": { name: "bad-token", authorization: "Bearer not-a-token-of-this-cluster" },
  "empty-token": { name: "empty-token", authorization: "Bearer " },
  basic: { name: "basic", authorization: `Basic ${Buffer.from("admin:admin").toString("base64")}` },
};
let stranger: Promise<WireClient> | undefined;

/** The identity behind a name in an exchange. Throws Blocked when the target was not given one. */
export async function clientNamed(name: ClientName, target: Target): Promise<WireClient> {
  if (name === "none") return nobody;
  if (name === "unknown-certificate") return (stranger ??= makeStranger());
  if (name === "bad-token" || name === "empty-token" || name === "basic") return wrong[name];
  if (name === "credentials") {
    if (!target.credentials) throw new Blocked("credentials");
    return target.credentials;
  }
  const identity = target.identities[name.slice("identity:".length)];
  if (!identity) throw new Blocked("identities");
  return identity;
}

/** A certificate that signs itself: no kubelet's client CA has issued it. */
async function makeStranger(): Promise<WireClient> {
  const { createSelfSigned } = await import("@kubelet-conformance/control-plane/pki");
  return { name: "unknown-certificate", certificate: await createSelfSigned({ commonName: "stranger", usage: "client" }) };
}
