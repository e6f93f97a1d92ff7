import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createRegistrar, type Registrar, type RegistrarInfo } from "@kubelet-conformance/device-plugin/plugin-registration";
import { type AreaChecks, Blocked, Broken, type Check, type CheckContext } from "../engine/check.ts";
import { quoted } from "../engine/text.ts";
import { untilCounted } from "./device-plugin-counts.ts";
import { awaited, probeOf, resourceOf, twoDevices, withPlugin } from "./device-plugin-play.ts";
import { inRoot } from "./device-plugin-sockets.ts";

const both = { capacity: 2, allocatable: 2 };

/** `device-plugins.watcher.*`: plugins that the kubelet finds by itself. */
export const watcherChecks = {
  "device-plugins.watcher.registered": (context) =>
    withDevicePlugin(context, async (registrar, counted) => {
      const { registered, error } = await statusOf(context, registrar);
      if (!registered) throw new Broken("a plugin that is registered", quoted(error));
      await counted(both);
    }),

  "device-plugins.watcher.subdirectory": (context) =>
    withRegistrar(context, { path: `${unique()}/p` }, (registrar) => askedTimes(context, registrar, 1)),

  "device-plugins.watcher.hidden": (context) =>
    withRegistrar(context, { path: `.${unique()}` }, (hidden) =>
      // Found later, and asked by then.
      withRegistrar(context, {}, async (other) => {
        await askedTimes(context, other, 1);
        if (hidden.asked > 0) throw new Broken("a hidden socket to be left alone", "a call of GetInfo");
      }),
    ),

  "device-plugins.watcher.unknown-type": refusing(
    { type: "ConformancePlugin" },
    (path) => `no handler registered for plugin type: ConformancePlugin at socket ${path}`,
  ),

  "device-plugins.watcher.version": refusing(
    { supportedVersions: ["v1alpha1", "v2"] },
    () => "plugin validation failed with err: manager version, v1beta1, is not among plugin supported versions [v1alpha1 v2]",
  ),

  "device-plugins.watcher.name": refusing(
    { name: "thing" },
    () => 'plugin validation failed with err: invalid name of device plugin socket: the ResourceName "thing" is invalid',
  ),

  "device-plugins.watcher.again": (context) =>
    withRegistrar(context, {}, async (registrar) => {
      await askedTimes(context, registrar, 1);
      const { asked } = registrar;
      await registrar.leave();
      await registrar.serve();
      await askedTimes(context, registrar, asked + 1);
    }),

  "device-plugins.watcher.gone": (context) =>
    withDevicePlugin(context, async (registrar, counted) => {
      await counted(both);
      await registrar.leave();
      await counted({ capacity: 2, allocatable: 0 });
    }),
} satisfies Partial<AreaChecks<"device-plugins">>;

interface Registration extends Partial<RegistrarInfo> {
  /** Of the socket in plugins_registry, without its suffix. */
  path?: string;
}

/** Short: a socket's whole path has 107 bytes. */
function unique(): string {
  return randomBytes(2).toString("hex");
}

/** A socket in plugins_registry that says where a plugin is, and goes away with the check. */
async function withRegistrar(
  context: CheckContext,
  { path = unique(), ...info }: Registration,
  act: (registrar: Registrar) => Promise<void>,
): Promise<void> {
  const registry = inRoot(context, "plugins_registry");
  const socket = join(registry, `${path}.sock`);
  // The first directory that is this check's own.
  const [top = ""] = path.split("/");
  const registrar = createRegistrar(socket, {
    type: "DevicePlugin",
    name: resourceOf(context),
    supportedVersions: ["v1beta1"],
    // Whoever is registered without need fails at once.
    endpoint: join(probeOf(context).directory, "nobody.sock"),
    ...info,
  });
  await mkdir(dirname(socket), { recursive: true });
  try {
    await registrar.serve().catch(refuseLongPath);
    await act(registrar);
  } finally {
    await registrar.close();
    if (dirname(socket) !== registry) await rm(join(registry, top), { recursive: true, force: true });
  }
}

/** The kubelet is not to blame for where its root directory is. */
function refuseLongPath(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "ERR_SOCKET_UNUSABLE")
    throw new Blocked("device-plugin-directory", error.message);
  throw error;
}

type Counted = (counts: Parameters<typeof untilCounted>[2]) => Promise<void>;

/** A device plugin with two devices that registers by nothing else. */
function withDevicePlugin(context: CheckContext, act: (registrar: Registrar, counted: Counted) => Promise<void>): Promise<void> {
  return withPlugin(context, { devices: twoDevices }, (plugin) =>
    withRegistrar(context, { endpoint: join(probeOf(context).directory, plugin.endpoint) }, (registrar) =>
      act(registrar, (counts) => untilCounted(context, plugin, counts)),
    ),
  );
}

/** A plugin that would be registered but for this. */
function refusing(info: Registration, words: (path: string) => string): Check {
  return (context) =>
    withPlugin(context, {}, (plugin) =>
      withRegistrar(context, { endpoint: join(probeOf(context).directory, plugin.endpoint), ...info }, async (registrar) => {
        const { registered, error } = await statusOf(context, registrar);
        if (registered) throw new Broken(`${JSON.stringify(info)} to be refused`, "registered");
        const text = `RegisterPlugin error -- ${words(registrar.socketPath)}`;
        if (error !== text) context.warn(quoted(text), quoted(error));
      }),
    );
}

function statusOf(context: CheckContext, registrar: Registrar) {
  const seen = (): string => `${registrar.asked} calls of GetInfo`;
  return awaited(context, "a call of NotifyRegistrationStatus", (signal) => registrar.status(signal), seen);
}

function askedTimes(context: CheckContext, registrar: Registrar, count: number): Promise<void> {
  const seen = (): string => `${registrar.asked} of them`;
  return awaited(context, `${count} calls of GetInfo`, (signal) => registrar.askedTimes(count, signal), seen);
}
