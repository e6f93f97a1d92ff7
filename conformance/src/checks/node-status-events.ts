import type { JsonObject, KubeObject } from "@kubelet-conformance/control-plane";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { becomesNode, editSpec, editStatus } from "./node-edit.ts";
import { controlPlaneOf, nodeOf, objectAt, shown } from "./node-object.ts";
import { readyWithoutNetwork } from "./node-status-conditions.ts";

/** What a kubelet tells of its conditions at the start (pkg/kubelet/nodestatus/setters.go). */
const states = ["NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"];

const patienceMs = 5_000;

/** An API server keeps events for an hour. */
const forgotten = "the API server remembers no start of this kubelet, which it does for an hour";

/** `node-status.events.*`. */
export const events = {
  "node-status.events.starting": async (context) => {
    const told = await eventsOf(context);
    if (told.some(isStart)) return;
    if (!context.target.controlPlane) context.notApplicable(forgotten);
    throw new Broken("a Normal event Starting about the node", reasonsOf(told));
  },

  "node-status.events.conditions": async (context) => {
    if (context.target.controlPlane) return tells(context, states);
    const told = await eventsOf(context);
    if (states.every((state) => told.some(({ reason }) => reason === state))) return;
    if (!told.some(isStart)) context.notApplicable(forgotten);
    throw new Broken(`the events ${states.join(", ")}`, reasonsOf(told));
  },

  "node-status.events.ready": async (context) => {
    await readyWithoutNetwork(context);
    await tells(context, ["NodeNotReady", "NodeReady"]);
  },

  "node-status.events.schedulable": async (context) => {
    await editSpec(context, { unschedulable: true });
    await tells(context, ["NodeNotSchedulable"]);
    await editSpec(context, { unschedulable: false });
    await tells(context, ["NodeSchedulable"]);
  },

  "node-status.events.rebooted": async (context) => {
    const bootIdOf = (value: unknown): string => shown(objectAt(value, "/status/nodeInfo")["bootID"]);
    const own = bootIdOf(await nodeOf(context));
    await editStatus(context, (status) => ({
      ...status,
      // What a status holds is JSON.
      nodeInfo: { ...(objectAt(status, "/nodeInfo") as JsonObject), bootID: "earlier" },
    }));
    await becomesNode(context, (node) => bootIdOf(node) === own, { expected: `bootID ${own} again`, actual: bootIdOf });
    await tells(context, ["Rebooted"], "Warning");
  },

  "node-status.events.source": async (context) => {
    const { nodeName } = context.target;
    for (const event of await eventsOf(context)) {
      const { component, host } = objectAt(event, "/source");
      if (component !== "kubelet" || host !== nodeName)
        throw new Broken(`source kubelet on ${nodeName} of ${shown(event["reason"])}`, `${shown(component)} on ${shown(host)}`);
    }
  },

  "node-status.events.namespace": async (context) => {
    const odd = (await eventsOf(context)).find(({ metadata }) => metadata.namespace !== "default");
    if (odd) throw new Broken("events in the namespace default", `${shown(odd["reason"])} in ${shown(odd.metadata.namespace)}`);
  },
} satisfies Partial<AreaChecks<"node-status">>;

/** Waits for events of these reasons: one may come later than the status that it is about. */
async function tells(context: CheckContext, reasons: readonly string[], type = "Normal"): Promise<void> {
  const { requests } = controlPlaneOf(context);
  const isTold = (): boolean =>
    reasons.every((reason) =>
      requests.all({ resource: "events" }).some(({ body }) => body?.["reason"] === reason && body["type"] === type),
    );
  const limited = AbortSignal.any([context.signal, AbortSignal.timeout(patienceMs)]);
  await requests.until(() => isTold() || undefined, { signal: limited }).catch(() => {});
  if (!isTold()) throw new Broken(`the ${type} events ${reasons.join(", ")}`, reasonsOf(await eventsOf(context)));
}

/** Reasons of events about nodes that others than kubelets write, too. */
const ofOthers = /^(RegisteredNode|RemovingNode|DeletingNode|CIDR|Synced|Drain)/;

/** What the kubelet has told of its node. An API server forgets events after an hour, so that there may be none on a live cluster. */
async function eventsOf(context: CheckContext): Promise<KubeObject[]> {
  const { cluster, controlPlane } = context.target;
  if (!cluster) throw new Blocked("node-object");
  const { name } = (await nodeOf(context)).metadata;
  const fields = `involvedObject.kind=Node,involvedObject.name=${name}`;
  const found = (await cluster.list("events", undefined, context.signal, fields)).filter((event) => {
    const { kind, name: about } = objectAt(event, "/involvedObject");
    // Who writes by way of events.k8s.io, as kube-proxy does, has no source.
    const by = objectAt(event, "/source")["component"] || event["reportingComponent"] || "kubelet";
    const isByOthers = ofOthers.test(shown(event["reason"])) || (by !== "kubelet" && !controlPlane);
    return kind === "Node" && about === name && !isByOthers;
  });
  if (found.length === 0 && !controlPlane) context.notApplicable("the API server remembers no event of the kubelet about this node");
  return found;
}

function isStart({ reason, type }: KubeObject): boolean {
  return reason === "Starting" && type === "Normal";
}

function reasonsOf(told: readonly KubeObject[]): string {
  return told.map(({ reason }) => shown(reason)).join(", ") || "none";
}
