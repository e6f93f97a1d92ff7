import type { Json, JsonObject } from "@kubelet-conformance/control-plane";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { Deviation } from "./deviation.ts";
import { conditions, objectOf, reporting, reportingMember } from "./node-object.ts";

const dongle = "example.com/dongle";

/** What breaks the requirements about what others write in the status. */
export const shared = {
  "node-status.addresses.existing": {
    summary: "keeps the addresses that its node had",
    node: (node, { before }) => {
      const had = listed(before, "addresses");
      return had.some(isForeign) ? withMember(node, "addresses", [...had]) : node;
    },
  },
  "node-status.addresses.cloud-provider": {
    summary: "knows its addresses better than the cloud provider",
    node: (node) =>
      withMember(
        node,
        "addresses",
        listed(node, "addresses").filter((entry) => !isForeign(entry)),
      ),
  },
  "node-status.conditions.transition": {
    summary: "keeps the time of the first transition",
    node: (node, { before }) => {
      const first = listed(before, "conditions").find(({ type }) => type === "Ready")?.["lastTransitionTime"];
      if (first === undefined) return node;
      const changed = listed(node, "conditions").map((entry) =>
        entry["type"] === "Ready" ? { ...entry, lastTransitionTime: first } : entry,
      );
      return withMember(node, "conditions", changed);
    },
  },
  "node-status.conditions.foreign": {
    summary: "keeps no conditions but its own",
    ...conditions((list) => list.filter(({ type }) => type !== "NetworkUnavailable")),
  },
  "node-status.conditions.taken-back": {
    summary: "believes what the control plane says of its processes",
    node: (node, { before }) => {
      const unknown = listed(before, "conditions").find(({ type, status }) => type === "PIDPressure" && status === "Unknown");
      const list = listed(node, "conditions").map((entry) => (entry["type"] === "PIDPressure" ? (unknown ?? entry) : entry));
      return withMember(node, "conditions", list);
    },
  },
  "node-status.capacity.extended": {
    summary: "offers no resources but its own",
    ...reportingMember<JsonObject>("allocatable", (amounts) => (amounts[dongle] === undefined ? amounts : { ...amounts, [dongle]: "0" })),
  },
  "node-status.allocatable.extended-gone": {
    summary: "goes on offering what it was given once",
    node: (node, { before }) => {
      const offered = objectOf(statusOf(before)["allocatable"])[dongle];
      if (offered === undefined) return node;
      return withMember(node, "allocatable", { ...objectOf(statusOf(node)["allocatable"]), [dongle]: offered });
    },
  },
  "node-status.volumes.in-use": {
    summary: "goes on using volumes that it does not have",
    node: (node, { before }) => {
      const { volumesInUse } = statusOf(before);
      return volumesInUse === undefined ? node : withMember(node, "volumesInUse", volumesInUse);
    },
  },
  "node-status.volumes.attached": {
    summary: "takes what it did not attach itself for not attached",
    ...reporting((status) => void delete status["volumesAttached"]),
  },
} satisfies Partial<Record<ObservableRequirementId["node-status"], Deviation>>;

function statusOf(node: JsonObject | undefined): JsonObject {
  return objectOf(node?.["status"]);
}

function listed(node: JsonObject | undefined, member: "addresses" | "conditions"): readonly JsonObject[] {
  // Both are lists of objects in every node.
  return (statusOf(node)[member] ?? []) as readonly JsonObject[];
}

function withMember(node: JsonObject, member: string, value: Json): JsonObject {
  return { ...node, status: { ...statusOf(node), [member]: value } };
}

/** Of a range that no machine's own address is in. */
function isForeign({ address }: JsonObject): boolean {
  return typeof address === "string" && address.startsWith("203.0.113.");
}
