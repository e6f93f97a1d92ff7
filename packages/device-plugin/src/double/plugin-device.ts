import { healthy } from "../constants.ts";

/** A device as the double lists it. */
export interface PluginDevice {
  id: string;
  /** Default `Healthy`. */
  health?: string;
  /** Ids of the NUMA nodes to which it is near. Default: it says nothing of them. */
  numaNodes?: readonly number[];
}

interface ListedDevice {
  ID: string;
  health: string;
  topology?: { nodes: { ID: bigint }[] };
}

/** The devices of a plugin, and how to follow their changes. */
export interface DeviceList {
  set: (devices: readonly PluginDevice[]) => void;
  /** The list as it is, and anew after each change, until the signal. */
  follow(signal: AbortSignal): AsyncIterable<ListedDevice[]>;
}

export function createDeviceList(first: readonly PluginDevice[]): DeviceList {
  let devices = first;
  let changed = Promise.withResolvers<void>();
  return {
    set(next) {
      devices = next;
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
    async *follow(signal) {
      const over = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      while (!signal.aborted) {
        // Taken before the list is sent: a change meanwhile must not be lost.
        const { promise } = changed;
        yield devices.map(listed);
        await Promise.race([promise, over]);
      }
    },
  };
}

function listed({ id, health = healthy, numaNodes }: PluginDevice): ListedDevice {
  const topology = numaNodes && { nodes: numaNodes.map((node) => ({ ID: BigInt(node) })) };
  return { ID: id, health, ...(topology ? { topology } : {}) };
}
