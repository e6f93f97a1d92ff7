import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type KubeletProcess, startProcess } from "./kubelet-process.ts";
import type { KubeletProgram } from "./kubelet-program.ts";

/**
 * A kubelet's directory of device plugins as the driver sees it. The program looks for it below /var/lib/kubelet whatever --root-dir says; the
 * reference kubelet's own is in its root directory.
 */
export function pluginDirectory({ kind }: KubeletProgram, directory: string): string {
  return join(kind === "kubelet" ? libraryOf(directory) : join(directory, "root"), "device-plugins");
}

/**
 * Runs a kubelet that sees a directory of its own at /var/lib/kubelet: each that starts empties the directory of device plugins, and takes the
 * socket of those that run beside it.
 */
export function startWithOwnPlugins(
  { path, kind }: KubeletProgram,
  flags: readonly string[],
  directory: string,
  variables: Readonly<Record<string, string>>,
): KubeletProcess {
  if (kind === "reference") return startProcess(path, flags, variables);
  const library = libraryOf(directory);
  mkdirSync(library, { recursive: true, mode: 0o700 });
  const script = 'mount --bind "$0" /var/lib/kubelet && exec "$@"';
  return startProcess("unshare", ["--mount", "/bin/sh", "-c", script, library, path, ...flags], variables);
}

function libraryOf(directory: string): string {
  return join(directory, "library");
}
