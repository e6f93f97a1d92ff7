import type { KubeObject } from "@kubelet-conformance/control-plane";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { statusAfter } from "./node-edit.ts";
import { annotationsOf, controlPlaneOf, labelsOf, nodeOf, objectAt, objectsAt, shown, taintsOf } from "./node-object.ts";
import { launched } from "./node-labels-launch.ts";

const attachDetach = "volumes.kubernetes.io/controller-managed-attach-detach";

/** `spec/requirements/node-labels.yaml`. */
export const nodeLabels: AreaChecks<"node-labels"> = {
  ...launched,

  "node-labels.hostname": async (context) => {
    const value = labelsOf(await nodeOf(context))["kubernetes.io/hostname"];
    // On a live cluster only the kubelet's command line says what it should be.
    const { controlPlane, nodeName } = context.target;
    const isRight = controlPlane ? value === nodeName : typeof value === "string" && value !== "";
    if (!isRight) throw new Broken(`kubernetes.io/hostname=${controlPlane ? nodeName : "the host's name"}`, shown(value));
  },

  "node-labels.os": (context) => sameAsInfo(context, "kubernetes.io/os", "operatingSystem"),
  "node-labels.arch": (context) => sameAsInfo(context, "kubernetes.io/arch", "architecture"),

  "node-labels.beta-twins": async (context) => {
    const labels = labelsOf(await nodeOf(context));
    for (const name of ["os", "arch"]) {
      const [stable, beta] = [labels[`kubernetes.io/${name}`], labels[`beta.kubernetes.io/${name}`]];
      if (beta === undefined || beta !== stable) throw new Broken(`beta.kubernetes.io/${name}=${shown(stable)}`, shown(beta));
    }
  },

  "node-labels.attach-detach": async (context) => {
    const value = annotationsOf(await nodeOf(context))[attachDetach];
    if (value !== "true") throw new Broken(`the annotation ${attachDetach}: "true"`, shown(value));
  },

  "node-labels.create.no-taints": async (context) => {
    const { requests } = controlPlaneOf(context);
    const [created] = requests.all({ resource: "nodes", verb: "create", status: 201 });
    if (!created?.body) throw new Broken("a request that creates the node", "none");
    const taints = taintsOf(created.body);
    if (taints.length > 0) throw new Broken("no taints in the new node", taints.join(", "));
  },

  "node-labels.kept": async (context) => {
    const [{ state }, node] = [controlPlaneOf(context), await nodeOf(context)];
    const names = ["kubernetes.io/os", "kubernetes.io/arch"];
    const { "kubernetes.io/arch": _arch, ...rest } = labelsOf(node);
    const labels = { ...rest, "kubernetes.io/os": "changed" };
    state.update("nodes", { ...node, metadata: { ...node.metadata, labels } });
    await statusAfter(context);
    const now = labelsOf(await nodeOf(context));
    for (const name of names) {
      const wanted = labelsOf(node)[name];
      if (now[name] !== wanted) throw new Broken(`${name}=${shown(wanted)} again`, shown(now[name]));
    }
  },

  "node-labels.edited": async (context) => {
    const [{ state }, node] = [controlPlaneOf(context), await nodeOf(context)];
    // An edit of what a Node object holds stays JSON.
    state.update("nodes", edited(node) as KubeObject);
    await statusAfter(context);
    const after = await nodeOf(context);
    for (const [kind, values] of [["label", labelsOf(after)] as const, ["annotation", annotationsOf(after)] as const]) {
      if (values[editedName] !== "yes") throw new Broken(`the ${kind} ${editedName} that was added`, JSON.stringify(values));
    }
    const taints = taintsOf(after);
    if (!taints.includes(`${editedName}:PreferNoSchedule`)) throw new Broken("the taint that was added", taints.join(", ") || "none");
  },
};

const editedName = "example.com/edited";

function edited(node: KubeObject): object {
  const added = { [editedName]: "yes" };
  const metadata = { ...node.metadata, labels: { ...labelsOf(node), ...added }, annotations: { ...annotationsOf(node), ...added } };
  const taints = [...objectsAt(node, "/spec/taints"), { key: editedName, effect: "PreferNoSchedule" }];
  return { ...node, metadata, spec: { ...objectAt(node, "/spec"), taints } };
}

async function sameAsInfo(context: CheckContext, label: string, member: string): Promise<void> {
  const node = await nodeOf(context);
  const [value, wanted] = [labelsOf(node)[label], objectAt(node, "/status/nodeInfo")[member]];
  if (value === undefined || value !== wanted) throw new Broken(`${label}=${shown(wanted)}, as nodeInfo.${member} has it`, shown(value));
}
