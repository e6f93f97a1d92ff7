import { dirname } from "node:path";
import type { FilesystemUsage } from "@kubelet-conformance/cri";
import { behaviour } from "@kubelet-conformance/types";
import { type FileSystem, fileSystemOf } from "../metrics/machine.ts";
import { type ContainerUsage, type NodeUsage, totalUsage } from "../metrics/node-usage.ts";
import type { PodState } from "../pods/pod-worker.ts";
import type { KubeletState } from "../state.ts";
import { containerStats, writeFileSystem } from "./container-stats.ts";
import { figures, type Content, seconds, type Shape } from "./figures.ts";

/** What the image service says of the file system that holds images. */
export interface ImageFileSystem {
  at: Date;
  usage: FileSystem;
}

/** The Summary of /stats/summary, members in the order of the Go types. `images` is undefined under only_cpu_and_memory. */
export async function summary(kubelet: KubeletState, usage: NodeUsage, images: ImageFileSystem | undefined): Promise<Content> {
  const members = behaviour("stats-members", kubelet.minor);
  const shape: Shape = { members, isSmall: images === undefined };
  return {
    node: await nodeStats(kubelet, usage, images, shape),
    pods: kubelet.pods.states.map((state) => podStats(state, usage, images, shape)),
  };
}

async function nodeStats(
  { nodeName, startedAt, rootDirectory }: KubeletState,
  { machine, containers }: NodeUsage,
  images: ImageFileSystem | undefined,
  shape: Shape,
): Promise<Content> {
  const { memory, swap, cpuSeconds, at, bootedAt } = machine;
  const time = seconds(at);
  const uptime = (at.getTime() - bootedAt.getTime()) / 1000;
  const write = figures(shape);
  const workingSet = memory.total - memory.available;
  const pods = { at, ...totalUsage(containers) };
  const hasSwap = shape.members.swap && (!shape.isSmall || shape.members.swapWhenSmall !== "none");
  const disk = images === undefined ? undefined : await fileSystemOf(rootDirectory);
  return {
    nodeName,
    systemContainers: [
      {
        name: "pods",
        startTime: seconds(startedAt),
        cpu: write.cpu(pods),
        memory: write.memory(pods, memory.total - pods.memory.workingSet),
        ...write.io(time),
        ...(hasSwap ? { swap: { time, swapUsageBytes: pods.swapBytes } } : {}),
      },
    ],
    startTime: seconds(bootedAt),
    cpu: write.cpu({ at, nanoCores: Math.round((cpuSeconds.total / uptime) * 1e9), cpuNanoSeconds: Math.round(cpuSeconds.total * 1e9) }),
    memory: write.memory(
      { at, memory: { usage: memory.usage, workingSet, rss: memory.rss, pageFaults: 0, majorPageFaults: 0 } },
      memory.available,
    ),
    ...write.io(time),
    ...(images === undefined ? {} : { network: network(machine) }),
    ...(disk === undefined ? {} : { fs: { time, ...writeFileSystem(disk) } }),
    ...(images === undefined ? {} : { runtime: runtimeStats(images, shape), rlimit: rlimit(machine) }),
    ...(hasSwap ? { swap: { time, swapAvailableBytes: swap.free, swapUsageBytes: swap.total - swap.free } } : {}),
  };
}

function runtimeStats({ at, usage }: ImageFileSystem, { members }: Shape): Content {
  const fs = { time: seconds(at), ...writeFileSystem(usage) };
  return { imageFs: fs, ...(members.containerFs ? { containerFs: fs } : {}) };
}

function rlimit({ processes }: NodeUsage["machine"]): Content {
  return { time: seconds(new Date()), maxpid: processes.limit, curproc: processes.running };
}

/** All in `interfaces`: none of them is taken for the default one. */
function network({ at, interfaces }: NodeUsage["machine"]): Content {
  return {
    time: seconds(at),
    name: "",
    interfaces: interfaces.map(({ name, received, sent }) => ({
      name,
      rxBytes: received.bytes,
      rxErrors: received.errors,
      txBytes: sent.bytes,
      txErrors: sent.errors,
    })),
  };
}

function podStats(
  { pod, startTime }: PodState,
  { machine, containers }: NodeUsage,
  images: ImageFileSystem | undefined,
  shape: Shape,
): Content {
  const { name, namespace, uid } = pod.metadata;
  const own = containers.filter(({ podUid }) => podUid === uid);
  const sum = { at: machine.at, ...totalUsage(own) };
  const write = figures(shape);
  const time = seconds(machine.at);
  const hasSwap = shape.members.swap && (!shape.isSmall || shape.members.swapWhenSmall === "all");
  return {
    podRef: { name, namespace, uid },
    startTime: seconds(startTime),
    containers: own.map((usage) => containerStats(usage, images?.usage, shape)),
    cpu: write.cpu(sum),
    memory: write.memory(sum),
    ...write.io(time),
    // The runtime does not tell what goes through a pod's own network.
    ...(images !== undefined && pod.spec.hostNetwork ? { network: network(machine) } : {}),
    ...(images === undefined
      ? {}
      : {
          "ephemeral-storage": { time: seconds(new Date()), ...ephemeralStorage(own, images.usage) },
          // One more for the sandbox.
          process_stats: { process_count: own.length + 1 },
        }),
    ...(hasSwap ? { swap: { time, swapUsageBytes: sum.swapBytes } } : {}),
  };
}

/** Writable layers and logs; a log is one file. */
function ephemeralStorage(containers: readonly ContainerUsage[], disk: FileSystem): Content {
  const usedBytes = containers.reduce((sum, { layer, logBytes }) => sum + layer.usedBytes + logBytes, 0);
  const inodesUsed = containers.reduce((sum, { layer }) => sum + layer.inodesUsed + 1, 0);
  return writeFileSystem({ ...disk, usedBytes, inodesUsed });
}

/** The image file system by ImageFsInfo: its own usage, and the size of the disk below it. */
export async function imageFileSystem([info]: readonly FilesystemUsage[], fallback: string): Promise<ImageFileSystem> {
  const mountpoint = info?.fsId?.mountpoint ?? fallback;
  // A double's directory need not exist.
  const disk = (await fileSystemOf(mountpoint)) ?? (await fileSystemOf(fallback)) ?? (await fileSystemOf(dirname(fallback)));
  const usage = {
    availableBytes: disk?.availableBytes ?? 0,
    capacityBytes: disk?.capacityBytes ?? 0,
    usedBytes: Number(info?.usedBytes?.value ?? 0n),
    inodesFree: disk?.inodesFree ?? 0,
    inodes: disk?.inodes ?? 0,
    inodesUsed: Number(info?.inodesUsed?.value ?? 0n),
  };
  return { at: new Date(), usage };
}
