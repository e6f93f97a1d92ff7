import type { Json, JsonObject } from "@kubelet-conformance/control-plane";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { Deviation } from "./deviation.ts";
import { conditions, reporting, reportingMember } from "./node-object.ts";
import { events } from "./node-status-events.ts";
import { shared } from "./node-status-shared.ts";

type Objects = readonly JsonObject[];

/** What breaks each requirement of `spec/requirements/node-status.yaml`. */
export const nodeStatus: Record<ObservableRequirementId["node-status"], Deviation> = {
  ...shared,
  ...events,
  "node-status.registered": {
    summary: "takes its node for registered without asking",
    api: (client) => ({
      ...client,
      send: async (request) =>
        request.method === "POST" && request.path === "/api/v1/nodes" ? { code: 201, body: request.body ?? {} } : client.send(request),
    }),
  },
  "node-status.addresses.internal-ip": {
    summary: "gives its name as an InternalIP",
    ...addresses((list) => list.flatMap((entry) => (entry["type"] === "Hostname" ? [{ ...entry, type: "InternalIP" }, entry] : [entry]))),
  },
  "node-status.addresses.hostname": {
    summary: "calls its host localhost",
    ...addresses((list) => list.map((entry) => (entry["type"] === "Hostname" ? { ...entry, address: "localhost" } : entry))),
  },
  "node-status.addresses.types": {
    summary: "has an address of a type of its own",
    ...addresses((list) => [...list, { type: "LocalIP", address: "127.0.0.1" }]),
  },
  "node-status.addresses.node-ip": {
    summary: "ignores --node-ip",
    ...addresses((list) => list.map((entry) => (entry["type"] === "InternalIP" ? { ...entry, address: "203.0.113.7" } : entry))),
  },
  "node-status.addresses.order": {
    summary: "lists its name first",
    ...addresses((list) => list.toSorted((a) => (a["type"] === "Hostname" ? -1 : 1))),
  },
  "node-status.addresses.refused": {
    summary: "gives the address of --node-ip whether its machine has it or not",
    ...addresses((list) => (list.length === 0 ? [{ type: "InternalIP", address: "203.0.113.7" }] : list)),
  },
  "node-status.conditions.types": {
    summary: "does not watch its process ids",
    ...conditions((list) => list.filter(({ type }) => type !== "PIDPressure")),
  },
  "node-status.conditions.unique": {
    summary: "has the condition DiskPressure twice",
    ...conditions((list) => [...list.filter(isFirst), ...list.filter(({ type }) => type === "DiskPressure").slice(0, 1)]),
  },
  "node-status.conditions.status": {
    summary: "answers no instead of False",
    ...condition("PIDPressure", (entry) => ({ ...entry, status: "no" })),
  },
  "node-status.conditions.reason": {
    summary: "gives a sentence as a reason",
    ...condition("PIDPressure", (entry) => ({ ...entry, reason: "all is well" })),
  },
  "node-status.conditions.reasons": {
    summary: "has a word of its own for a node that is ready",
    ...condition("Ready", (entry) => (entry["status"] === "True" ? { ...entry, reason: "Healthy" } : entry)),
  },
  "node-status.conditions.messages": {
    summary: "has a message of its own for memory",
    ...condition("MemoryPressure", (entry) => ({ ...entry, message: "there is memory" })),
  },
  "node-status.conditions.times": {
    summary: "has the times of heartbeat and transition the wrong way round",
    ...condition("DiskPressure", (entry) => ({ ...entry, lastHeartbeatTime: "2020-01-01T00:00:00Z" })),
  },
  "node-status.conditions.order": {
    summary: "lists Ready first",
    ...conditions((list) => list.toSorted((a) => (a["type"] === "Ready" ? -1 : 1))),
  },
  "node-status.conditions.ready": {
    summary: "is never ready",
    ...condition("Ready", (entry) => ({
      ...entry,
      status: "False",
      reason: "KubeletNotReady",
      message: "container runtime network not ready: not yet",
    })),
  },
  "node-status.conditions.not-ready": {
    summary: "is ready without a network",
    ...condition("Ready", (entry) => ({ ...entry, status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" })),
  },
  "node-status.conditions.not-ready-message": {
    summary: "does not say why it is not ready",
    ...condition("Ready", (entry) => (entry["status"] === "False" ? { ...entry, message: "not ready" } : entry)),
  },
  "node-status.capacity.resources": {
    summary: "has no pods in allocatable",
    ...amounts((_capacity, allocatable) => void delete allocatable["pods"]),
  },
  "node-status.capacity.quantities": {
    summary: "has fewer pods than none",
    ...amounts((_capacity, allocatable) => void (allocatable["pods"] = "-1")),
  },
  "node-status.capacity.keys": {
    summary: "allocates what it does not have",
    ...amounts((_capacity, allocatable) => void (allocatable["example.com/device"] = "1")),
  },
  "node-status.capacity.at-most": {
    summary: "allocates one pod more than it can run",
    ...amounts((capacity, allocatable) => void (allocatable["pods"] = String(Number(capacity["pods"]) + 1))),
  },
  "node-status.capacity.hugepages": {
    summary: "has a part of a huge page",
    ...amounts((capacity) => void (capacity["hugepages-2Mi"] = "1")),
  },
  "node-status.capacity.max-pods": {
    summary: "ignores maxPods",
    ...amounts((capacity, allocatable) => {
      capacity["pods"] = "110";
      allocatable["pods"] = "110";
    }),
  },
  "node-status.capacity.pods-per-core": {
    summary: "ignores podsPerCore",
    ...amounts((capacity, allocatable) => {
      // maxPods may happen to be as many as there are cores.
      if (capacity["pods"] !== capacity["cpu"] || capacity["pods"] === "7") return;
      capacity["pods"] = "10000";
      allocatable["pods"] = "10000";
    }),
  },
  "node-status.capacity.ephemeral-storage": {
    summary: "does not look at its disk",
    ...amounts((capacity, allocatable) => {
      delete capacity["ephemeral-storage"];
      delete allocatable["ephemeral-storage"];
    }),
  },
  "node-status.allocatable.eviction": {
    summary: "allocates the memory of the eviction threshold",
    ...amounts((capacity, allocatable) => {
      allocatable["memory"] = capacity["memory"];
    }),
  },
  "node-status.allocatable.reserved": {
    summary: "allocates the processors of the system",
    ...amounts((capacity, allocatable) => void (allocatable["cpu"] = capacity["cpu"])),
  },
  "node-status.info.kubelet-version": {
    summary: "is of another version",
    ...info((values) => {
      if (values["kubeProxyVersion"] !== "") values["kubeProxyVersion"] = "v1.0.0";
      values["kubeletVersion"] = "v1.0.0";
    }),
  },
  "node-status.info.kube-proxy-version": { summary: "knows no kube-proxy", ...info((values) => void (values["kubeProxyVersion"] = "")) },
  "node-status.info.no-kube-proxy-version": {
    summary: "gives its version for that of kube-proxy",
    ...info((values) => void (values["kubeProxyVersion"] = values["kubeletVersion"])),
  },
  "node-status.info.system": { summary: "does not know its system's image", ...info((values) => void (values["osImage"] = "")) },
  "node-status.info.ids": { summary: "does not know its boot id", ...info((values) => void (values["bootID"] = "")) },
  "node-status.info.swap": {
    summary: "tells of swap that it does not have",
    ...info((values) => void (values["swap"] = { capacity: 0 })),
  },
  "node-status.info.user-namespace": {
    summary: "does not know in which namespace it is",
    ...info((values) => void delete values["runningInUserNamespace"]),
  },
  "node-status.endpoint.port": {
    summary: "gives a port on which nothing listens",
    ...reporting((status) => void (status["daemonEndpoints"] = { kubeletEndpoint: { Port: 1 } })),
  },
  "node-status.images.names": {
    summary: "gives all names of an image",
    ...images((list) =>
      list.map((image) => ({ ...image, names: ["a", "b", "c", "d", "e", "f"].map((tag) => `localhost/busybox:${tag}`) })),
    ),
  },
  "node-status.images.order": {
    summary: "lists the smallest images first",
    ...images((list) => [...list, ...list].map((image, index) => ({ ...image, sizeBytes: 1000 + index }))),
  },
  "node-status.images.limit": {
    summary: "ignores nodeStatusMaxImages",
    ...images((list) => (list.length === 0 ? [{ names: ["localhost/busybox:1"], sizeBytes: 1 }] : list)),
  },
  "node-status.runtime-handlers": {
    summary: "lists a handler twice",
    ...reportingMember<Objects>("runtimeHandlers", (list) => [...list, ...list.slice(0, 1)]),
  },
  "node-status.declared-features": {
    summary: "lists features as they come",
    ...reportingMember<readonly Json[]>("declaredFeatures", (list) => ["Zzz", ...list]),
  },
  "node-status.write.status-only": {
    summary: "writes its whole node with each status",
    api: (client) => ({
      ...client,
      send: async (request) => {
        const node = request.method === "PATCH" ? /^(\/api\/v1\/nodes\/[^/?]+)\/status/.exec(request.path)?.[1] : undefined;
        if (node !== undefined) await client.send({ method: "PATCH", path: node, body: { metadata: { annotations: { written: "yes" } } } });
        return client.send(request);
      },
    }),
  },
};

function isFirst({ type }: JsonObject, index: number, list: Objects): boolean {
  return list.findIndex((entry) => entry["type"] === type) === index;
}

function addresses(change: (list: Objects) => Objects): Pick<Deviation, "node"> {
  return reportingMember<Objects>("addresses", change);
}

function condition(type: string, change: (entry: JsonObject) => JsonObject): Pick<Deviation, "node"> {
  return conditions((list) => list.map((entry) => (entry["type"] === type ? change(entry) : entry)));
}

function images(change: (list: Objects) => Objects): Pick<Deviation, "node"> {
  return reportingMember<Objects>("images", change);
}

function info(change: (values: Record<string, Json | undefined>) => void): Pick<Deviation, "node"> {
  return reportingMember<JsonObject>("nodeInfo", (value) => changed(value, change));
}

function amounts(
  change: (capacity: Record<string, Json | undefined>, allocatable: Record<string, Json | undefined>) => void,
): Pick<Deviation, "node"> {
  return reporting((status) => {
    // Both are maps in every status that the kubelet makes.
    const [capacity, allocatable] = [{ ...(status["capacity"] as JsonObject) }, { ...(status["allocatable"] as JsonObject) }];
    change(capacity, allocatable);
    Object.assign(status, { capacity, allocatable });
  });
}

function changed(value: JsonObject, change: (values: Record<string, Json | undefined>) => void): JsonObject {
  const values = { ...value };
  change(values);
  return values;
}
