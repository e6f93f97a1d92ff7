import type { Json, JsonObject } from "@kubelet-conformance/control-plane";
import type { Deviation } from "./deviation.ts";

type Node = NonNullable<Deviation["node"]>;
type Values = Record<string, Json | undefined>;

/** Changes the labels whenever the kubelet writes them. */
export function labelling(change: (labels: Values, node: JsonObject) => void): { node: Node } {
  return { node: (node) => withMetadata(node, "labels", (labels) => change(labels, node)) };
}

/** Changes the conditions whenever the kubelet writes its status. */
export function conditions(change: (list: readonly JsonObject[]) => readonly JsonObject[]): { node: Node } {
  return reportingMember<readonly JsonObject[]>("conditions", change);
}

/** Changes the labels or annotations of a new node. */
export function creating(member: "labels" | "annotations", change: (values: Values, node: JsonObject) => void): { node: Node } {
  return {
    node: (node, { purpose }) => (purpose === "create" ? withMetadata(node, member, (values) => change(values, node)) : node),
  };
}

/** Changes the labels or annotations of a node that was there before the kubelet. */
export function reconciling(
  member: "labels" | "annotations",
  change: (values: Values, before: JsonObject, fresh: JsonObject) => void,
): { node: Node } {
  return {
    node: (node, { purpose, before, fresh }) =>
      purpose === "reconcile"
        ? withMetadata(node, member, (values) => change(values, metadataOf(before, member), metadataOf(fresh, member)))
        : node,
  };
}

/** Changes the status whenever the kubelet writes it. */
export function reporting(change: (status: Values) => void): { node: Node } {
  return {
    node: (node) => {
      const status = { ...objectOf(node["status"]) };
      change(status);
      return { ...node, status };
    },
  };
}

/** Changes one object or list of the status. */
export function reportingMember<T extends Json>(member: string, change: (value: T) => Json): { node: Node } {
  // The kubelet's own status has the member's type.
  return reporting((status) => void (status[member] = change((status[member] ?? []) as T)));
}

export function withMetadata(node: JsonObject, member: "labels" | "annotations", change: (values: Values) => void): JsonObject {
  const values = { ...metadataOf(node, member) };
  change(values);
  return { ...node, metadata: { ...objectOf(node["metadata"]), [member]: values } };
}

export function withSpec(node: JsonObject, change: (spec: Values) => void): JsonObject {
  const spec = { ...objectOf(node["spec"]) };
  change(spec);
  return { ...node, spec };
}

export function withTaints(node: JsonObject, change: (taints: JsonObject[]) => JsonObject[]): JsonObject {
  return withSpec(node, (spec) => void (spec["taints"] = change(taintsOf(node))));
}

export function taintsOf(node: JsonObject): JsonObject[] {
  // A node's taints are objects.
  return [...((objectOf(node["spec"])["taints"] ?? []) as JsonObject[])];
}

export function metadataOf(node: JsonObject | undefined, member: string): JsonObject {
  return objectOf(objectOf(node?.["metadata"])[member]);
}

/** A member as an object, or an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  // The kubelet's own objects: what is an object there is never a list.
  return typeof value === "object" && value !== null ? (value as JsonObject) : {};
}
