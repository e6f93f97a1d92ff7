import type { Places } from "./volatile.ts";

/** Members that only the API server writes, and those that say what the machine has rather than how a kubelet writes it. */
const leftOut = new Set([
  "metadata.uid",
  "metadata.resourceVersion",
  "metadata.creationTimestamp",
  "metadata.managedFields",
  "metadata.generation",
  // The API server under the recorded kubelets is of 1.36, which does not know it.
  "status.nodeInfo.runningInUserNamespace",
  // Items of a list have neither.
  "kind",
  "apiVersion",
  // Admission of the API server.
  "spec.taints",
  "spec.priority",
  "spec.preemptionPolicy",
]);
const ofMachine =
  /^status\.nodeInfo\.(?:machineID|systemUUID|bootID|kernelVersion|osImage)$|(?:^|\.)(?:sizeBytes|imageID|containerID|count|Port)$/;
const ofResources = /^status\.(?:capacity|allocatable)\.(?!pods$)/;

/** An object of the API with what differs between two machines, two moments and two API servers reduced to its form, members by name. */
export function reduceObject(value: unknown, places: Places, path = ""): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => reduceObject(item, places, path));
  if (typeof value === "string") return reduceText(value, places, path);
  if (typeof value !== "object" || value === null) return ofMachine.test(path) ? "N" : value;
  const entries = Object.entries(value)
    .map(([name, member]: [string, unknown]) => [name, path === "" ? name : `${path}.${name}`, member] as const)
    // Which sizes of pages there are is the machine's affair; a null is nothing.
    .filter(([name, here, member]) => !leftOut.has(here) && !name.startsWith("hugepages-") && member !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, here, member]) => [name, reduceObject(member, places, here)]));
}

function reduceText(text: string, places: Places, path: string): string {
  if (ofMachine.test(path)) return text === "" ? "" : "TEXT";
  if (ofResources.test(path))
    return text.replace(/^[1-9]\d*([KMGT]i)?$/, (_, suffix?: string) => (suffix === undefined ? "N" : "N binary"));
  const placed = places.reduce((result, [ours, recorded]) => result.replaceAll(ours, recorded), text);
  return (
    placed
      .replaceAll(
        /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g,
        (_, fraction?: string) => `TIME${fraction === undefined ? "" : ` with ${fraction.length - 1} digits`}`,
      )
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "UID")
      .replaceAll(/\b[0-9a-f]{32}\b/g, "HASH")
      .replace(/\.[0-9a-f]{16}$/, ".NANOSECONDS")
      // Some nodes were recorded in the second before they had published it.
      .replace(/^\[(.*), CSINode is not yet initialized\]$/, "$1")
  );
}
