import type { JsonObject } from "@kubelet-conformance/control-plane";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { becomesNode, editStatus, statusAfter } from "./node-edit.ts";
import { objectAt, objectsAt, shown } from "./node-object.ts";

const resource = "example.com/dongle";
const volume = "kubernetes.io/csi/example.com^tests";
const networkUnavailable = {
  type: "NetworkUnavailable",
  status: "False",
  reason: "RouteCreated",
  message: "written by somebody else",
  lastHeartbeatTime: "2026-01-01T00:00:00Z",
  lastTransitionTime: "2026-01-01T00:00:00Z",
};

/** What becomes of that which others write in the status. */
export const shared = {
  "node-status.conditions.foreign": async (context) => {
    await editStatus(context, (status) => {
      const others = conditionsIn(status).filter(({ type }) => type !== networkUnavailable.type);
      return { ...status, conditions: [...others, networkUnavailable] };
    });
    const after = objectsAt(await statusAfter(context), "/status/conditions").find(({ type }) => type === networkUnavailable.type);
    const [wanted, found] = [networkUnavailable, after].map(textOf);
    if (wanted !== found) throw new Broken(`the condition ${wanted} of somebody else`, found ?? "none");
  },

  "node-status.conditions.taken-back": async (context) => {
    const type = "PIDPressure";
    const unknown = { status: "Unknown", reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status." };
    await editStatus(context, (status) => ({
      ...status,
      conditions: conditionsIn(status).map((condition) => (condition["type"] === type ? { ...condition, ...unknown } : condition)),
    }));
    const condition = (node: JsonObject) => objectsAt(node, "/status/conditions").find((entry) => entry["type"] === type);
    await becomesNode(
      context,
      (node) => {
        const { status, reason, message } = condition(node) ?? {};
        return status === "False" && reason !== unknown.reason && message !== unknown.message;
      },
      { expected: `${type} False again, with a reason and a message of the kubelet's`, actual: (node) => textOf(condition(node)) },
    );
  },

  "node-status.capacity.extended": async (context) => {
    await advertise(context, "4");
    for (const list of ["capacity", "allocatable"]) {
      await becomesNode(context, (node) => amount(node, list) === "4", {
        expected: `4 of ${resource} in ${list}, as somebody else advertises`,
        actual: (node) => shown(amount(node, list)),
      });
    }
    const kept = amount(await statusAfter(context), "capacity");
    if (kept !== "4") throw new Broken(`4 of ${resource} in capacity still`, shown(kept));
  },

  "node-status.allocatable.extended-gone": async (context) => {
    await advertise(context, "4");
    await becomesNode(context, (node) => amount(node, "allocatable") !== undefined, {
      expected: `${resource} in allocatable`,
      actual: (node) => shown(amount(node, "allocatable")),
    });
    await advertise(context, undefined);
    await becomesNode(context, (node) => amount(node, "allocatable") === undefined, {
      expected: `no ${resource} in allocatable, since capacity has none`,
      actual: (node) => shown(amount(node, "allocatable")),
    });
  },

  "node-status.volumes.in-use": async (context) => {
    await editStatus(context, (status) => ({ ...status, volumesInUse: [volume] }));
    const inUse = (node: JsonObject) => shown(objectAt(node, "/status")["volumesInUse"]);
    await becomesNode(context, (node) => !inUse(node).includes(volume), {
      expected: `volumesInUse without ${volume}, which no pod here uses`,
      actual: inUse,
    });
  },

  "node-status.volumes.attached": async (context) => {
    await editStatus(context, (status) => ({ ...status, volumesAttached: [{ name: volume, devicePath: "" }] }));
    const attached = shown(objectAt(await statusAfter(context), "/status")["volumesAttached"]);
    if (!attached.includes(volume)) throw new Broken(`${volume} in volumesAttached, where the control plane has put it`, attached);
  },
} satisfies Partial<AreaChecks<"node-status">>;

function conditionsIn(status: JsonObject): JsonObject[] {
  // What a status holds is JSON.
  return objectsAt(status, "/conditions") as JsonObject[];
}

function textOf(condition: Readonly<Record<string, unknown>> | undefined): string {
  if (condition === undefined) return "none";
  return ["type", "status", "reason", "message"].map((member) => shown(condition[member])).join(" ");
}

function amount(node: JsonObject, list: string): unknown {
  return objectAt(node, `/status/${list}`)[resource];
}

/** Writes how much of the resource there is, as the page on extended resources has it; undefined: takes it out of capacity. */
async function advertise(context: CheckContext, quantity: string | undefined): Promise<void> {
  await editStatus(context, (status) => {
    // What a status holds is JSON.
    const { [resource]: _before, ...capacity } = objectAt(status, "/capacity") as Readonly<Record<string, string>>;
    return { ...status, capacity: quantity === undefined ? capacity : { ...capacity, [resource]: quantity } };
  });
}
