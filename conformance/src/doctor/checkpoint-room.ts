import { stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { type Finding, finding, pages } from "./finding.ts";
import type { NodeFiles } from "./node-path.ts";

/** Where kubelets begin to evict pods: nodefs.available, 10 %. */
const leastFree = 0.1;

/** What checkpoints have left, and what room there is for more. The kubelet never removes an archive. */
export async function lookAtCheckpoints(node: NodeFiles, rootDirectory: string): Promise<Finding[]> {
  const directory = join(rootDirectory, "checkpoints");
  const found = (await node.exists(directory)) ? directory : (await node.exists(rootDirectory)) ? rootDirectory : undefined;
  if (found === undefined) return [];
  const here = await node.place(found);
  const { blocks, bavail, bsize } = await statfs(here);
  const free = blocks === 0 ? 1 : bavail / blocks;
  const names = found === directory ? (await node.list(directory)).filter((entry) => entry.isFile()).map(({ name }) => name) : [];
  if (node.refused.includes(directory)) return [];
  const sizes = await Promise.all(
    names.map(async (name) =>
      stat(join(here, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const left = `${bytes(bavail * bsize)} (${Math.floor(free * 100)} %) of its disk are free`;
  const kept =
    names.length === 0
      ? `no archives in ${directory}`
      : names.length === 1
        ? `1 archive of ${bytes(total)} in ${directory}`
        : `${names.length} archives of ${bytes(total)} in ${directory}`;
  const clear = {
    text: "keep elsewhere what is still needed, and remove the rest: the kubelet never does, and they hold the memory of containers",
    command: `ls -lt ${directory}`,
    link: pages.checkpoint,
  };
  if (free < leastFree)
    return [
      finding("to-do", "files.checkpoints", `${kept}; only ${left}: below a tenth, the kubelet evicts pods`, [
        ...(names.length > 0 ? [clear] : []),
        { text: "make room on the disk", link: pages.eviction },
      ]),
    ];
  return [finding(names.length === 0 ? "ok" : "note", "files.checkpoints", `${kept}; ${left}`, names.length === 0 ? [] : [clear])];
}

function bytes(count: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${(count / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
