import { gunzipSync } from "node:zlib";
import { type Finding, finding, pages } from "./finding.ts";
import type { NodeFiles } from "./node-path.ts";

/** Whether the node's kernel and programs can checkpoint at all. */
export async function lookAtKernel(node: NodeFiles): Promise<Finding[]> {
  const release = (await node.read("/proc/sys/kernel/osrelease"))?.toString().trim() ?? (await onlyKernel(node));
  const found = await kernelConfiguration(node, release);
  if (found === undefined) {
    const text =
      release === undefined
        ? "nothing tells how the kernel was built: neither /proc/config.gz nor /boot/config-*"
        : `nothing tells how the kernel ${release} was built: neither /proc/config.gz nor /boot/config-*`;
    return [finding("note", "files.kernel-checkpoint", text, [{ text: "CRIU finds out itself, on the node", command: "criu check" }])];
  }
  if (/^CONFIG_CHECKPOINT_RESTORE=y$/m.test(found.text))
    return [finding("ok", "files.kernel-checkpoint", `the kernel can checkpoint (CONFIG_CHECKPOINT_RESTORE=y in ${found.path})`)];
  return [
    finding("to-do", "files.kernel-checkpoint", `the kernel cannot checkpoint: ${found.path} has no CONFIG_CHECKPOINT_RESTORE=y`, [
      { text: "run a kernel that was built with it; those of the large distributions are", link: pages.checkpoint },
      { text: "or switch the API off: featureGates: { ContainerCheckpoint: false }", link: pages.featureGates },
    ]),
  ];
}

async function kernelConfiguration(node: NodeFiles, release: string | undefined): Promise<{ path: string; text: string } | undefined> {
  const packed = await node.read("/proc/config.gz");
  if (packed) return { path: "/proc/config.gz", text: gunzipSync(packed).toString() };
  if (release === undefined) return undefined;
  for (const path of [`/boot/config-${release}`, `/lib/modules/${release}/config`, `/usr/lib/modules/${release}/config`]) {
    const plain = await node.read(path);
    if (plain) return { path, text: plain.toString() };
  }
  return undefined;
}

/** Without /proc, the one kernel that is installed must be the one that runs. */
async function onlyKernel(node: NodeFiles): Promise<string | undefined> {
  const installed = (await node.list("/boot")).flatMap(({ name }) => (name.startsWith("config-") ? [name.slice("config-".length)] : []));
  return installed.length === 1 ? installed[0] : undefined;
}

const programPaths = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

export async function lookAtCriu(node: NodeFiles): Promise<Finding[]> {
  for (const directory of programPaths)
    if (await node.exists(`${directory}/criu`)) return [finding("ok", "files.criu", `CRIU is installed: ${directory}/criu`)];
  return [
    finding("note", "files.criu", "CRIU is not installed: no runtime checkpoints without it, except where it brings its own", [
      { text: "install it, if checkpoints are wanted; CRI-O must be restarted then", link: pages.criu },
    ]),
  ];
}
