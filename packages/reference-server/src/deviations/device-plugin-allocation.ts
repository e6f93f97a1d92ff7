import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { DeviceOptions, DevicePluginRules } from "../device-plugins/device-manager.ts";
import { usualRules } from "../device-plugins/rules.ts";
import type { Deviation } from "./deviation.ts";

const { choose, preferredAmong, preStart } = usualRules;

/** Wrong ways to give devices to containers. */
export const allocationDeviations = {
  "device-plugins.allocate.asked": deviating("asks the plugin for one device at a time", { allocateCalls: (ids) => ids.map((id) => [id]) }),
  "device-plugins.allocate.unasked": deviating("asks every plugin for every container", { allocatesNothing: true }),
  "device-plugins.allocate.environment": without("envs", [], "environment variables"),
  "device-plugins.allocate.mounts": without("mounts", [], "mounts"),
  "device-plugins.allocate.device-nodes": without("devices", [], "device nodes"),
  "device-plugins.allocate.annotations": without("annotations", {}, "annotations"),
  "device-plugins.allocate.cdi-devices": without("CDIDevices", [], "CDI devices"),
  "device-plugins.allocate.healthy-only": deviating("gives devices away in the order of their list, whatever their health", {
    choose: ({ all, healthy, ...rest }) => (healthy.length < all.length ? all.slice(0, rest.needed) : choose({ all, healthy, ...rest })),
  }),
  "device-plugins.allocate.exclusive": deviating("gives the first devices to every container", {
    choose: ({ healthy, preferred, needed, ...rest }) =>
      preferred.length === 0 ? healthy.slice(0, needed) : choose({ healthy, preferred, needed, ...rest }),
  }),
  "device-plugins.allocate.freed": deviating("never frees a device", { frees: false }),
  "device-plugins.allocate.too-many": deviating("takes pods for which there are not enough devices", { rejectsTooMany: false }),
  "device-plugins.allocate.failed": deviating("takes pods whose allocation fails", { rejectsFailed: false }),
  "device-plugins.prestart.called": deviating("tells a plugin of the first device only before a start", {
    preStart: (start) => preStart({ ...start, deviceIds: start.deviceIds.slice(0, 1) }),
  }),
  "device-plugins.prestart.unwanted": deviating("calls PreStartContainer of every plugin", {
    preStart: (start) => preStart({ ...start, required: true }),
  }),
  "device-plugins.prestart.every-start": deviating("calls PreStartContainer before a container's first start only", {
    preStart: (start) => (start.earlier > 0 ? undefined : preStart(start)),
  }),
  "device-plugins.prestart.deadline": deviating("waits for PreStartContainer for ever", {
    preStart: (start) => {
      const call = preStart(start);
      return call && { ...call, timeoutMs: undefined };
    },
  }),
  "device-plugins.prestart.failed": deviating("starts containers whose PreStartContainer failed", { preStartMatters: false }),
  "device-plugins.preferred.asked": deviating("asks for a preference among as many devices as are needed", {
    preferredAmong: (isOffered, available, needed) => preferredAmong(isOffered, available.slice(0, needed), needed),
  }),
  "device-plugins.preferred.unoffered": deviating("asks every plugin which devices it prefers", {
    preferredAmong: (_isOffered, available, size) => ({ available, size }),
  }),
  "device-plugins.preferred.honoured": deviating("allocates other devices than the plugin prefers", {
    choose: (choice) => choose({ ...choice, preferred: [] }),
  }),
} satisfies Partial<Record<ObservableRequirementId["device-plugins"], Deviation>>;

function deviating(summary: string, rules: Partial<DevicePluginRules>): Deviation {
  return { summary, devicePlugins: rules };
}

/** Keeps one member of the allocations from the runtime. */
function without<Member extends keyof DeviceOptions>(member: Member, nothing: DeviceOptions[Member], named: string): Deviation {
  return deviating(`gives containers no ${named} of their devices`, { container: (options) => ({ ...options, [member]: nothing }) });
}
