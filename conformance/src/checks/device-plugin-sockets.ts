import type { Stats } from "node:fs";
import { lstat, stat } from "node:fs/promises";
import { join } from "node:path";
import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { accepted, probeOf, socketOf, withPlugin } from "./device-plugin-play.ts";

/** May be written to by its group, or by everybody. */
const writableByOthers = 0o022;
/** Whatever neither the owner nor the group may do. */
const ofOthers = 0o007;

/** Where plugins and those who monitor devices meet the kubelet. */
export const socketChecks = {
  "device-plugins.socket.registration": async (context) => {
    requireSocket(await statOf(socketOf(context), lstat), "kubelet.sock");
    await withPlugin(context, {}, (plugin) => accepted(context, plugin));
  },

  "device-plugins.socket.privileged": async (context) => {
    const { mode } = await statOf(socketOf(context));
    if ((mode & writableByOthers) !== 0) throw new Broken("a socket that only its owner can write to", `mode ${octal(mode)}`);
  },

  "device-plugins.socket.directory": async (context) => {
    const { mode } = await statOf(probeOf(context).directory);
    if ((mode & writableByOthers) !== 0) throw new Broken("a directory that only its owner can write to", `mode ${octal(mode)}`);
  },

  "device-plugins.socket.pod-resources": async (context) => {
    requireSocket(await statOf(inRoot(context, "pod-resources/kubelet.sock"), lstat), "pod-resources/kubelet.sock");
  },

  "device-plugins.socket.pod-resources-privileged": async (context) => {
    const { mode } = await statOf(inRoot(context, "pod-resources"));
    if ((mode & ofOthers) !== 0) throw new Broken("a directory that others may not enter", `mode ${octal(mode)}`);
  },

  "device-plugins.socket.plugin-registry": async (context) => {
    if (!(await statOf(inRoot(context, "plugins_registry"))).isDirectory())
      throw new Broken("a directory plugins_registry", "something else");
  },
} satisfies Partial<AreaChecks<"device-plugins">>;

/** Of a file in the kubelet's root directory, as it is seen from here. */
export function inRoot({ target: { nodeRoot, rootDirectory = "/var/lib/kubelet" } }: CheckContext, name: string): string {
  if (nodeRoot === undefined) throw new Blocked("node-root");
  return join(nodeRoot, rootDirectory, name);
}

function requireSocket(stats: Stats, name: string): void {
  if (!stats.isSocket()) throw new Broken(`a socket at ${name}`, stats.isDirectory() ? "a directory" : "a file of another kind");
}

async function statOf(path: string, look: (path: string) => Promise<Stats> = stat): Promise<Stats> {
  try {
    return await look(path);
  } catch (error) {
    // Whoever may not look does not know.
    if (error instanceof Error && "code" in error && error.code === "EACCES") throw new Blocked("node-root");
    throw new Broken(`${path} to be there`, error instanceof Error ? error.message : String(error));
  }
}

function octal(mode: number): string {
  return `0${(mode & 0o777).toString(8)}`;
}
