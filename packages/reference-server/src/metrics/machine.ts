import { readdir, readFile, statfs } from "node:fs/promises";
import { cpus, totalmem, uptime } from "node:os";

/** What the machine tells of itself; Linux through /proc, elsewhere what Node knows, the rest 0. */
export interface Machine {
  at: Date;
  identity: { bootId: string; machineId: string; osVersion: string };
  bootedAt: Date;
  cores: number;
  cpuSeconds: { user: number; system: number; total: number };
  memory: { total: number; available: number; usage: number; rss: number };
  swap: { total: number; free: number };
  interfaces: readonly NetworkInterface[];
  /** The device that holds the root file system. */
  rootDevice: string;
  processes: { limit: number; running: number };
}

export interface NetworkInterface {
  name: string;
  received: Traffic;
  sent: Traffic;
}

export interface Traffic {
  bytes: number;
  packets: number;
  errors: number;
  dropped: number;
}

export interface FileSystem {
  availableBytes: number;
  capacityBytes: number;
  usedBytes: number;
  inodesFree: number;
  inodes: number;
  inodesUsed: number;
}

/** Looks at the machine; never rejects. */
export async function lookAtMachine(): Promise<Machine> {
  const [meminfo, network, mounts, limit, load, bootId] = await Promise.all(
    ["meminfo", "net/dev", "self/mounts", "sys/kernel/pid_max", "loadavg", "sys/kernel/random/boot_id"].map((name) =>
      read(`/proc/${name}`),
    ),
  );
  const [machineId, osRelease] = await Promise.all(["/etc/machine-id", "/etc/os-release"].map((name) => read(name)));
  const processors = cpus();
  const sum = (of: (times: (typeof processors)[number]["times"]) => number): number =>
    processors.reduce((total, { times }) => total + of(times), 0) / 1000;
  const user = sum(({ user: own, nice }) => own + nice);
  const system = sum(({ sys, irq }) => sys + irq);
  const kilobytes = (name: string): number => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(meminfo ?? "")?.[1] ?? 0);
  const at = new Date();
  return {
    at,
    identity: {
      bootId: bootId?.trim() ?? "",
      machineId: machineId?.trim() ?? "",
      osVersion: /^PRETTY_NAME="?([^"\n]*)/m.exec(osRelease ?? "")?.[1] ?? "",
    },
    bootedAt: new Date(at.getTime() - uptime() * 1000),
    cores: processors.length,
    cpuSeconds: { user, system, total: user + system },
    memory: {
      total: totalmem(),
      available: kilobytes("MemAvailable"),
      usage: totalmem() - kilobytes("MemFree"),
      rss: kilobytes("AnonPages"),
    },
    swap: { total: kilobytes("SwapTotal"), free: kilobytes("SwapFree") },
    interfaces: interfacesOf(network ?? ""),
    rootDevice: /^(\S+) \/ /m.exec(mounts ?? "")?.[1] ?? "rootfs",
    processes: { limit: Number(limit?.trim() || 0), running: Number(/\/(\d+)/.exec(load ?? "")?.[1] ?? 0) },
  };
}

/** cAdvisor leaves the loopback out. */
function interfacesOf(table: string): NetworkInterface[] {
  return [...table.matchAll(/^\s*([^\s:]+):\s*(.*)$/gm)]
    .filter(([, name]) => name !== "lo")
    .map(([, name = "", figures = ""]) => {
      const counts = figures.trim().split(/\s+/).map(Number);
      const traffic = (from: number): Traffic => ({
        bytes: counts[from] ?? 0,
        packets: counts[from + 1] ?? 0,
        errors: counts[from + 2] ?? 0,
        dropped: counts[from + 3] ?? 0,
      });
      return { name, received: traffic(0), sent: traffic(8) };
    });
}

/** The file system that holds a path; undefined when there is no such path. */
export async function fileSystemOf(path: string): Promise<FileSystem | undefined> {
  const found = await statfs(path).catch(() => undefined);
  if (found === undefined) return undefined;
  const { bsize, blocks, bavail, bfree, files, ffree } = found;
  return {
    availableBytes: bavail * bsize,
    capacityBytes: blocks * bsize,
    usedBytes: (blocks - bfree) * bsize,
    inodesFree: ffree,
    inodes: files,
    inodesUsed: files - ffree,
  };
}

/** What a process of this machine has, from its own /proc entries. */
export interface ProcessFigures {
  openFiles: number;
  mostFiles: number;
  virtualBytes: number;
  threads: number;
  received: number;
  sent: number;
}

/** This process; never rejects. */
export async function lookAtProcess(): Promise<ProcessFigures> {
  const [limits, status, network] = await Promise.all(["self/limits", "self/status", "net/dev"].map((name) => read(`/proc/${name}`)));
  const open = await readdir("/proc/self/fd").catch(() => []);
  const counters = [...(network ?? "").matchAll(/^\s*[^\s:]+:\s*(.*)$/gm)].map(([, figures = ""]) =>
    figures.trim().split(/\s+/).map(Number),
  );
  const sum = (column: number): number => counters.reduce((total, counts) => total + (counts[column] ?? 0), 0);
  return {
    openFiles: open.length,
    mostFiles: Number(/^Max open files\s+(\d+)/m.exec(limits ?? "")?.[1] ?? 0),
    virtualBytes: 1024 * Number(/^VmSize:\s+(\d+)/m.exec(status ?? "")?.[1] ?? 0),
    threads: Number(/^Threads:\s+(\d+)/m.exec(status ?? "")?.[1] ?? 1),
    received: sum(0),
    sent: sum(8),
  };
}

/** Empty where there is no such file. */
async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
