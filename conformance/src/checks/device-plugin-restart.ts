import { randomBytes } from "node:crypto";
import { lstat, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { behaviourAt } from "@kubelet-conformance/spec";
import { createDevicePlugin, type DevicePluginDouble } from "@kubelet-conformance/device-plugin/double";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import type { Target } from "../target/target.ts";
import { type Counts, countsOf, untilCounted } from "./device-plugin-counts.ts";
import { accepted, patience, planeOf, probeOf, shown, socketOf, twoDevices } from "./device-plugin-play.ts";
import { withPod } from "./device-plugin-pod.ts";

/** What a restart of the kubelet did, seen from a plugin. */
interface Restart {
  /** What kubelet.sock was before and after. */
  sockets: readonly [string, string];
  /** What lay in the directory before, and is there after. */
  left: { socket: boolean; file: boolean; directory: boolean };
  /** What the node came to count before the plugin had come back. */
  before: Counts | undefined;
  /** How the plugin's new registration ended: with what answer, and what the node counted then. */
  registered: { answer: string; counts: Counts | undefined };
  /** How often the plugin was asked to allocate for its pod, before and after. */
  allocations: readonly [number, number];
  /** How many containers the pod had, before and after. */
  containers: readonly [number, number];
  /** Whether the pod's container ran before. */
  ran: boolean;
  /** Why the kubelet gave the pod up; undefined: it did not. */
  failure: string | undefined;
}

/** One restart serves all checks: each takes seconds. */
const restarts = new WeakMap<Target, Promise<Restart>>();

function restartOf(context: CheckContext): Promise<Restart> {
  const known = restarts.get(context.target);
  if (known) return known;
  // Not the signal of the check that happens to come first.
  const lasting = restartOnce({ ...context, signal: AbortSignal.timeout(60_000) });
  restarts.set(context.target, lasting);
  return lasting;
}

/** A restart of the kubelet, seen from a plugin. */
export const restartChecks = {
  "device-plugins.restart.socket": async (context) => {
    const [before, after] = (await restartOf(context)).sockets;
    if (before === after) throw new Broken("a new kubelet.sock", "the one that was there before");
  },

  "device-plugins.restart.sockets-removed": async (context) => {
    if ((await restartOf(context)).left.socket) throw new Broken("the plugin's socket to be removed", "it is still there");
  },

  "device-plugins.restart.other-files": async (context) => {
    const usual = behaviourAt("device-plugin-other-files", context.target.minor);
    const actual = (await restartOf(context)).left.file ? "kept" : "removed";
    if (actual !== usual) throw new Broken(`a file that is no socket to be ${String(usual)}`, actual);
  },

  "device-plugins.restart.directories": async (context) => {
    if (!(await restartOf(context)).left.directory) throw new Broken("a directory to be left alone", "it is gone");
  },

  "device-plugins.restart.unallocatable": async (context) => {
    const { before } = await restartOf(context);
    if ((before?.allocatable ?? 0) !== 0) throw new Broken("no allocatable device before the plugin is back", `${before?.allocatable}`);
  },

  "device-plugins.restart.registered-again": async (context) => {
    const { answer, counts } = (await restartOf(context)).registered;
    if (answer !== "OK") throw new Broken("the plugin to be accepted again", answer);
    if (counts?.allocatable !== 2 || counts.capacity !== 2) throw new Broken("2 devices, allocatable", JSON.stringify(counts ?? "none"));
  },

  "device-plugins.restart.pods-keep": async (context) => {
    const { allocations, containers, ran, failure } = await restartOf(context);
    if (failure !== undefined) throw new Broken("the pod to go on", failure);
    if (!ran) throw new Broken("a container that runs with a device", "none");
    if (allocations[1] !== allocations[0]) throw new Broken("no new allocation for a pod that has its devices", "a call of Allocate");
    if (containers[1] !== containers[0]) throw new Broken("the pod's container to go on", "another one was created");
  },
} satisfies Partial<AreaChecks<"device-plugins">>;

async function restartOnce(context: CheckContext): Promise<Restart> {
  const { directory, restart } = probeOf(context);
  const plugin = createDevicePlugin({
    directory,
    resourceName: "conformance.example/restart",
    endpoint: "restart.sock",
    devices: twoDevices,
  });
  // Not the plugin's own: that one is removed by whoever listens there.
  const abandoned = join(directory, `${randomBytes(4).toString("hex")}.sock`);
  const [file, nested] = [join(directory, "notes.txt"), join(directory, "nested")];
  try {
    await plugin.serve();
    await accepted(context, plugin);
    await untilCounted(context, plugin, { capacity: 2, allocatable: 2 });
    return await withPod(context, plugin, { devices: 1 }, async (pod) => {
      // Without a container there is nothing to keep, which is for one check only to say. One that is only created is not kept, either.
      const ran = await pod.running().then(
        () => true,
        () => false,
      );
      await makeSocket(abandoned);
      await Promise.all([writeFile(file, "kept or not\n"), mkdir(nested)]);
      const [socket, allocations, containers] = [await identityOf(socketOf(context)), allocationsOf(plugin), pod.created()];
      await restart();
      const left = { socket: await isThere(abandoned), file: await isThere(file), directory: await isThere(nested) };
      const again = await identityOf(socketOf(context));
      const unallocatable = () => ((countsOf(context, plugin.resourceName)?.allocatable ?? 0) === 0 ? true : undefined);
      // The node shows what the kubelet before has written until this one writes.
      await planeOf(context)
        .state.until(unallocatable, { signal: patience(context) })
        .catch(() => {});
      const before = countsOf(context, plugin.resourceName);
      await plugin.leave();
      await plugin.serve();
      const answer = await plugin.register({}, context.signal);
      if (answer.code === "OK") await untilCounted(context, plugin, { capacity: 2, allocatable: 2 }).catch(() => {});
      return {
        sockets: [socket, again],
        left,
        before,
        registered: { answer: shown(answer), counts: countsOf(context, plugin.resourceName) },
        allocations: [allocations, allocationsOf(plugin)],
        containers: [containers, pod.created()],
        ran,
        failure: pod.failure(),
      };
    });
  } finally {
    await plugin.close();
  }
}

function allocationsOf({ calls }: DevicePluginDouble): number {
  return calls.filter(({ method }) => method === "Allocate").length;
}

/** A socket on which nobody listens any more, as one leaves it that was killed. */
async function makeSocket(path: string): Promise<void> {
  const server = createServer().listen(path);
  await once(server, "listening");
  server.unref();
}

/** File systems give the number of a file that is gone to the next one. */
async function identityOf(path: string): Promise<string> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats) throw new Broken(`a socket at ${path}`, "none");
  return `${stats.ino} of ${stats.birthtimeMs} and ${stats.ctimeMs}`;
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
