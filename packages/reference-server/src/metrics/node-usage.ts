import { cpus, freemem, totalmem, uptime } from "node:os";
import type { ContainerStats } from "@kubelet-conformance/cri";
import { podLabels } from "../pods/runtime-requests.ts";
import type { KubeletState } from "../state.ts";

/** What a container uses, as the runtime tells it. */
export interface ContainerUsage {
  id: string;
  name: string;
  podName: string;
  namespace: string;
  podUid: string;
  image: string;
  startedAtMs: number;
  cpuSeconds: number;
  memoryBytes: number;
}

export interface NodeUsage {
  cpuSeconds: number;
  memoryBytes: number;
  memoryTotalBytes: number;
  cores: number;
  bootedAt: Date;
  containers: readonly ContainerUsage[];
}

/** The machine's own figures and, by ListContainerStats, those of the running containers. Rejects when the runtime fails. */
export async function nodeUsage(kubelet: KubeletState): Promise<NodeUsage> {
  const { client, operations } = kubelet.runtime;
  const { stats } = await operations.run("list_container_stats", () => client.runtime.listContainerStats({}));
  const processors = cpus();
  const busyMs = processors.reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return {
    cpuSeconds: busyMs / 1000,
    memoryBytes: totalmem() - freemem(),
    memoryTotalBytes: totalmem(),
    cores: processors.length,
    bootedAt: new Date(Date.now() - uptime() * 1000),
    containers: stats.flatMap((entry) => containerUsage(entry, kubelet)).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function containerUsage({ attributes, cpu, memory }: ContainerStats, { pods }: KubeletState): ContainerUsage[] {
  const labels = attributes?.labels ?? {};
  const { [podLabels.container]: name, [podLabels.name]: podName, [podLabels.namespace]: namespace } = labels;
  if (attributes === undefined || name === undefined || podName === undefined || namespace === undefined) return [];
  const state = pods.find(namespace, podName);
  const status = state?.containers.get(name);
  if (status?.id !== attributes.id) return [];
  return [
    {
      id: attributes.id,
      name,
      podName,
      namespace,
      podUid: labels[podLabels.uid] ?? "",
      image: status.image?.image ?? "",
      startedAtMs: Number(status.startedAt / 1_000_000n),
      cpuSeconds: Number(cpu?.usageCoreNanoSeconds?.value ?? 0n) / 1e9,
      memoryBytes: Number(memory?.workingSetBytes?.value ?? 0n),
    },
  ];
}
