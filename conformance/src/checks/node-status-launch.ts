import type { JsonObject } from "@kubelet-conformance/control-plane";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import type { LaunchFlag, LaunchOptions } from "../target/cluster.ts";
import { launchedNode, nodeOf, objectAt, objectsAt, shown } from "./node-object.ts";
import { quantity } from "./quantity.ts";

/** Of a range that is for documentation (RFC 5737): no machine has them. */
const nobodys = "203.0.113.7";
const given = [
  { type: "InternalIP", address: "203.0.113.8" },
  { type: "ExternalIP", address: "203.0.113.9" },
];

/** What a kubelet makes of its status under other flags, in another configuration, and on a node that is there before it. */
export const launchedStatus = {
  "node-status.addresses.refused": async (context) => {
    const found = addressesOf(await launchedNode(context, { flags: { "node-ip": nobodys } }));
    if (found.includes(nobodys)) throw new Broken(`no address ${nobodys}, which the machine does not have`, found.join(", "));
  },

  "node-status.addresses.existing": async (context) => {
    const found = addressesOf(await launchedNode(context, await onAddressed(context)));
    const stale = given.find(({ address }) => found.includes(address));
    if (stale) throw new Broken("addresses of its own alone", found.join(", "));
  },

  "node-status.addresses.cloud-provider": async (context) => {
    const found = addressesOf(await launchedNode(context, await onAddressed(context, { "cloud-provider": "external" })));
    const missing = given.find(({ address }) => !found.includes(address));
    if (missing) throw new Broken(`${missing.type} ${missing.address}, as the cloud provider has it`, found.join(", ") || "none");
  },

  "node-status.capacity.pods-per-core": async (context) => {
    const { cpu, pods } = objectAt(await launchedNode(context, { configuration: { podsPerCore: 1, maxPods: 10_000 } }), "/status/capacity");
    if (quantity(pods) !== quantity(cpu)) throw new Broken(`${shown(cpu)} pods in capacity, one for each core`, shown(pods));
  },
} satisfies Partial<AreaChecks<"node-status">>;

/** This node with addresses that others gave it, and otherwise as the kubelet would leave it, so that its first word is its status. */
async function onAddressed(context: CheckContext, flags: Partial<Record<LaunchFlag, string>> = {}): Promise<LaunchOptions> {
  const { metadata, status } = await nodeOf(context);
  const { name, labels = {}, annotations = {} } = metadata;
  const addresses = [...given, { type: "Hostname", address: name }];
  // What a Node object holds is JSON.
  return { flags, existing: [{ metadata: { name, labels, annotations }, status: { ...(status as JsonObject), addresses } }] };
}

function addressesOf(node: JsonObject): string[] {
  return objectsAt(node, "/status/addresses").map(({ address }) => shown(address));
}
