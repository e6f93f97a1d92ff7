import type { DevicePluginDouble } from "@kubelet-conformance/device-plugin/double";
import { Blocked, type CheckContext } from "../engine/check.ts";
import { pointer } from "../engine/json-pointer.ts";
import { awaited, planeOf } from "./device-plugin-play.ts";

/** How many devices of a resource the node has. */
export interface Counts {
  capacity: number;
  allocatable: number;
}

/** What the Node object says of a resource; undefined: it does not name it. */
export function countsOf(context: CheckContext, resourceName: string): Counts | undefined {
  const { nodeName } = context.target;
  if (nodeName === undefined) throw new Blocked("node-object");
  const status = planeOf(context).state.get("nodes", { name: nodeName })?.["status"];
  const [capacity, allocatable] = ["capacity", "allocatable"].map((list) => pointer(status, `/${list}/${resourceName.replace("/", "~1")}`));
  return capacity === undefined && allocatable === undefined ? undefined : { capacity: Number(capacity), allocatable: Number(allocatable) };
}

/** Waits until the node counts the plugin's devices so; fails the requirement when it does not come to that. */
export async function untilCounted(context: CheckContext, { resourceName }: DevicePluginDouble, expected: Counts): Promise<void> {
  const show = (counts: Counts | undefined): string =>
    counts ? `capacity ${counts.capacity} and allocatable ${counts.allocatable} of ${resourceName}` : `no ${resourceName} on the node`;
  const look = (): true | undefined => {
    const counts = countsOf(context, resourceName);
    return counts?.capacity === expected.capacity && counts.allocatable === expected.allocatable ? true : undefined;
  };
  await awaited(
    context,
    show(expected),
    (signal) => planeOf(context).state.until(look, { signal }),
    () => show(countsOf(context, resourceName)),
  );
}
