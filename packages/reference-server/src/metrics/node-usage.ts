import { stat } from "node:fs/promises";
import { type ContainerStats, ContainerState, type ContainerStatus } from "@kubelet-conformance/cri";
import { podLabels } from "../pods/runtime-requests.ts";
import type { PodState } from "../pods/pod-worker.ts";
import type { KubeletState } from "../state.ts";
import { lookAtMachine, type Machine } from "./machine.ts";

/** What a running container uses, as the runtime tells it. */
export interface ContainerUsage {
  id: string;
  name: string;
  podName: string;
  namespace: string;
  podUid: string;
  image: string;
  startedAtMs: number;
  /** When the runtime measured, milliseconds since the epoch. */
  cpuAtMs: number;
  memoryAtMs: number;
  cpuNanoSeconds: number;
  nanoCores: number;
  memory: { usage: number; workingSet: number; rss: number; pageFaults: number; majorPageFaults: number };
  swapBytes: number;
  /** Its writable layer. */
  layer: { mountpoint: string; usedBytes: number; inodesUsed: number };
  /** Space that its log takes, whole blocks. */
  logBytes: number;
}

/** The machine's own figures and those of the running containers. */
export interface NodeUsage {
  machine: Machine;
  /** By pod, then by name. */
  containers: readonly ContainerUsage[];
}

/** The machine's own figures and, by ListContainerStats, those of the running containers. Rejects when the runtime fails. */
export async function nodeUsage(kubelet: KubeletState): Promise<NodeUsage> {
  await kubelet.pods.refresh();
  // Not among the counted operations: the kubelet's stats provider has a client of its own.
  const [machine, { stats }] = await Promise.all([lookAtMachine(), kubelet.runtime.client.runtime.listContainerStats({})]);
  const containers = await Promise.all(stats.map((entry) => containerUsage(entry, kubelet)));
  return { machine, containers: containers.filter((usage) => usage !== undefined).toSorted(byPodAndName) };
}

function byPodAndName(a: ContainerUsage, b: ContainerUsage): number {
  const key = ({ namespace, podName, name }: ContainerUsage): string => `${namespace}/${podName}/${name}`;
  return key(a) < key(b) ? -1 : 1;
}

/** Undefined for a container that is none of this kubelet's or does not run: containerd lists those that have ended, too. */
async function containerUsage(entry: ContainerStats, kubelet: KubeletState): Promise<ContainerUsage | undefined> {
  const found = findContainer(entry, kubelet);
  if (found === undefined) return undefined;
  const { cpu, memory, swap, writableLayer } = entry;
  const {
    state: { pod },
    status,
    name,
  } = found;
  const number = (amount: { value: bigint } | undefined): number => Number(amount?.value ?? 0n);
  return {
    id: status.id,
    name,
    podName: pod.metadata.name,
    namespace: pod.metadata.namespace,
    podUid: pod.metadata.uid,
    image: status.image?.image ?? "",
    startedAtMs: milliseconds(status.startedAt),
    cpuAtMs: milliseconds(cpu?.timestamp ?? 0n),
    memoryAtMs: milliseconds(memory?.timestamp ?? 0n),
    cpuNanoSeconds: number(cpu?.usageCoreNanoSeconds),
    nanoCores: number(cpu?.usageNanoCores),
    memory: {
      usage: number(memory?.usageBytes),
      workingSet: number(memory?.workingSetBytes),
      rss: number(memory?.rssBytes),
      pageFaults: number(memory?.pageFaults),
      majorPageFaults: number(memory?.majorPageFaults),
    },
    swapBytes: number(swap?.swapUsageBytes),
    layer: {
      mountpoint: writableLayer?.fsId?.mountpoint ?? "",
      usedBytes: number(writableLayer?.usedBytes),
      inodesUsed: number(writableLayer?.inodesUsed),
    },
    logBytes: await spaceOf(status.logPath),
  };
}

function findContainer(
  { attributes }: ContainerStats,
  { pods }: KubeletState,
): { state: PodState; status: ContainerStatus; name: string } | undefined {
  const labels = attributes?.labels ?? {};
  const name = labels[podLabels.container] ?? "";
  const state = pods.find(labels[podLabels.namespace] ?? "", labels[podLabels.name] ?? "");
  const status = state?.containers.get(name);
  if (state === undefined || status?.state !== ContainerState.CONTAINER_RUNNING || status.id !== attributes?.id) return undefined;
  return { state, status, name };
}

/** What a file takes on its disk, in bytes; 0 when there is none. */
export async function spaceOf(path: string): Promise<number> {
  return stat(path).then(
    ({ blocks }) => blocks * 512,
    () => 0,
  );
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n);
}

/** What containers use together. */
export function totalUsage(containers: readonly ContainerUsage[]) {
  const sum = (of: (usage: ContainerUsage) => number): number => containers.reduce((all, usage) => all + of(usage), 0);
  return {
    nanoCores: sum(({ nanoCores }) => nanoCores),
    cpuNanoSeconds: sum(({ cpuNanoSeconds }) => cpuNanoSeconds),
    swapBytes: sum(({ swapBytes }) => swapBytes),
    memory: {
      usage: sum(({ memory }) => memory.usage),
      workingSet: sum(({ memory }) => memory.workingSet),
      rss: sum(({ memory }) => memory.rss),
      pageFaults: sum(({ memory }) => memory.pageFaults),
      majorPageFaults: sum(({ memory }) => memory.majorPageFaults),
    },
  };
}
