import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { samples } from "../target/prometheus.ts";
import { untilCounted } from "./device-plugin-counts.ts";
import { resourceOf, twoDevices, withPlugin, withRegistered } from "./device-plugin-play.ts";
import { withPod } from "./device-plugin-pod.ts";
import { requireRefusal } from "./device-plugin-registration.ts";

/** What is counted of plugins. */
export const pluginMetrics = {
  "device-plugins.metrics.registrations": (context) =>
    withRegistered(context, {}, async ({ resourceName }) => {
      const count = await valueOf(context, "kubelet_device_plugin_registration_total", resourceName);
      if (count !== 1) throw new Broken(`kubelet_device_plugin_registration_total of ${resourceName} to be 1`, String(count ?? "absent"));
    }),

  "device-plugins.metrics.refused": (context) =>
    withPlugin(context, {}, async (plugin) => {
      const change = { version: "v1alpha1" };
      requireRefusal(await plugin.register(change, context.signal), change);
      const count = await valueOf(context, "kubelet_device_plugin_registration_total", resourceOf(context));
      if (count !== 1) throw new Broken("a refused registration to be counted", String(count ?? "absent"));
    }),

  "device-plugins.metrics.allocations": (context) =>
    withRegistered(context, {}, async (plugin) => {
      await untilCounted(context, plugin, { capacity: twoDevices.length, allocatable: twoDevices.length });
      await withPod(context, plugin, {}, (pod) => pod.container());
      const count = await valueOf(context, "kubelet_device_plugin_alloc_duration_seconds_count", plugin.resourceName);
      if (count === undefined || count < 1) throw new Broken("an allocation that is timed", String(count ?? "absent"));
    }),
} satisfies Partial<AreaChecks<"device-plugins">>;

async function valueOf(context: CheckContext, family: string, resourceName: string): Promise<number | undefined> {
  const text = (await context.send({ target: "/metrics" })).body.toString();
  return samples(text, family).find(({ labels }) => labels["resource_name"] === resourceName)?.value;
}
