import { behaviourAt } from "@kubelet-conformance/spec";
import { setTimeout as delay } from "node:timers/promises";
import { type AreaChecks, Broken } from "../engine/check.ts";
import { accepted, shown, twoDevices, withPlugin, withRegistered } from "./device-plugin-play.ts";
import { expectText, requireRefusal } from "./device-plugin-registration.ts";
import { untilCounted } from "./device-plugin-counts.ts";

/** In the kubelet's time. */
const lateMs = 4_000;

/** How the kubelet reaches a plugin. */
export const endpointChecks = {
  "device-plugins.endpoint.options-first": (context) =>
    withRegistered(context, {}, async (plugin) => {
      const [first] = plugin.calls;
      if (first?.method !== "GetDevicePluginOptions")
        throw new Broken("GetDevicePluginOptions before the answer", first?.method ?? "no call");
    }),

  "device-plugins.endpoint.options-missing": (context) =>
    withPlugin(context, { api: "v1alpha1" }, async (old) => {
      const about = { endpoint: old.endpoint, resourceName: old.resourceName };
      await withPlugin(context, {}, async (plugin) => {
        const answer = requireRefusal(await plugin.register(about, context.signal), { ...about, serving: "deviceplugin.DevicePlugin" });
        expectText(
          context,
          answer,
          "failed to get device plugin options: rpc error: code = Unimplemented desc = unknown service v1beta1.DevicePlugin",
        );
        await accepted(context, plugin);
      });
    }),

  "device-plugins.endpoint.absent": (context) =>
    withPlugin(context, {}, async (plugin) => {
      const change = { endpoint: "absent.sock" };
      const answer = requireRefusal(await plugin.register(change, context.signal), change);
      expectText(context, answer, "failed to dial device plugin: context deadline exceeded");
      context.measure("dialMs", Math.round(answer.durationMs * (context.target.controlPlane?.timeScale ?? 1)));
      await accepted(context, plugin);
    }),

  "device-plugins.endpoint.patience": (context) =>
    withPlugin(context, {}, async (plugin) => {
      await plugin.leave();
      const answer = plugin.register({}, context.signal);
      await delay(lateMs / (context.target.controlPlane?.timeScale ?? 1));
      await plugin.serve();
      const late = await answer;
      if (late.code !== "OK") throw new Broken("a plugin that begins to listen four seconds later to be accepted", shown(late));
    }),

  "device-plugins.endpoint.replaced": (context) =>
    withRegistered(context, {}, async (plugin) => {
      await untilCounted(context, plugin, { capacity: 2, allocatable: 2 });
      await withRegistered(context, { devices: [...twoDevices, { id: "device-3" }] }, (other) =>
        untilCounted(context, other, { capacity: 3, allocatable: 3 }),
      );
    }),

  "device-plugins.endpoint.registered-twice": (context) =>
    withRegistered(context, {}, async (plugin) => {
      await untilCounted(context, plugin, { capacity: 2, allocatable: 2 });
      const answer = await plugin.register({}, context.signal);
      const usual = behaviourAt("device-plugin-connected-twice", context.target.minor);
      if ((answer.code === "OK" ? "accepted" : "refused") !== usual)
        context.warn(`the second registration ${String(usual)}`, shown(answer));
      plugin.setDevices([...twoDevices, { id: "device-3" }]);
      await untilCounted(context, plugin, { capacity: 3, allocatable: 3 });
    }),
} satisfies Partial<AreaChecks<"device-plugins">>;
