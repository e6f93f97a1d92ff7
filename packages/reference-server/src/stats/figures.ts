import type { BehaviourValues } from "@kubelet-conformance/types";

export type Content = Record<string, unknown>;

/** What decides which members are written. */
export interface Shape {
  members: BehaviourValues["stats-members"];
  /** Under only_cpu_and_memory. */
  isSmall: boolean;
}

interface Memory {
  usage: number;
  workingSet: number;
  rss: number;
  pageFaults: number;
  majorPageFaults: number;
}

/** Writers of the members that node, pods and containers share. */
export interface Figures {
  cpu(used: { at: Date; nanoCores: number; cpuNanoSeconds: number }): Content;
  /** `available` is left out where there is no limit. */
  memory(used: { at: Date; memory: Memory }, available?: number): Content;
  /** The member `io`, or nothing. */
  io(time: string): Content;
}

/** No pressure, as where the kernel has no PSI. */
const none = { total: 0, avg10: 0, avg60: 0, avg300: 0 };

export function figures({ members, isSmall }: Shape): Figures {
  const pressure = members.pressure ? { psi: { full: none, some: none } } : {};
  return {
    cpu: ({ at, nanoCores, cpuNanoSeconds }) => ({
      time: seconds(at),
      usageNanoCores: nanoCores,
      usageCoreNanoSeconds: cpuNanoSeconds,
      ...pressure,
    }),
    memory: ({ at, memory }, available) => ({
      time: seconds(at),
      ...(available === undefined ? {} : { availableBytes: available }),
      usageBytes: memory.usage,
      workingSetBytes: memory.workingSet,
      rssBytes: memory.rss,
      pageFaults: memory.pageFaults,
      majorPageFaults: memory.majorPageFaults,
      ...pressure,
    }),
    io: (time) => (members.pressure && !isSmall ? { io: { time, ...pressure } } : {}),
  };
}

/** RFC 3339, UTC, whole seconds, as metav1.Time writes it. */
export function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
