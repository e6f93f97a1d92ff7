import { type AreaChecks, Broken, type Check, type CheckContext } from "../engine/check.ts";
import type { DevicePluginDouble, PluginDevice } from "@kubelet-conformance/device-plugin/double";
import { type Counts, countsOf, untilCounted } from "./device-plugin-counts.ts";
import { accepted, called, planeOf, twoDevices, withRegistered } from "./device-plugin-play.ts";

const both = { capacity: 2, allocatable: 2 };
const eleven = Array.from({ length: 11 }, (_, index) => ({ id: `device-${index}` }));
const [first, second] = ["device-1", "device-2"];

/** How long a kubelet waits for a plugin to come back, in its own time. */
const goneMs = 300_000;

/** What a plugin's devices become on the node, and what is left of them without it. */
export const watchChecks = {
  "device-plugins.watch.opened": (context) =>
    withRegistered(context, {}, async (plugin) => {
      const { deadlineMs, endedAt } = await called(context, plugin, "ListAndWatch");
      if (deadlineMs !== undefined) throw new Broken("ListAndWatch without a deadline", `one of ${deadlineMs} ms`);
      if (endedAt !== undefined) throw new Broken("ListAndWatch to go on", "it ended");
    }),

  "device-plugins.watch.capacity": (context) =>
    withRegistered(context, { devices: eleven }, (plugin) => untilCounted(context, plugin, { capacity: 11, allocatable: 11 })),
  "device-plugins.watch.unhealthy": changing([[{ id: first }, { id: second, health: "Unhealthy" }], { capacity: 2, allocatable: 1 }]),
  "device-plugins.watch.recovered": changing(
    [[{ id: first }, { id: second, health: "Unhealthy" }], { capacity: 2, allocatable: 1 }],
    [twoDevices, both],
  ),
  "device-plugins.watch.other-health": changing([[{ id: first }, { id: second, health: "healthy" }], { capacity: 2, allocatable: 1 }]),
  "device-plugins.watch.added": changing([[...twoDevices, { id: "device-3" }], { capacity: 3, allocatable: 3 }]),
  "device-plugins.watch.removed": changing([[{ id: first }], { capacity: 1, allocatable: 1 }]),

  "device-plugins.watch.several": (context) =>
    withRegistered(context, {}, (a) =>
      // Of the same type, and of another vendor.
      withRegistered(context, { resourceName: `other.${a.resourceName}`, devices: [{ id: first }] }, async (b) => {
        await untilCounted(context, b, { capacity: 1, allocatable: 1 });
        await untilCounted(context, a, both);
      }),
    ),

  "device-plugins.gone.unallocatable": (context) => withRegistered(context, {}, (plugin) => leaving(context, plugin)),

  "device-plugins.gone.back": (context) =>
    withRegistered(context, {}, async (plugin) => {
      await leaving(context, plugin);
      await plugin.serve();
      await accepted(context, plugin);
      await untilCounted(context, plugin, both);
    }),

  "device-plugins.gone.forgotten": (context) =>
    withRegistered(context, {}, async (plugin) => {
      await leaving(context, plugin);
      const { state, timeScale } = planeOf(context);
      const leftAt = performance.now();
      context.awaits("a resource that is forgotten", goneMs / timeScale);
      // A busy machine makes it later.
      const limited = AbortSignal.any([context.signal, AbortSignal.timeout((goneMs * 1.2) / timeScale + 3_000)]);
      const look = () => (countsOf(context, plugin.resourceName)?.capacity ?? 0) === 0 || undefined;
      await state.until(look, { signal: limited }).catch(() => {
        context.signal.throwIfAborted();
        throw new Broken(
          "capacity 0 five minutes after the plugin went away",
          `capacity ${countsOf(context, plugin.resourceName)?.capacity}`,
        );
      });
      const tookMs = (performance.now() - leftAt) * timeScale;
      context.measure("goneMs", Math.round(tookMs));
      if (tookMs < goneMs * 0.8) throw new Broken("the capacity to stay for five minutes", `for ${Math.round(tookMs / 1000)} s`);
    }),
} satisfies Partial<AreaChecks<"device-plugins">>;

/** A plugin whose two devices become these, one list after the other. */
function changing(...steps: readonly (readonly [readonly PluginDevice[], Counts])[]): Check {
  return (context) =>
    withRegistered(context, {}, async (plugin) => {
      await untilCounted(context, plugin, both);
      for (const [devices, counts] of steps) {
        plugin.setDevices(devices);
        await untilCounted(context, plugin, counts);
      }
    });
}

async function leaving(context: CheckContext, plugin: DevicePluginDouble): Promise<void> {
  await untilCounted(context, plugin, both);
  await plugin.leave();
  await untilCounted(context, plugin, { capacity: 2, allocatable: 0 });
}
