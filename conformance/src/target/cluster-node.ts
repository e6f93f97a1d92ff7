import { isIP, isIPv6 } from "node:net";
import { type KubeObject, objectAt, objectsAt, textAt } from "@kubelet-conformance/control-plane";
import { minorOf, minors } from "@kubelet-conformance/spec";
import { TargetError } from "../errors.ts";
import type { Target } from "./target.ts";

/** Where the kubelet of a node listens, by its Node object. Throws a TargetError where that does not say. */
export function kubeletUrl(node: KubeObject): string {
  const status = objectAt(node, "status");
  const addresses = objectsAt(status, "addresses").map((entry) => ({ type: textAt(entry, "type"), address: textAt(entry, "address") }));
  const address = ["InternalIP", "ExternalIP", "Hostname"]
    .map((type) => addresses.find((entry) => entry.type === type)?.address)
    .find((found) => found !== undefined && isHost(found));
  const port = Number(textAt(status, "daemonEndpoints.kubeletEndpoint.Port"));
  if (address === undefined || !Number.isInteger(port) || port <= 0 || port > 65_535)
    throw new TargetError(
      "node-without-address",
      `the node ${node.metadata.name} has no address and port of its kubelet in its status: name it with --server https://HOST:10250`,
    );
  return `https://${isIPv6(address) ? `[${address}]` : address}:${port}`;
}

/** Anything else in an address could lead its credentials elsewhere. */
function isHost(address: string): boolean {
  return (isIP(address) !== 0 && !address.includes("%")) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(address);
}

/** The version that a node says its kubelet has; empty where it says none. */
export function kubeletVersionOf(node: KubeObject): string {
  return textAt(node, "status.nodeInfo.kubeletVersion");
}

/** The runtime that a node says it has; empty where it says none. */
export function runtimeVersionOf(node: KubeObject): string {
  return textAt(node, "status.nodeInfo.containerRuntimeVersion");
}

/** What there is to test of a node whose kubelet is not asked itself. Throws a TargetError for a version that is not covered. */
export function unreachedTarget(node: KubeObject, server: string, declared: string | undefined): Target {
  const version = declared ?? kubeletVersionOf(node);
  const minor = minorOf(version);
  if (minor === undefined)
    throw new TargetError(
      "version-unsupported",
      `the node ${node.metadata.name} has a kubelet of version ${version || "unknown"}; covered are ${minors[0]} to ${minors.at(-1)}, and --kubernetes-version ${minors.at(-1)} tests it as one of those`,
    );
  return {
    server,
    kubernetesVersion: version,
    minor,
    versionSource: declared === undefined ? "node" : "declared",
    identities: {},
    facts: {},
    unreached: true,
  };
}
