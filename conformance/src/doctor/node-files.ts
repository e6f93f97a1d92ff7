import { textAt, type JsonObject } from "@kubelet-conformance/control-plane";
import { stat } from "node:fs/promises";
import { UsageError } from "../errors.ts";
import { parseDocument } from "../yaml.ts";
import { failsOnCgroupV1, ofCgroupVersion } from "./cgroups.ts";
import { lookAtCheckpoints } from "./checkpoint-room.ts";
import { type Finding, finding, pages } from "./finding.ts";
import { lookAtCriu, lookAtKernel } from "./kernel.ts";
import { flagValue, ofKubeletFlags, readKubeletFlags, readRunningFlags } from "./kubelet-flags.ts";
import { type NodeFiles, nodeFiles } from "./node-path.ts";

/** What the files of a node tell. */
export interface FilesDiagnosis {
  /** The node's / as it is seen from here. */
  root: string;
  /** In the kubelet's configuration file. */
  cgroupDriver?: string;
  findings: readonly Finding[];
}

const usualConfiguration = "/var/lib/kubelet/config.yaml";
const usualRoot = "/var/lib/kubelet";

/** Reads and lists files of a node. `minor`: the kubelet's, where it is known. Throws a UsageError where there is no such directory. */
export async function lookAtFiles(root: string, minor: number | undefined): Promise<FilesDiagnosis> {
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory())
    throw new UsageError("node-root-missing", `--node-root ${root} is no directory; give the place where the node's / is mounted here`);
  const node = nodeFiles(root);
  const running = await readRunningFlags(node);
  const flags = [...(running ?? []), ...(await readKubeletFlags(node))];
  const [configuration, cgroups, ...looks] = await Promise.all([
    readConfiguration(node, flagValue(flags, "config") ?? usualConfiguration),
    cgroupVersion(node),
    lookAtKernel(node),
    lookAtCriu(node),
    lookAtCheckpoints(node, flagValue(flags, "root-dir") ?? usualRoot),
    lookForDockershim(node),
  ]);
  // One that runs has what it needs, wherever it is written.
  const isTold = running !== undefined && minor !== undefined && minor >= failsOnCgroupV1;
  const fails = configuration?.["failCgroupV1"];
  const driver = configuration ? textAt(configuration, "cgroupDriver") : "";
  return {
    root,
    ...(driver === "" ? {} : { cgroupDriver: driver }),
    findings: [
      ...ofKubeletFlags(flags, minor),
      ...looks.flat(),
      ...ofCgroupVersion({ version: cgroups, minor, failCgroupV1: isTold ? false : typeof fails === "boolean" ? fails : undefined }),
      ...ofRefused(node),
    ],
  };
}

/** A file that is no YAML is the kubelet's to complain about. */
async function readConfiguration(node: NodeFiles, path: string): Promise<JsonObject | undefined> {
  const text = await node.read(path);
  if (!text) return undefined;
  const parsed = await parseDocument(path, text.toString()).catch(() => undefined);
  // What YAML gives is JSON, as far as it is looked at here.
  return typeof parsed?.value === "object" && parsed.value !== null ? (parsed.value as JsonObject) : undefined;
}

async function cgroupVersion(node: NodeFiles): Promise<1 | 2 | undefined> {
  if (await node.exists("/sys/fs/cgroup/cgroup.controllers")) return 2;
  return (await node.exists("/sys/fs/cgroup/memory")) ? 1 : undefined;
}

async function lookForDockershim(node: NodeFiles): Promise<Finding[]> {
  const paths = ["/var/run/dockershim.sock", "/var/lib/dockershim"];
  const left = await Promise.all(paths.map(async (path) => ((await node.exists(path)) ? path : undefined)));
  const found = left.filter((path) => path !== undefined);
  if (found.length === 0) return [];
  return [
    finding("to-do", "files.dockershim", `dockershim has left ${found.join(" and ")}`, [
      { text: "see that neither the kubelet nor an agent still uses it, then remove it", link: pages.affected },
    ]),
  ];
}

function ofRefused({ refused }: NodeFiles): Finding[] {
  if (refused.length === 0) return [];
  return [finding("note", "files.unreadable", `this user may not read ${refused.join(", ")}`, [{ text: "look again as root" }])];
}
