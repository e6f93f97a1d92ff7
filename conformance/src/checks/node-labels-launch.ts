import type { KubeObject } from "@kubelet-conformance/control-plane";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import type { LaunchOptions } from "../target/cluster.ts";
import { annotationsOf, labelsOf, launchedNode, nodeOf, objectAt, refusalOf, shown, taintsOf } from "./node-object.ts";

const attachDetach = "volumes.kubernetes.io/controller-managed-attach-detach";

/** The labels of those that `--node-labels` may set by name, with a value for each that no kubelet would choose. */
const settable = [
  "kubernetes.io/hostname",
  "kubernetes.io/os",
  "kubernetes.io/arch",
  "beta.kubernetes.io/os",
  "beta.kubernetes.io/arch",
  "beta.kubernetes.io/instance-type",
  "node.kubernetes.io/instance-type",
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
];

const dedicated = "example.com/dedicated";
const zone = "topology.kubernetes.io/zone";

/** Labels of other kinds that `--node-labels` may set. */
const own = { plain: "one", "example.com/own": "two", "not-kubernetes.io/own": "three" };
const ofKubelet = { "kubelet.kubernetes.io/tests": "one", "node.kubernetes.io/tests": "two", "sub.node.kubernetes.io/tests": "three" };

/** Kubelets that differ from the one under test; each is started once for all checks that look at its node. */
const withLabels = { flags: { "node-labels": listOf({ ...own, ...ofKubelet, ...byName(settable) }) } };
const withCloudProvider = { flags: { "cloud-provider": "external" } };
const withConfiguration = {
  configuration: {
    enableControllerAttachDetach: false,
    registerWithTaints: [{ key: dedicated, value: "tests", effect: "NoSchedule" }],
    providerID: "tests://this-machine",
  },
};

/** What kubelets do with `--node-labels`, with other configurations, and with a node that is there before them. */
export const launched = {
  "node-labels.attach-detach-off": async (context) => {
    const value = annotationsOf(await launchedNode(context, withConfiguration))[attachDetach];
    if (value !== undefined) throw new Broken(`no annotation ${attachDetach}`, shown(value));
  },

  "node-labels.taints.register": async (context) => {
    requireTaint(await launchedNode(context, withConfiguration), `${dedicated}=tests:NoSchedule`);
  },

  "node-labels.provider-id": async (context) => {
    const { providerID } = objectAt(await launchedNode(context, withConfiguration), "/spec");
    const wanted = withConfiguration.configuration.providerID;
    if (providerID !== wanted) throw new Broken(`spec.providerID ${wanted}`, shown(providerID));
  },

  "node-labels.cordoned": async (context) => {
    const node = await launchedNode(context, { flags: { "register-schedulable": "false" } });
    const { unschedulable } = objectAt(node, "/spec");
    if (unschedulable !== true) throw new Broken("spec.unschedulable true", shown(unschedulable));
    requireTaint(node, "node.kubernetes.io/unschedulable:NoSchedule");
  },

  "node-labels.taints.cloud-provider": async (context) => {
    requireTaint(await launchedNode(context, withCloudProvider), "node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule");
  },

  "node-labels.provided-node-ip": async (context) => {
    const { nodeIp } = context.target;
    const value = annotationsOf(await launchedNode(context, withCloudProvider))["alpha.kubernetes.io/provided-node-ip"];
    if (value !== nodeIp) throw new Broken(`alpha.kubernetes.io/provided-node-ip: "${nodeIp}"`, shown(value));
  },

  "node-labels.flag.own": (context) => sets(context, own),
  "node-labels.flag.kubelet-namespaces": (context) => sets(context, ofKubelet),
  "node-labels.flag.allowed": (context) => sets(context, byName(settable.filter((name) => !isDefault(name)))),
  // The other two are put right again by the first status.
  "node-labels.flag.overrides": (context) =>
    sets(context, byName(["kubernetes.io/hostname", "beta.kubernetes.io/os", "beta.kubernetes.io/arch"])),

  "node-labels.flag.unknown": async (context) => {
    for (const name of ["kubernetes.io/tests", "k8s.io/tests", "sub.k8s.io/tests"]) await refuses(context, { [name]: "yes" });
  },

  "node-labels.flag.role": (context) => refuses(context, { "node-role.kubernetes.io/control-plane": "" }),
  "node-labels.flag.restriction": (context) => refuses(context, { "node-restriction.kubernetes.io/tests": "yes" }),

  "node-labels.flag.refusal-text": async (context) => {
    const message = await refusalOf(context, { flags: { "node-labels": "b.k8s.io/x=1,a.kubernetes.io/x=1,example.com/x=1" } });
    const wanted = "unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: [a.kubernetes.io/x b.k8s.io/x]";
    const told = ["kubelet.kubernetes.io, node.kubernetes.io", ...settable].every((name) => message.includes(name));
    if (!message.includes(wanted) || !told)
      throw new Broken(`"${wanted}", and what it would take`, message.trim().split("\n").at(-1) ?? "");
  },

  "node-labels.flag.syntax": (context) => refuses(context, { "example.com/tests": "not a value" }),

  "node-labels.existing.defaults": async (context) => {
    const [fresh, node] = [await nodeOf(context), await launchedNode(context, onExisting(context))].map(labelsOf);
    for (const name of ["kubernetes.io/hostname", "beta.kubernetes.io/os"]) {
      const [wanted, value] = [fresh?.[name], node?.[name]];
      if (value === undefined || value !== wanted) throw new Broken(`${name}=${shown(wanted)}`, shown(value));
    }
  },

  "node-labels.existing.foreign": async (context) => {
    const node = await launchedNode(context, onExisting(context));
    for (const [kind, values] of [["label", labelsOf(node)] as const, ["annotation", annotationsOf(node)] as const]) {
      if (values["example.com/foreign"] !== "yes") throw new Broken(`the ${kind} example.com/foreign`, JSON.stringify(values));
    }
    requireTaint(node, "example.com/foreign:PreferNoSchedule");
  },

  "node-labels.existing.flag-not-added": async (context) => {
    const value = labelsOf(await launchedNode(context, onExisting(context)))["example.com/late"];
    if (value !== undefined) throw new Broken("no label example.com/late on a node that was there before", shown(value));
  },

  "node-labels.existing.flag-known": async (context) => {
    const value = labelsOf(await launchedNode(context, onExisting(context)))[zone];
    if (value !== "tests") throw new Broken(`${zone}=tests`, shown(value));
  },

  "node-labels.existing.taints-not-added": async (context) => {
    const taints = taintsOf(await launchedNode(context, onExisting(context)));
    const odd = taints.find((taint) => taint.startsWith(dedicated));
    if (odd !== undefined) throw new Broken(`no taint ${dedicated} on a node that was there before`, odd);
  },

  "node-labels.existing.annotation": async (context) => {
    const value = annotationsOf(await launchedNode(context, onExisting(context)))[attachDetach];
    if (value !== "true") throw new Broken(`the annotation ${attachDetach}: "true"`, shown(value));
  },

  "node-labels.register-off": async (context) => {
    const { nodeName: name = "" } = context.target;
    const labels = { "kubernetes.io/hostname": "given-by-somebody" };
    const node = await launchedNode(context, { configuration: { registerNode: false }, existing: [{ metadata: { name, labels } }] });
    if (objectAt(node, "/status/capacity")["cpu"] === undefined) throw new Broken("a status of the node that somebody created", "none");
    const { "kubernetes.io/os": _os, "kubernetes.io/arch": _arch, ...rest } = labelsOf(node);
    const others = { ...rest, ...annotationsOf(node) };
    if (JSON.stringify(others) !== JSON.stringify(labels))
      throw new Broken(`${JSON.stringify(labels)} and no more`, JSON.stringify(others));
  },
} satisfies Partial<AreaChecks<"node-labels">>;

/** A node of the kubelet's name is there already, as an earlier kubelet or an administrator may have left it. */
function onExisting({ target: { nodeName = "" } }: CheckContext): LaunchOptions {
  const foreign = { "example.com/foreign": "yes" };
  const capacity = { cpu: "1", memory: "1Gi", pods: "1" };
  const node: KubeObject = {
    metadata: {
      name: nodeName,
      labels: { ...foreign, "kubernetes.io/hostname": "wrong", "beta.kubernetes.io/os": "wrong" },
      annotations: { ...foreign, [attachDetach]: "false" },
    },
    spec: { taints: [{ key: "example.com/foreign", effect: "PreferNoSchedule" }] },
    status: { capacity, allocatable: capacity },
  };
  return {
    flags: { "node-labels": `example.com/late=yes,${zone}=tests` },
    configuration: { registerWithTaints: [{ key: dedicated, effect: "NoSchedule" }] },
    existing: [node],
  };
}

function byName(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, "tests"]));
}

/** Those that a kubelet sets by itself. */
function isDefault(name: string): boolean {
  return /(^|\.)kubernetes\.io\/(hostname|os|arch)$/.test(name);
}

/** Whether the kubelet that was given all labels has these. */
async function sets(context: CheckContext, labels: Readonly<Record<string, string>>): Promise<void> {
  const found = labelsOf(await launchedNode(context, withLabels));
  for (const [name, value] of Object.entries(labels)) {
    if (found[name] !== value) throw new Broken(`the label ${name}=${value}`, shown(found[name]));
  }
}

/** A kubelet may end for many reasons: the reason that counts names the label or its value. */
async function refuses(context: CheckContext, labels: Readonly<Record<string, string>>): Promise<void> {
  const message = await refusalOf(context, { flags: { "node-labels": listOf(labels) } });
  const named = Object.entries(labels).some(([name, value]) => message.includes(name) || (value !== "" && message.includes(value)));
  if (!named) throw new Broken(`an end that names the label ${listOf(labels)}`, message.trim().split("\n").at(-1) ?? "");
}

function listOf(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}

function requireTaint(node: KubeObject, taint: string): void {
  const taints = taintsOf(node);
  if (!taints.includes(taint)) throw new Broken(`the taint ${taint}`, taints.join(", ") || "none");
}
