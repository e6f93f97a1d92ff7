import type { FileSystem } from "../metrics/machine.ts";
import type { ContainerUsage } from "../metrics/node-usage.ts";
import { figures, type Content, seconds, type Shape } from "./figures.ts";

/** One entry of a pod's `containers`. */
export function containerStats(usage: ContainerUsage, disk: FileSystem | undefined, shape: Shape): Content {
  const { members, isSmall } = shape;
  const write = figures(shape);
  const measured = new Date(usage.cpuAtMs);
  const time = seconds(measured);
  const hasSwap = members.swap && (!isSmall || members.swapWhenSmall === "all");
  const tellsAvailable = members.containerSwapAvailable === (isSmall ? "small" : "full");
  return {
    name: usage.name,
    startTime: seconds(new Date(usage.startedAtMs)),
    cpu: write.cpu({ at: measured, nanoCores: usage.nanoCores, cpuNanoSeconds: usage.cpuNanoSeconds }),
    memory: write.memory({ at: new Date(usage.memoryAtMs), memory: usage.memory }),
    ...write.io(time),
    ...(disk === undefined
      ? {}
      : {
          rootfs: { time, ...writeFileSystem({ ...disk, usedBytes: usage.layer.usedBytes, inodesUsed: usage.layer.inodesUsed }) },
          logs: { time: seconds(new Date()), ...writeFileSystem({ ...disk, usedBytes: usage.logBytes, inodesUsed: 1 }) },
        }),
    ...(hasSwap ? { swap: { time, ...(tellsAvailable ? { swapAvailableBytes: 0 } : {}), swapUsageBytes: usage.swapBytes } } : {}),
  };
}

/** The members of FsStats behind its time. */
export function writeFileSystem({ availableBytes, capacityBytes, usedBytes, inodesFree, inodes, inodesUsed }: FileSystem): Content {
  return { availableBytes, capacityBytes, usedBytes, inodesFree, inodes, inodesUsed };
}
