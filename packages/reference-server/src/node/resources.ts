import { behaviour } from "@kubelet-conformance/types";
import { fileSystemOf } from "../metrics/machine.ts";
import type { KubeletState } from "../state.ts";
import type { MachineIdentity } from "./machine-identity.ts";
import { formatQuantity, minus, parseQuantity, quantity, unitsOf, type Quantity } from "./quantity.ts";

type Resources = ReadonlyMap<string, Quantity>;
type Texts = Readonly<Record<string, string>>;

/** What the node has, and what of it pods may ask for: nodestatus.MachineInfo. `before` is the status that the API server holds. */
export async function resourcesOf(
  state: KubeletState,
  machine: MachineIdentity,
  before: { capacity: Texts; allocatable: Texts },
): Promise<{ capacity: Texts; allocatable: Texts }> {
  const own = await ownCapacity(state, machine);
  const devices = Object.entries(state.devices?.capacity() ?? {});
  // Resources that somebody else advertises on the node stay.
  const capacity = new Map([...parsed(before.capacity), ...own]);
  for (const [name, device] of devices) capacity.set(name, quantity(device.capacity));

  const reserved = reservation(state, capacity, own);
  const extended = Object.entries(before.allocatable).filter(([name]) => capacity.has(name) || !name.includes("/"));
  const allocatable = parsed(Object.fromEntries(extended));
  for (const [name, value] of capacity) {
    const less = reserved.get(name);
    allocatable.set(name, less === undefined ? value : minus(value, less));
  }
  for (const [name, device] of devices) allocatable.set(name, quantity(device.allocatable));
  for (const [name, value] of capacity) {
    const memory = allocatable.get("memory");
    if (name.startsWith("hugepages-") && memory !== undefined) allocatable.set("memory", minus(memory, value));
  }
  return { capacity: written(capacity), allocatable: written(allocatable) };
}

async function ownCapacity(
  { configuration, rootDirectory, minor }: KubeletState,
  machine: MachineIdentity,
): Promise<Map<string, Quantity>> {
  const { maxPods, podsPerCore, isolatesLocalStorage } = configuration.node;
  const disk = isolatesLocalStorage ? await fileSystemOf(rootDirectory) : undefined;
  const pods = podsPerCore > 0 ? Math.min(machine.cores * podsPerCore, maxPods) : maxPods;
  return new Map<string, Quantity>([
    ["cpu", quantity(machine.cores)],
    ...(disk === undefined ? [] : [["ephemeral-storage", quantity(disk.capacityBytes, behaviour("node-object", minor).storage)] as const]),
    ...Object.entries(machine.hugePages).map(([name, bytes]) => [name, quantity(bytes, "binary")] as const),
    ["memory", quantity(machine.memoryBytes, "binary")],
    ["pods", quantity(pods)],
  ]);
}

/** What is kept from pods: for the system, for Kubernetes, and what eviction keeps free. */
function reservation({ configuration }: KubeletState, capacity: Resources, own: Resources): Map<string, Quantity> {
  const { systemReserved, kubeReserved, evictionHard } = configuration.node;
  const eviction = {
    memory: threshold(evictionHard["memory.available"], own.get("memory")),
    "ephemeral-storage": threshold(evictionHard["nodefs.available"], own.get("ephemeral-storage")),
  };
  const sum = new Map<string, Quantity>();
  for (const name of capacity.keys()) {
    const parts = [systemReserved[name], kubeReserved[name]].map((text) => parseQuantity(text ?? "0")?.milli ?? 0n);
    const kept = name === "memory" || name === "ephemeral-storage" ? eviction[name] : 0n;
    sum.set(name, { milli: parts.reduce((total, part) => total + part, kept), form: "decimal" });
  }
  return sum;
}

/** In thousandths, of a quantity or of a percentage of what there is. */
function threshold(text: string | undefined, capacity: Quantity | undefined): bigint {
  if (text === undefined || capacity === undefined) return 0n;
  if (!text.endsWith("%")) return parseQuantity(text)?.milli ?? 0n;
  return quantity(unitsOf(capacity) * Math.fround(Number.parseFloat(text) / 100)).milli;
}

function parsed(texts: Texts): Map<string, Quantity> {
  return new Map(
    Object.entries(texts).flatMap(([name, text]) => {
      const value = parseQuantity(text);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** By name, as Go writes maps. */
function written(resources: Resources): Texts {
  const byName = [...resources].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(byName.map(([name, value]) => [name, formatQuantity(value)]));
}
