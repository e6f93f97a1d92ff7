import { createCounter, createHistogram, defaultBounds } from "../metrics/counter.ts";
import type { Family } from "../metrics/exposition.ts";

/** What is counted of device plugins, by resource. */
export interface PluginMetrics {
  registered(resourceName: string, times: number): void;
  allocated(resourceName: string, seconds: number): void;
  families: () => Family[];
}

export function createPluginMetrics(): PluginMetrics {
  const registrations = createCounter();
  const allocations = createHistogram(defaultBounds);
  return {
    registered: (resource, times) => times > 0 && registrations.add({ resource_name: resource }, times),
    allocated: (resource, seconds) => allocations.observe({ resource_name: resource }, seconds),
    families: () => [
      {
        name: "kubelet_device_plugin_alloc_duration_seconds",
        help: "[ALPHA] Duration in seconds to serve a device plugin Allocation request. Broken down by resource name.",
        type: "histogram",
        samples: allocations.samples(),
      },
      {
        name: "kubelet_device_plugin_registration_total",
        help: "[ALPHA] Cumulative number of device plugin registrations. Broken down by resource name.",
        type: "counter",
        samples: registrations.samples(),
      },
    ],
  };
}
