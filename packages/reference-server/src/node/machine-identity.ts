import { readdir, readFile, statfs } from "node:fs/promises";
import { arch, cpus, platform, release, totalmem } from "node:os";

/** What a node object says of its machine and what does not change while the kubelet runs. */
export interface MachineIdentity {
  machineId: string;
  systemUuid: string;
  bootId: string;
  kernelVersion: string;
  osImage: string;
  /** As Go names them: `linux`, `amd64`. */
  operatingSystem: string;
  architecture: string;
  cores: number;
  memoryBytes: number;
  swapBytes: number;
  /** Bytes of preallocated pages, by resource: `hugepages-2Mi`. */
  hugePages: Readonly<Record<string, number>>;
  /** It runs in a user namespace of its own. */
  hasUserNamespace: boolean;
  /** Its cgroups are those of version 1. */
  hasCgroupV1: boolean;
}

const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };
const systems: Readonly<Record<string, string>> = { win32: "windows" };
const cgroup2Magic = 0x63677270;

/** Looks at the machine; never rejects, what cannot be read is empty or 0. */
export async function identifyMachine(): Promise<MachineIdentity> {
  const [machineId, productUuid, bootId, osRelease, meminfo, users] = await Promise.all(
    [
      "/etc/machine-id",
      "/sys/class/dmi/id/product_uuid",
      "/proc/sys/kernel/random/boot_id",
      "/etc/os-release",
      "/proc/meminfo",
      "/proc/self/uid_map",
    ].map(async (file) => (await readFile(file, "utf8").catch(() => "")).trim()),
  );
  const cgroups = await statfs("/sys/fs/cgroup").catch(() => undefined);
  return {
    machineId: machineId ?? "",
    systemUuid: productUuid || machineId || "",
    bootId: bootId ?? "",
    kernelVersion: release(),
    osImage: /^PRETTY_NAME="?([^"\n]*)/m.exec(osRelease ?? "")?.[1] ?? "",
    operatingSystem: systems[platform()] ?? platform(),
    architecture: architectures[arch()] ?? arch(),
    cores: cpus().length,
    memoryBytes: totalmem(),
    swapBytes: 1024 * Number(/^SwapTotal:\s+(\d+)/m.exec(meminfo ?? "")?.[1] ?? 0),
    hugePages: await hugePages(),
    hasUserNamespace: users !== undefined && users !== "" && !/^0\s+0\s+4294967295$/.test(users),
    hasCgroupV1: cgroups !== undefined && cgroups.type !== cgroup2Magic,
  };
}

const hugePagesDirectory = "/sys/kernel/mm/hugepages";

async function hugePages(): Promise<Record<string, number>> {
  const names = await readdir(hugePagesDirectory).catch(() => []);
  const sizes = names.map((name) => Number(/^hugepages-(\d+)kB$/.exec(name)?.[1] ?? 0)).filter((size) => size > 0);
  const entries = sizes.map(async (kilobytes) => {
    const count = Number(await readFile(`${hugePagesDirectory}/hugepages-${kilobytes}kB/nr_hugepages`, "utf8").catch(() => "0"));
    return [`hugepages-${sizeText(kilobytes)}`, kilobytes * 1024 * count] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function sizeText(kilobytes: number): string {
  let [rest, unit] = [kilobytes, 0];
  while (rest % 1024 === 0 && unit < 2) {
    rest /= 1024;
    unit++;
  }
  return `${rest}${["Ki", "Mi", "Gi"][unit] ?? ""}`;
}
