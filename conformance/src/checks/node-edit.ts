import type { JsonObject, KubeObject } from "@kubelet-conformance/control-plane";
import { Broken, type CheckContext } from "../engine/check.ts";
import { controlPlaneOf, nodeOf, objectAt } from "./node-object.ts";

/** More statuses than a kubelet needs to notice what changed. */
const enough = 5;

/** Changes the status of the node, as the control plane may. */
export async function editStatus(context: CheckContext, change: (status: JsonObject) => JsonObject): Promise<void> {
  const node = await nodeOf(context);
  // What a Node object holds is JSON.
  const status = change(objectAt(node, "/status") as JsonObject);
  controlPlaneOf(context).state.update("nodes", { ...node, status }, { subresource: "status" });
}

/** Changes the spec of the node, as an administrator may. */
export async function editSpec(context: CheckContext, members: JsonObject): Promise<void> {
  const node = await nodeOf(context);
  // The same.
  controlPlaneOf(context).state.update("nodes", { ...node, spec: { ...objectAt(node, "/spec"), ...members } as JsonObject });
}

/** Waits for a status that the kubelet began to make after now: one patch may be under way. */
export async function statusAfter(context: CheckContext): Promise<KubeObject> {
  const { requests } = controlPlaneOf(context);
  const last = written(context) + 1;
  await requests.until(() => written(context) > last || undefined, { signal: context.signal });
  return nodeOf(context);
}

/** Waits until the node is as it must become, for as long as a kubelet takes to write some statuses. Fails the requirement otherwise. */
export async function becomesNode(
  context: CheckContext,
  is: (node: KubeObject) => boolean,
  told: { expected: string; actual: (node: KubeObject) => string },
): Promise<KubeObject> {
  const { requests, state } = controlPlaneOf(context);
  const { name } = (await nodeOf(context)).metadata;
  const last = written(context) + enough;
  const now = (): KubeObject => state.get("nodes", { name }) ?? { metadata: { name } };
  await requests.until(() => is(now()) || written(context) > last || undefined, { signal: context.signal });
  const node = now();
  if (!is(node)) throw new Broken(told.expected, told.actual(node));
  return node;
}

function written(context: CheckContext): number {
  return controlPlaneOf(context).requests.count({ resource: "nodes/status", verb: "patch", status: 200 });
}
