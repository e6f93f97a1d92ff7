import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createDevicePlugin, type DevicePluginDouble, type DevicePluginOptions } from "./device-plugin-double.ts";

/** A directory that is removed after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "device-plugin-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A plugin that listens in a directory of its own, and is closed after the test. */
export async function servedPlugin(options: Partial<DevicePluginOptions> = {}): Promise<DevicePluginDouble & { directory: string }> {
  const directory = options.directory ?? (await temporaryDirectory());
  const plugin = createDevicePlugin({ resourceName: "vendor.example/thing", devices: [{ id: "a" }, { id: "b" }], ...options, directory });
  onTestFinished(() => plugin.close());
  await plugin.serve();
  return Object.assign(plugin, { directory });
}
