import { healthy } from "../constants.ts";

/** A device as the double lists it. */
export interface PluginDevice {
  id: string;
  /** Default `Healthy`. */
  health?: string;
}

/** The devices of a plugin, and how to follow their changes. */
export interface DeviceList {
  set: (devices: readonly PluginDevice[]) => void;
  /** The list as it is, and anew after each change, until the signal. */
  follow(signal: AbortSignal): AsyncIterable<{ ID: string; health: string }[]>;
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
        yield devices.map(({ id, health = healthy }) => ({ ID: id, health }));
        await Promise.race([promise, over]);
      }
    },
  };
}
