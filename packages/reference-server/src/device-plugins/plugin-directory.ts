import { behaviour } from "@kubelet-conformance/types";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeDirectory } from "../make-directory.ts";
import { type DevicePluginRules, isOwnFile } from "./rules.ts";

/** Name of the socket on which plugins register. */
const kubeletSocket = "kubelet.sock";

/**
 * Makes the directory of device plugins, and removes from it what the minor's kubelets remove when they start: sockets, so that plugins see that
 * they have to register again, and up to 1.32 all files. Answers with the path of the kubelet's own socket. Throws FileError.
 */
export async function preparePluginDirectory(directory: string, minor: string, rules: DevicePluginRules): Promise<string> {
  await makeDirectory(directory, "--device-plugin-directory");
  const files = behaviour("device-plugin-other-files", minor);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    const kind = entry.isDirectory() ? "directory" : entry.isSocket() ? "socket" : "file";
    if (!isOwnFile(path) && rules.removes(kind, files)) await rm(path, { recursive: true, force: true });
  }
  return join(directory, kubeletSocket);
}
