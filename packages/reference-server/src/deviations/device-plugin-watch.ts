import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { usualRules } from "../device-plugins/rules.ts";
import type { Deviation } from "./deviation.ts";

const { counts, listed } = usualRules;

/** Wrong counts of devices. */
export const watchDeviations = {
  "device-plugins.watch.opened": {
    summary: "watches a plugin's devices with a deadline",
    devicePlugins: { watchTimeoutMs: 3_600_000 },
  },
  "device-plugins.watch.capacity": {
    summary: "counts no more than ten devices",
    devicePlugins: { counts: (devices) => counts(new Map([...devices].slice(0, 10))) },
  },
  "device-plugins.watch.unhealthy": {
    summary: "forgets unhealthy devices altogether",
    devicePlugins: {
      listed: (devices, earlier) =>
        listed(
          devices.filter(({ health }) => health !== "Unhealthy"),
          earlier,
        ),
    },
  },
  "device-plugins.watch.recovered": {
    summary: "never takes a device for healthy that was unhealthy once",
    devicePlugins: {
      listed(devices, earlier) {
        // Without their plugin all of them are unhealthy, which is another matter.
        const wasAway = [...earlier.values()].every((isHealthy) => !isHealthy);
        return new Map([...listed(devices, earlier)].map(([id, isHealthy]) => [id, isHealthy && (wasAway || earlier.get(id) !== false)]));
      },
    },
  },
  "device-plugins.watch.other-health": {
    summary: "reads a device's health whatever its case",
    devicePlugins: {
      listed: (devices) => new Map(devices.map(({ ID, health }) => [ID, health.toLowerCase() === "healthy"])),
    },
  },
  "device-plugins.watch.added": {
    summary: "takes no device that was not in the first list",
    devicePlugins: {
      listed: (devices, earlier) =>
        listed(
          devices.filter(({ ID }) => earlier.size === 0 || earlier.has(ID)),
          earlier,
        ),
    },
  },
  "device-plugins.watch.removed": {
    summary: "keeps devices that are no longer listed",
    devicePlugins: { listed: (devices, earlier) => new Map([...earlier, ...listed(devices, earlier)]) },
  },
  "device-plugins.watch.several": {
    summary: "tells resources apart by their types alone",
    devicePlugins: { resourceKey: (resourceName) => resourceName.replace(/^.*\//, "") },
  },
  "device-plugins.gone.unallocatable": {
    summary: "keeps the devices of a plugin that went away allocatable",
    devicePlugins: { afterLeaving: (devices) => new Map(devices) },
  },
  "device-plugins.gone.back": {
    summary: "takes no devices of a plugin that went away before",
    devicePlugins: { takesBack: false },
  },
  "device-plugins.gone.forgotten": {
    summary: "never forgets the devices of a plugin that went away",
    wait: (what, milliseconds) => (what === "device-plugin-gone" ? milliseconds * 1000 : milliseconds),
  },
} satisfies Partial<Record<ObservableRequirementId["device-plugins"], Deviation>>;
