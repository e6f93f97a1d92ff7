import type { Json, JsonObject } from "@kubelet-conformance/control-plane";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { Deviation } from "./deviation.ts";
import { creating, labelling, metadataOf, reconciling, taintsOf, withMetadata, withSpec, withTaints } from "./node-object.ts";

const attachDetach = "volumes.kubernetes.io/controller-managed-attach-detach";
const uninitialized = "node.cloudprovider.kubernetes.io/uninitialized";

/** What breaks each requirement of `spec/requirements/node-labels.yaml`. */
export const nodeLabels: Record<ObservableRequirementId["node-labels"], Deviation> = {
  "node-labels.hostname": {
    summary: "calls its host localhost in its label",
    ...labelling((labels, node) => {
      if (labels["kubernetes.io/hostname"] === metadataName(node)) labels["kubernetes.io/hostname"] = "localhost";
    }),
  },
  "node-labels.os": { summary: "labels the node with Linux", ...relabelling("os", "linux", "Linux") },
  "node-labels.arch": {
    summary: "labels the node with the kernel's name of the architecture",
    ...relabelling("arch", undefined, "x86_64"),
  },
  "node-labels.beta-twins": {
    summary: "leaves out the deprecated label of the architecture",
    ...creating("labels", (labels) => {
      if (labels["beta.kubernetes.io/arch"] !== "tests") delete labels["beta.kubernetes.io/arch"];
    }),
  },
  "node-labels.attach-detach": {
    summary: "says nothing of who attaches volumes",
    ...creating("annotations", (annotations) => void delete annotations[attachDetach]),
  },
  "node-labels.attach-detach-off": {
    summary: "leaves attaching to the controller although it is told to do it itself",
    ...creating("annotations", (annotations) => void (annotations[attachDetach] = "true")),
  },
  "node-labels.create.no-taints": {
    summary: "taints a new node by itself",
    node: (node, { purpose }) =>
      purpose === "create"
        ? withTaints(node, (taints) => [...taints, { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }])
        : node,
  },
  "node-labels.taints.register": {
    summary: "ignores registerWithTaints",
    node: (node, { purpose }) =>
      purpose === "create" ? withTaints(node, (taints) => taints.filter(({ key }) => key === uninitialized)) : node,
  },
  "node-labels.taints.cloud-provider": {
    summary: "does not wait for the cloud provider",
    node: (node, { purpose }) =>
      purpose === "create" ? withTaints(node, (taints) => taints.filter(({ key }) => key !== uninitialized)) : node,
  },
  "node-labels.provided-node-ip": {
    summary: "does not tell the cloud provider its address",
    node: (node) => withMetadata(node, "annotations", (annotations) => void delete annotations["alpha.kubernetes.io/provided-node-ip"]),
  },
  "node-labels.provider-id": {
    summary: "leaves the provider's id to the provider",
    node: (node, { purpose }) => (purpose === "create" ? withSpec(node, (spec) => void delete spec["providerID"]) : node),
  },
  "node-labels.cordoned": {
    summary: "says that it is cordoned, without the taint",
    node: (node, { purpose }) =>
      purpose === "create" ? withTaints(node, (taints) => taints.filter(({ key }) => key !== "node.kubernetes.io/unschedulable")) : node,
  },
  "node-labels.flag.own": {
    summary: "sets only labels of kubernetes.io",
    ...dropping((name) => !name.includes("kubernetes.io/") || name.startsWith("not-")),
  },
  "node-labels.flag.kubelet-namespaces": {
    summary: "drops labels of the kubelet's own namespaces",
    ...dropping((name) => /(^|\.)(kubelet|node)\.kubernetes\.io\/tests/.test(name)),
  },
  "node-labels.flag.allowed": {
    summary: "leaves regions to the cloud provider",
    ...dropping((name) => name === "topology.kubernetes.io/region"),
  },
  "node-labels.flag.overrides": {
    summary: "knows its host's name better than --node-labels",
    ...creating("labels", (labels, node) => void (labels["kubernetes.io/hostname"] = metadataName(node))),
  },
  "node-labels.flag.unknown": taking("takes any label directly in kubernetes.io and k8s.io", (name) =>
    /^(sub\.)?(kubernetes|k8s)\.io\/tests$/.test(name),
  ),
  "node-labels.flag.role": taking("lets itself be labelled as a control plane", (name) => name.startsWith("node-role.")),
  "node-labels.flag.restriction": taking("takes labels that are for administrators", (name) => name.startsWith("node-restriction.")),
  "node-labels.flag.refusal-text": {
    summary: "does not say which labels it would take",
    labels: { words: (message) => message.split("\n")[0] ?? "" },
  },
  "node-labels.flag.syntax": taking("takes values that no label can have", (_name, value) => value.includes(" ")),
  "node-labels.existing.defaults": {
    summary: "does not look at the labels of a node that is there",
    ...reconciling("labels", (labels, before) => void (labels["beta.kubernetes.io/os"] = before["beta.kubernetes.io/os"])),
  },
  "node-labels.existing.foreign": {
    summary: "clears labels that are not its own from a node that is there",
    ...reconciling("labels", (labels) => {
      for (const name of Object.keys(labels)) if (!name.includes("kubernetes.io/")) delete labels[name];
    }),
  },
  "node-labels.existing.flag-not-added": {
    summary: "adds the labels of --node-labels to a node that is there",
    ...reconciling("labels", (labels, _before, fresh) => void Object.assign(labels, fresh)),
  },
  "node-labels.existing.flag-known": {
    summary: "leaves the zone of a node that is there as it is",
    ...reconciling("labels", (labels, before) => {
      const zone = "topology.kubernetes.io/zone";
      if (before[zone] === undefined) delete labels[zone];
    }),
  },
  "node-labels.existing.taints-not-added": {
    summary: "taints a node that is there, too",
    api: (client) => ({
      ...client,
      send: async (request) => {
        const answer = await client.send(request);
        if (request.method !== "POST" || request.path !== "/api/v1/nodes" || answer.code !== 409) return answer;
        const name = metadataName(request.body ?? {});
        const path = `/api/v1/nodes/${typeof name === "string" ? name : ""}`;
        const existing = (await client.send({ method: "GET", path })).body;
        const both = withTaints(existing, (taints) => [...taints, ...taintsOf(request.body ?? {})]);
        await client.send({ method: "PATCH", path, body: { spec: { taints: taintsOf(both) } } });
        return answer;
      },
    }),
  },
  "node-labels.existing.annotation": {
    summary: "leaves the attach-detach annotation of a node that is there as it is",
    ...reconciling("annotations", (annotations, before) => void (annotations[attachDetach] = before[attachDetach])),
  },
  "node-labels.register-off": {
    summary: "puts its labels right on a node that it must not register",
    ...labelling((labels, node) => {
      if (labels["kubernetes.io/hostname"] === "given-by-somebody") labels["kubernetes.io/hostname"] = metadataName(node);
    }),
  },
  "node-labels.kept": {
    summary: "looks at its labels only when it registers",
    node: (node, { purpose, before }) =>
      purpose === "status"
        ? withMetadata(node, "labels", (labels) => {
            for (const name of ["kubernetes.io/os", "kubernetes.io/arch"]) labels[name] = metadataOf(before, "labels")[name];
          })
        : node,
  },
  "node-labels.edited": {
    summary: "removes labels that others have added, with each status",
    node: (node, { purpose }) =>
      purpose === "status" ? withMetadata(node, "labels", (labels) => void delete labels["example.com/edited"]) : node,
  },
};

/** Both names of a default, unless --node-labels gives another value. */
function relabelling(name: "os" | "arch", from: string | undefined, to: string): Pick<Deviation, "node"> {
  return labelling((labels) => {
    for (const label of [`kubernetes.io/${name}`, `beta.kubernetes.io/${name}`]) {
      const value = labels[label];
      const isOwn = from === undefined ? value === "amd64" || value === "arm64" : value === from;
      if (isOwn) labels[label] = to;
    }
  });
}

function dropping(isDropped: (name: string) => boolean): Pick<Deviation, "node"> {
  return creating("labels", (labels) => {
    for (const name of Object.keys(labels)) if (isDropped(name)) delete labels[name];
  });
}

function taking(summary: string, takes: (name: string, value: string) => boolean): Deviation {
  return { summary, labels: { takes } };
}

function metadataName({ metadata }: JsonObject): Json | undefined {
  return typeof metadata === "object" && metadata !== null && "name" in metadata ? metadata.name : undefined;
}
