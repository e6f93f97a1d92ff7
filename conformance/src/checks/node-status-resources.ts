import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { parseJson } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import { launchedNode, nodeOf, objectAt } from "./node-object.ts";
import { quantity } from "./quantity.ts";

type Amounts = Readonly<Record<string, unknown>>;
const mebi = 1024 ** 2;

/** A kubelet that is to keep a part of its machine to itself. */
export const limited = {
  configuration: {
    maxPods: 7,
    nodeStatusMaxImages: 0,
    evictionHard: { "memory.available": "64Mi" },
    systemReserved: { cpu: "100m" },
    kubeReserved: { cpu: "200m" },
  },
};

/** `node-status.capacity.*` and `node-status.allocatable.*`. */
export const resources = {
  "node-status.capacity.resources": async (context) => {
    for (const [list, amounts] of Object.entries(await amountsOf(context))) {
      const missing = ["cpu", "memory", "pods"].filter((name) => amounts[name] === undefined);
      if (missing.length > 0) throw new Broken(`cpu, memory and pods in ${list}`, Object.keys(amounts).join(", ") || "nothing");
    }
  },

  "node-status.capacity.ephemeral-storage": async (context) => {
    const configured = parseJson(await context.read({ target: "/configz" }))?.value;
    const isolates = pointer(configured, "/kubeletconfig/localStorageCapacityIsolation");
    if (isolates === undefined) throw new Blocked("configz");
    if (isolates === false) context.notApplicable("localStorageCapacityIsolation is off");
    for (const [list, amounts] of Object.entries(await amountsOf(context))) {
      if (amounts["ephemeral-storage"] === undefined) throw new Broken(`ephemeral-storage in ${list}`, Object.keys(amounts).join(", "));
    }
  },

  "node-status.capacity.quantities": async (context) => {
    for (const [list, amounts] of Object.entries(await amountsOf(context))) {
      for (const [name, amount] of Object.entries(amounts)) {
        const value = quantity(amount);
        if (value === undefined || value < 0) throw new Broken(`a quantity for ${name} in ${list}, not negative`, JSON.stringify(amount));
      }
    }
  },

  "node-status.capacity.keys": async (context) => {
    const { capacity, allocatable } = await amountsOf(context);
    const odd = Object.keys(allocatable).filter((name) => capacity[name] === undefined);
    if (odd.length > 0) throw new Broken("each resource of allocatable in capacity", `only in allocatable: ${odd.join(", ")}`);
  },

  "node-status.capacity.at-most": async (context) => {
    const { capacity, allocatable } = await amountsOf(context);
    for (const [name, amount] of Object.entries(allocatable)) {
      if ((quantity(amount) ?? 0) > (quantity(capacity[name]) ?? Infinity))
        throw new Broken(`at most ${String(capacity[name])} of ${name} in allocatable`, String(amount));
    }
  },

  "node-status.capacity.hugepages": async (context) => {
    const { capacity } = await amountsOf(context);
    for (const [name, amount] of Object.entries(capacity)) {
      const size = quantity(/^hugepages-(.+)$/.exec(name)?.[1]);
      if (size !== undefined && (quantity(amount) ?? 0) % size !== 0) throw new Broken(`${name} in multiples of its size`, String(amount));
    }
  },

  "node-status.capacity.max-pods": async (context) => {
    const pods = objectAt(await launchedNode(context, limited), "/status/capacity")["pods"];
    if (quantity(pods) !== 7) throw new Broken("7 pods in capacity with maxPods 7", String(pods));
  },

  "node-status.allocatable.eviction": async (context) => {
    const kept = await keptBack(context, "memory");
    if (Math.round(kept / mebi) !== 64) throw new Broken("64Mi of memory kept back for memory.available=64Mi", `${kept} bytes`);
  },

  "node-status.allocatable.reserved": async (context) => {
    const kept = await keptBack(context, "cpu");
    // Thousandths, in floating point.
    if (Math.round(kept * 1000) !== 300) throw new Broken("300m of cpu kept back: 100m and 200m", String(kept));
  },
} satisfies Partial<AreaChecks<"node-status">>;

async function amountsOf(context: CheckContext): Promise<{ capacity: Amounts; allocatable: Amounts }> {
  const node = await nodeOf(context);
  return { capacity: objectAt(node, "/status/capacity"), allocatable: objectAt(node, "/status/allocatable") };
}

/** What capacity has more than allocatable, of one resource, apart from huge pages that are set aside. */
async function keptBack(context: CheckContext, resource: "memory" | "cpu"): Promise<number> {
  const node = await launchedNode(context, limited);
  const capacity = objectAt(node, "/status/capacity");
  const amount = (list: Amounts, name: string): number => quantity(list[name]) ?? Number.NaN;
  const hugePages = Object.keys(capacity).filter((name) => resource === "memory" && name.startsWith("hugepages-"));
  const aside = hugePages.reduce((sum, name) => sum + amount(capacity, name), 0);
  return amount(capacity, resource) - amount(objectAt(node, "/status/allocatable"), resource) - aside;
}
