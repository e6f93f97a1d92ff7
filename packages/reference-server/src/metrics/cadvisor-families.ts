import { cpus, release } from "node:os";
import type { KubeletState } from "../state.ts";
import type { Family, Labels, Sample } from "./exposition.ts";
import { type FileSystem, fileSystemOf, type Machine, type NetworkInterface } from "./machine.ts";
import { type ContainerUsage, type NodeUsage, totalUsage } from "./node-usage.ts";
import { type CadvisorRow, cadvisorTable, type CgroupKind, rowsAt } from "./tables.ts";

/** One cgroup that cAdvisor tells of, and what is known of it. */
interface Cgroup {
  kind: CgroupKind;
  labels: Labels;
  startedAtMs: number;
  /** When it was measured, milliseconds since the epoch. */
  atMs: number;
  cpu: { user: number; system: number; total: number };
  memory: { usage: number; workingSet: number; rss: number; pageFaults: number; majorPageFaults: number };
  processes: number;
}

/** The families of /metrics/cadvisor. What nobody here measures is 0. */
export async function cadvisorFamilies(kubelet: KubeletState, usage: NodeUsage): Promise<Family[]> {
  const cgroups = cgroupsOf(kubelet, usage);
  const disk = await fileSystemOf("/");
  return rowsOf(kubelet.minor).map((row) => ({
    name: row.name,
    help: row.help,
    type: row.type,
    samples: row.of === "machine" ? machineSamples(row, usage.machine) : cgroupSamples(row, cgroups, { machine: usage.machine, disk }),
  }));
}

const rowsByMinor = new Map<string, readonly CadvisorRow[]>();

function rowsOf(minor: string): readonly CadvisorRow[] {
  const rows = rowsByMinor.get(minor) ?? rowsAt(cadvisorTable, minor);
  rowsByMinor.set(minor, rows);
  return rows;
}

function machineSamples({ name, labels = [{}] }: CadvisorRow, { identity, cores, memory, swap }: Machine): Sample[] {
  const { bootId, machineId, osVersion } = identity;
  if (name === "cadvisor_version_info") {
    const version = { cadvisorRevision: "", cadvisorVersion: "", dockerVersion: "", kernelVersion: release(), osVersion };
    return [{ labels: version, value: 1 }];
  }
  if (name.endsWith("_scrape_error")) return [{ labels: {}, value: 0 }];
  const values: Record<string, number> = {
    machine_cpu_cores: cores,
    machine_cpu_physical_cores: cores,
    machine_cpu_sockets: new Set(cpus().map(({ model }) => model)).size,
    machine_memory_bytes: memory.total,
    machine_swap_bytes: swap.total,
  };
  return labels.map((own) => ({
    labels: sorted({ boot_id: bootId, machine_id: machineId, system_uuid: "", ...own }),
    value: values[name] ?? 0,
  }));
}

function cgroupSamples(
  row: CadvisorRow,
  cgroups: readonly Cgroup[],
  { machine, disk }: { machine: Machine; disk: FileSystem | undefined },
): Sample[] {
  const chosen = cgroups.filter(({ kind }) => row.of.includes(kind));
  if (row.per === "device") {
    const value = fileSystemValue(row.name, disk);
    return chosen.map((cgroup) => sample(row, cgroup, { device: machine.rootDevice }, value));
  }
  if (row.per === "interface") {
    return chosen.flatMap((cgroup) =>
      machine.interfaces.map((each) => sample(row, cgroup, { interface: each.name }, trafficValue(row.name, each))),
    );
  }
  return chosen.flatMap((cgroup) => (row.labels ?? [{}]).map((own) => sample(row, cgroup, own, cgroupValue(row.name, cgroup, own))));
}

function sample({ untimed }: CadvisorRow, cgroup: Cgroup, own: Labels, value: number): Sample {
  return { labels: sorted({ ...cgroup.labels, ...own }), value, ...(untimed ? {} : { timestamp: cgroup.atMs }) };
}

function fileSystemValue(name: string, disk: FileSystem | undefined): number {
  const values: Record<string, number | undefined> = {
    container_fs_inodes_free: disk?.inodesFree,
    container_fs_inodes_total: disk?.inodes,
    container_fs_limit_bytes: disk?.capacityBytes,
    container_fs_usage_bytes: disk?.usedBytes,
  };
  return values[name] ?? 0;
}

function trafficValue(name: string, { received, sent }: NetworkInterface): number {
  const [, direction, figure = ""] = /^container_network_(receive|transmit)_(bytes|packets_dropped|packets|errors)_total$/.exec(name) ?? [];
  const traffic = direction === "receive" ? received : sent;
  return { bytes: traffic.bytes, packets: traffic.packets, errors: traffic.errors, packets_dropped: traffic.dropped }[figure] ?? 0;
}

function cgroupValue(name: string, { cpu, memory, startedAtMs, atMs, processes }: Cgroup, { failure_type: failure }: Labels): number {
  const values: Record<string, number> = {
    container_cpu_usage_seconds_total: cpu.total,
    container_cpu_user_seconds_total: cpu.user,
    container_cpu_system_seconds_total: cpu.system,
    container_creation_time_seconds: startedAtMs / 1000,
    container_last_seen: Math.floor(atMs / 1000),
    container_memory_failures_total: failure === "pgfault" ? memory.pageFaults : memory.majorPageFaults,
    container_memory_max_usage_bytes: memory.usage,
    container_memory_rss: memory.rss,
    container_memory_usage_bytes: memory.usage,
    container_memory_working_set_bytes: memory.workingSet,
    container_processes: processes,
    container_spec_cpu_period: 100_000,
    container_spec_cpu_shares: 2,
    container_start_time_seconds: Math.floor(startedAtMs / 1000),
    container_threads: processes,
  };
  return values[name] ?? 0;
}

const unnamed = { container: "", image: "", name: "", namespace: "", pod: "" };
const nothing: Pick<Cgroup, "cpu" | "memory" | "processes"> = {
  cpu: { user: 0, system: 0, total: 0 },
  memory: { usage: 0, workingSet: 0, rss: 0, pageFaults: 0, majorPageFaults: 0 },
  processes: 0,
};

/** The cgroups of a node whose pods are all best effort, in the order of their ids. */
function cgroupsOf({ pods, startedAt }: KubeletState, { machine, containers }: NodeUsage): Cgroup[] {
  const atMs = machine.at.getTime();
  const { memory } = machine;
  const workingSet = memory.total - memory.available;
  const root: Cgroup = {
    ...nothing,
    kind: "root",
    labels: { ...unnamed, id: "/" },
    startedAtMs: machine.bootedAt.getTime(),
    atMs,
    cpu: machine.cpuSeconds,
    memory: { ...nothing.memory, usage: memory.usage, workingSet, rss: memory.rss },
    processes: machine.processes.running,
  };
  const parents = ["/kubepods", "/kubepods/besteffort", "/kubepods/burstable"].map((id): Cgroup => {
    const isAbovePods = id !== "/kubepods/burstable";
    return { ...total(isAbovePods ? containers : []), kind: "parent", labels: { ...unnamed, id }, startedAtMs: startedAt.getTime(), atMs };
  });
  const ofPods = pods.states.flatMap(({ pod: { metadata }, sandboxId, startTime }): Cgroup[] => {
    const own = containers.filter(({ podUid }) => podUid === metadata.uid);
    const id = `/kubepods/besteffort/pod${metadata.uid}`;
    const named = { ...unnamed, namespace: metadata.namespace, pod: metadata.name };
    const common = { startedAtMs: startTime.getTime(), atMs };
    return [
      { ...total(own), ...common, kind: "pod", labels: { ...named, id } },
      ...(sandboxId === undefined
        ? []
        : [
            {
              ...nothing,
              ...common,
              kind: "sandbox" as const,
              labels: { ...named, id: `${id}/${sandboxId}`, image: own[0]?.image ?? "pause", name: sandboxId },
            },
          ]),
      ...own.map((usage): Cgroup => ({
        ...total([usage]),
        kind: "container",
        labels: { ...named, container: usage.name, id: `${id}/${usage.id}`, image: usage.image, name: usage.id },
        startedAtMs: usage.startedAtMs,
        atMs: usage.cpuAtMs,
      })),
    ];
  });
  return [root, ...parents, ...ofPods].toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Series are sorted by the values of their labels, of which the container's name comes first. */
function sortKey({ labels: { container, id } }: Cgroup): string {
  return `${container}\0${id}`;
}

function total(containers: readonly ContainerUsage[]): Pick<Cgroup, "cpu" | "memory" | "processes"> {
  const { cpuNanoSeconds, memory } = totalUsage(containers);
  const cpu = cpuNanoSeconds / 1e9;
  // CRI does not tell user from system.
  return { cpu: { user: cpu, system: 0, total: cpu }, memory, processes: containers.length };
}

function sorted(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
