import type { ContainerConfig } from "@kubelet-conformance/cri";
import {
  type ContainerAllocation,
  type DevicePluginDouble,
  type PluginCall,
  pluginFailure,
} from "@kubelet-conformance/device-plugin/double";
import { type AreaChecks, Broken, type Check, type CheckContext } from "../engine/check.ts";
import { quoted } from "../engine/text.ts";
import { untilCounted } from "./device-plugin-counts.ts";
import { called, type PluginOptions, resourceOf, withRegistered } from "./device-plugin-play.ts";
import { type PlayedPod, type PodWish, withPod } from "./device-plugin-pod.ts";

const four = [1, 2, 3, 4].map((number) => ({ id: `device-${number}` }));
const devices = { devices: four };

/** What every container with a device gets here. */
const allocation = {
  envs: { CONFORMANCE_DEVICE: "a value, with = and blanks" },
  mounts: [{ containerPath: "/conformance/mount", hostPath: "/dev/shm", readOnly: true }],
  devices: [{ containerPath: "/dev/conformance", hostPath: "/dev/null", permissions: "rw" }],
  annotations: { "conformance.example/device": "allocated" },
  cdiDevices: [{ name: "conformance.example/device=one" }],
} satisfies ContainerAllocation;

/** Devices for containers. */
export const allocationChecks = {
  "device-plugins.allocate.asked": playing(devices, { devices: 2 }, async (context, plugin, pod) => {
    const { request } = await called(context, plugin, "Allocate");
    requireDevices(request.deviceIds, 2);
    await pod.container();
  }),

  "device-plugins.allocate.unasked": playing(devices, { devices: 0 }, async (_context, plugin, pod) => {
    await pod.container();
    if (callsOf(plugin, "Allocate").length > 0) throw new Broken("no call of Allocate", "one");
  }),

  "device-plugins.allocate.environment": getting("an environment variable CONFORMANCE_DEVICE", ({ envs }) => {
    const found = envs.find(({ key }) => key === "CONFORMANCE_DEVICE");
    return found && Buffer.from(found.value).toString() === allocation.envs.CONFORMANCE_DEVICE;
  }),
  "device-plugins.allocate.mounts": getting("the read-only mount of /dev/shm at /conformance/mount", ({ mounts }) => {
    const found = mounts.find(({ containerPath }) => containerPath === "/conformance/mount");
    return found?.hostPath === "/dev/shm" && found.readonly;
  }),
  "device-plugins.allocate.device-nodes": getting("the device /dev/null at /dev/conformance, with rw", ({ devices: nodes }) => {
    const found = nodes.find(({ containerPath }) => containerPath === "/dev/conformance");
    return found?.hostPath === "/dev/null" && found.permissions === "rw";
  }),
  "device-plugins.allocate.annotations": getting(
    "the annotation conformance.example/device",
    ({ annotations }) => annotations["conformance.example/device"] === "allocated",
  ),
  "device-plugins.allocate.cdi-devices": getting("the CDI device conformance.example/device=one", ({ CDIDevices }) =>
    CDIDevices.some(({ name }) => name === "conformance.example/device=one"),
  ),

  "device-plugins.allocate.healthy-only": async (context) => {
    const sick = four.slice(0, 3).map(({ id }) => ({ id, health: "Unhealthy" }));
    const healthy = { id: "device-4" };
    await withRegistered(context, { devices: [...sick, healthy] }, async (plugin) => {
      await untilCounted(context, plugin, { capacity: 4, allocatable: 1 });
      await withPod(context, plugin, {}, async () => {
        const { request } = await called(context, plugin, "Allocate");
        if (request.deviceIds.join() !== healthy.id) throw new Broken(healthy.id, request.deviceIds.join(", "));
      });
    });
  },

  "device-plugins.allocate.exclusive": playing(devices, { devices: 2 }, (context, plugin, pod) =>
    withPod(context, plugin, { devices: 2 }, async (other) => {
      await Promise.all([pod.container(), other.container()]);
      const given = allocatedIds(plugin);
      if (new Set(given).size !== 4) throw new Broken("four different devices for two containers", given.join(", "));
    }),
  ),

  "device-plugins.allocate.freed": playing(devices, { devices: 4 }, async (context, plugin, pod) => {
    await pod.container();
    await pod.remove();
    await withPod(context, plugin, { devices: 4 }, (next) => next.container());
  }),

  "device-plugins.allocate.too-many": playing(devices, { devices: 3 }, async (context, plugin, pod) => {
    await pod.container();
    await withPod(context, plugin, { devices: 2 }, async (other) => {
      const why = `requested number of devices unavailable for ${plugin.resourceName}. Requested: 2, Available: 1`;
      expectUnexpected(context, await other.rejection(), why);
    });
  }),

  "device-plugins.allocate.failed": playing({ ...devices, allocate: refuse }, {}, async (context, _plugin, pod) => {
    expectUnexpected(context, await pod.rejection(), "rpc error: code = Internal desc = no device answers");
  }),

  "device-plugins.prestart.called": playing({ ...devices, preStartRequired: true }, { devices: 2 }, async (_context, plugin, pod) => {
    await pod.container();
    const [call] = callsOf(plugin, "PreStartContainer");
    if (!call) throw new Broken("PreStartContainer before the container is created", "no call of it");
    requireSame(call, allocatedIds(plugin));
  }),

  "device-plugins.prestart.unwanted": playing(devices, {}, async (_context, plugin, pod) => {
    await pod.container();
    if (callsOf(plugin, "PreStartContainer").length > 0) throw new Broken("no call of PreStartContainer", "one");
  }),

  "device-plugins.prestart.every-start": playing(
    { ...devices, preStartRequired: true },
    { devices: 2, command: ["true"] },
    async (_context, plugin, pod) => {
      await pod.createdTimes(2);
      const calls = callsOf(plugin, "PreStartContainer");
      if (calls.length < 2) throw new Broken("PreStartContainer before each of two starts", `${calls.length} calls`);
      const [first = "", ...others] = calls.map(({ request }) => request.deviceIds.toSorted().join(", "));
      const changed = others.find((ids) => ids !== first);
      if (changed !== undefined) throw new Broken(`PreStartContainer for ${first} at each start`, `for ${changed || "none"}`);
    },
  ),

  "device-plugins.prestart.deadline": playing({ ...devices, preStartRequired: true }, {}, async (context, plugin) => {
    const { deadlineMs } = await called(context, plugin, "PreStartContainer");
    // What has passed before the call was sent is taken off.
    if (deadlineMs === undefined || deadlineMs > 30_000 || deadlineMs < 29_000) {
      throw new Broken("a deadline of 30 s", deadlineMs === undefined ? "none" : `${deadlineMs} ms`);
    }
  }),

  "device-plugins.prestart.failed": playing({ ...devices, preStartRequired: true, preStart: refuse }, {}, async (context, plugin, pod) => {
    await called(context, plugin, "PreStartContainer");
    await pod.stuck("device plugin PreStartContainer rpc failed with err: rpc error: code = Internal desc = no device answers");
    if (pod.created() > 0) throw new Broken("no container", "one that was created");
  }),

  "device-plugins.preferred.asked": playing(offering(), { devices: 2 }, async (context, plugin, pod) => {
    const { request } = await called(context, plugin, "GetPreferredAllocation");
    const available = request.available.toSorted().join(", ");
    if (request.size !== 2 || available !== ids.join(", ")) {
      throw new Broken(`2 of ${ids.join(", ")} asked for`, `${request.size} of ${available || "none"}`);
    }
    await pod.container();
  }),

  "device-plugins.preferred.unoffered": playing(devices, { devices: 2 }, async (_context, plugin, pod) => {
    await pod.container();
    if (callsOf(plugin, "GetPreferredAllocation").length > 0) throw new Broken("no call of GetPreferredAllocation", "one");
  }),

  "device-plugins.preferred.honoured": async (context) => {
    // A kubelet that takes any two is right in one of six.
    for (const [round, preferred] of [ids.slice(0, 2), ids.slice(2), [ids[1] ?? "", ids[2] ?? ""]].entries()) {
      await withRegistered(context, { ...offering(preferred), resourceName: resourceOf(context, `-${round}`) }, async (plugin) => {
        await untilCounted(context, plugin, { capacity: 4, allocatable: 4 });
        await withPod(context, plugin, { devices: 2 }, async (pod) => {
          const { request } = await called(context, plugin, "Allocate");
          const given = request.deviceIds.toSorted().join(", ");
          if (given !== preferred.join(", ")) throw new Broken(preferred.join(", "), given);
          await pod.container();
        });
      });
    }
  },
} satisfies Partial<AreaChecks<"device-plugins">>;

const ids = four.map(({ id }) => id);

function offering(preferred: readonly string[] = []): PluginOptions & typeof devices {
  return { ...devices, getPreferredAllocationAvailable: true, prefer: () => preferred };
}

/** The words of a plugin that fails. */
function refuse(): never {
  throw pluginFailure("no device answers");
}

type Act = (context: CheckContext, plugin: DevicePluginDouble, pod: PlayedPod) => Promise<unknown>;

/** A plugin whose devices the node counts, and a pod that wants some. */
function playing(options: PluginOptions & { devices: readonly { id: string }[] }, wish: PodWish, act: Act): Check {
  return (context) =>
    withRegistered(context, options, async (plugin) => {
      const count = options.devices.length;
      await untilCounted(context, plugin, { capacity: count, allocatable: count });
      await withPod(context, plugin, wish, (pod) => act(context, plugin, pod));
    });
}

/** A container that gets this of its allocation. */
function getting(expected: string, isThere: (config: ContainerConfig) => boolean | undefined): Check {
  return playing({ ...devices, allocate: () => allocation }, {}, async (_context, _plugin, pod) => {
    const config = await pod.container();
    if (!isThere(config)) throw new Broken(expected, "a container without it");
  });
}

function callsOf({ calls }: DevicePluginDouble, method: string): PluginCall[] {
  return calls.filter((call) => call.method === method);
}

function requireDevices(found: readonly string[], count: number): void {
  const unknown = found.find((id) => !ids.includes(id));
  if (new Set(found).size !== count || found.length !== count || unknown !== undefined) {
    throw new Broken(`${count} of ${ids.join(", ")}`, found.join(", ") || "none");
  }
}

/** Of all allocations so far. */
function allocatedIds(plugin: DevicePluginDouble): string[] {
  return callsOf(plugin, "Allocate").flatMap(({ request }) => request.deviceIds);
}

function requireSame({ method, request }: PluginCall, allocated: readonly string[]): void {
  const [expected, actual] = [allocated, request.deviceIds].map((list) => list.toSorted().join(", "));
  if (actual !== expected) throw new Broken(`${method} for ${expected}`, `for ${actual || "none"}`);
}

function expectUnexpected(context: CheckContext, { reason, message }: { reason: string; message: string }, why: string): void {
  if (reason !== "UnexpectedAdmissionError") throw new Broken("the reason UnexpectedAdmissionError", reason || "none");
  const text = `Pod was rejected: Allocate failed due to ${why}, which is unexpected`;
  if (message !== text) context.warn(quoted(text), quoted(message));
}
