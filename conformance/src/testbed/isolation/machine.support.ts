import { readdirSync, readFileSync } from "node:fs";
import { testbedDirectory } from "./setup.ts";

/** What a testbed might leave on a machine or change of it. Two of these that are equal: it did neither. */
export interface Machine {
  mounts: string[];
  sysctls: Record<string, string>;
  directories: Record<string, string[]>;
  cgroups: string[];
  /** Unix sockets of testbeds. */
  sockets: string[];
}

const sysctls = [
  "vm/overcommit_memory",
  "vm/panic_on_oom",
  "kernel/panic",
  "kernel/panic_on_oops",
  "kernel/keys/root_maxkeys",
  "kernel/keys/root_maxbytes",
  "kernel/hostname",
];
const directories = ["/var/lib", "/var/lib/kubelet", "/var/lib/kubelet/device-plugins", "/var/log", "/var/log/pods", "/var/log/containers"];

/** `temporary` is the temporary directory of whoever is watched. */
export function lookAtMachine(temporary: string): Machine {
  return {
    mounts: readFileSync("/proc/self/mountinfo", "utf8").split("\n").toSorted(),
    sysctls: Object.fromEntries(sysctls.map((name) => [name, read(`/proc/sys/${name}`)])),
    directories: Object.fromEntries([...directories, temporary].map((directory) => [directory, entries(directory)])),
    cgroups: ["/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/cpu"].flatMap(entries).filter((name) => name.startsWith("kube")),
    sockets: read("/proc/net/unix")
      .split("\n")
      .filter((line) => line.includes(testbedDirectory) || line.includes(temporary)),
  };
}

/** The processes that have this variable, by id, with their command line. */
export function processesWith(variable: string): string[] {
  return entries("/proc").flatMap((id) => {
    if (!/^\d+$/.test(id) || !read(`/proc/${id}/environ`).split("\0").includes(variable)) return [];
    return [`${id} ${read(`/proc/${id}/cmdline`).replaceAll("\0", " ").slice(0, 120)}`];
  });
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
