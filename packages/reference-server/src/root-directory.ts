import { behaviour } from "@kubelet-conformance/types";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FileError } from "./file-error.ts";
import { makeDirectory } from "./make-directory.ts";

interface Entry {
  name: string;
  kind: "directory" | "file";
  mode: string;
}

/** What every minor makes; the rest is in the behaviours tables. */
const entries: readonly Entry[] = [
  { name: "cpu_manager_state", kind: "file", mode: "0600" },
  { name: "memory_manager_state", kind: "file", mode: "0600" },
  { name: "device-plugins", kind: "directory", mode: "0755" },
  { name: "plugins", kind: "directory", mode: "0750" },
  { name: "plugins_registry", kind: "directory", mode: "0750" },
  { name: "pod-resources", kind: "directory", mode: "0750" },
  { name: "pods", kind: "directory", mode: "0750" },
];

const contents: Readonly<Record<string, string>> = {
  cpu_manager_state: '{"policyName":"none","defaultCpuSet":"","checksum":1353318690}',
  memory_manager_state: '{"policyName":"None","machineState":{},"checksum":2160560000}',
};

/** Makes what a kubelet finds or makes in its root directory at start. `checkpoints` exists only with its feature gate on. */
export async function prepareRootDirectory(root: string, minor: string, hasCheckpoints: boolean): Promise<void> {
  await makeDirectory(root, "--root-dir", 0o750);
  const checkpoints: Entry[] = hasCheckpoints ? [{ name: "checkpoints", kind: "directory", mode: "0700" }] : [];
  for (const { name, kind, mode } of [...entries, ...behaviour("root-directory-extras", minor), ...checkpoints]) {
    const path = join(root, name);
    if (kind === "directory") await makeDirectory(path, "--root-dir");
    else await writeState(path, contents[name] ?? "{}");
    // The umask of whoever starts us must not change what a kubelet's modes are.
    await chmod(path, Number.parseInt(mode, 8));
  }
}

async function writeState(path: string, content: string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw new FileError(path, undefined, "cannot be written; give another directory with --root-dir", { cause });
  }
}
