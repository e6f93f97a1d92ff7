import { randomBytes } from "node:crypto";
import {
  createDevicePlugin,
  type DevicePluginDouble,
  type DevicePluginOptions,
  kubeletSocket,
} from "@kubelet-conformance/device-plugin/double";
import type { RegistrationAnswer } from "@kubelet-conformance/device-plugin";
import { join } from "node:path";
import { Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { quoted } from "../engine/text.ts";
import type { ControlPlaneProbe } from "../target/cluster.ts";
import type { DevicePluginProbe } from "../target/target.ts";

export type PluginOptions = Partial<Omit<DevicePluginOptions, "directory">>;

/** Two devices that are fine. */
export const twoDevices = [{ id: "device-1" }, { id: "device-2" }];

export function probeOf({ target: { devicePlugins } }: CheckContext): DevicePluginProbe {
  if (!devicePlugins) throw new Blocked("device-plugin-directory");
  return devicePlugins;
}

export function planeOf({ target: { controlPlane } }: CheckContext): ControlPlaneProbe {
  if (!controlPlane) throw new Blocked("control-plane-double");
  return controlPlane;
}

/** The path of the kubelet's own socket, as it is seen from here. */
export function socketOf(context: CheckContext): string {
  return join(probeOf(context).directory, kubeletSocket);
}

/** A resource of this check's own: checks run side by side. */
export function resourceOf({ requirement: { id } }: CheckContext, suffix = ""): string {
  return `conformance.example/${id.replace(/^device-plugins\./, "").replaceAll(".", "-")}${suffix}`;
}

/** A plugin that listens in the kubelet's directory and goes away with the check. It has two devices. */
export async function withPlugin<T>(
  context: CheckContext,
  options: PluginOptions,
  act: (plugin: DevicePluginDouble) => Promise<T>,
): Promise<T> {
  const plugin = createDevicePlugin({
    directory: probeOf(context).directory,
    resourceName: resourceOf(context),
    endpoint: `${randomBytes(4).toString("hex")}.sock`,
    devices: twoDevices,
    ...options,
  });
  try {
    await plugin.serve();
    return await act(plugin);
  } finally {
    await plugin.close();
  }
}

/** A plugin that the kubelet has accepted. */
export async function withRegistered<T>(
  context: CheckContext,
  options: PluginOptions,
  act: (plugin: DevicePluginDouble) => Promise<T>,
): Promise<T> {
  return withPlugin(context, options, async (plugin) => {
    await accepted(context, plugin);
    return act(plugin);
  });
}

/** Registers the plugin; fails the requirement when the kubelet does not take it. */
export async function accepted(context: CheckContext, plugin: DevicePluginDouble): Promise<void> {
  const answer = await plugin.register({}, context.signal);
  if (answer.code !== "OK") throw new Broken(`${plugin.resourceName} to be accepted`, shown(answer));
}

export function shown({ code, message }: RegistrationAnswer): string {
  return code === "OK" ? "OK" : `${code}: ${quoted(message)}`;
}

/** How long something may take that the kubelet does at its next look at the plugins: it writes its status every second of its time. */
export function patience({ target: { controlPlane }, signal }: CheckContext): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(Math.max(3_000, 10_000 / (controlPlane?.timeScale ?? 1)))]);
}

/** Waits for what the promise brings; fails the requirement when that takes too long. */
export async function awaited<T>(
  context: CheckContext,
  expected: string,
  wait: (signal: AbortSignal) => Promise<T>,
  actual: () => string,
): Promise<T> {
  const limit = patience(context);
  try {
    return await wait(limit);
  } catch (error) {
    if (!limit.aborted) throw error;
    throw new Broken(expected, actual());
  }
}

/** Waits until the kubelet has called this method of the plugin. */
export async function called(context: CheckContext, plugin: DevicePluginDouble, method: string) {
  const seen = (): string => `calls of ${[...new Set(plugin.calls.map((call) => call.method))].join(", ") || "nothing"}`;
  return awaited(context, `a call of ${method}`, (signal) => plugin.called(method, signal), seen);
}
