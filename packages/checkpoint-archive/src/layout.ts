/** Whose arrangement of entries an archive follows. */
export type ArchiveLayout = "containerd" | "cri-o";

/** The OCI runtime below the engine; some modes depend on it. */
export type OciRuntime = "runc" | "crun";

export interface LayoutEntry {
  /** Name without a trailing slash; numbers in it (process, mount and namespace ids) are those of a small container. */
  name: string;
  type: "file" | "directory";
  /** Permission bits in the archive. */
  mode: number;
  /** `common`: every engine writes it. `engine`: this engine always does. `varies`: depends on the processes dumped. */
  presence: "common" | "engine" | "varies";
}

/** What every engine puts into an archive; nothing else may be demanded of an unknown engine. */
export const commonEntries: readonly string[] = ["config.dump", "spec.dump", "checkpoint/inventory.img", "stats-dump", "dump.log"];

/** Entries that only one engine writes, and so give it away. */
const marks: Record<ArchiveLayout, readonly string[]> = {
  containerd: ["status", "status.dump", "container.log"],
  "cri-o": ["bind.mounts", "io.kubernetes.cri-o.LogPath"],
};

const file = (name: string, mode: number, presence: LayoutEntry["presence"]): LayoutEntry => ({
  name,
  type: "file",
  mode,
  presence,
});

const criuImages: readonly LayoutEntry[] = [
  "cgroup",
  "core-1",
  "fdinfo-2",
  "files",
  "fs-1",
  "ids-1",
  "inventory",
  "ipcns-var-10",
  "mm-1",
  "mountpoints-11",
  "pagemap-1",
  "pages-1",
  "pstree",
  "seccomp",
  "timens-0",
  "tmpfs-dev-66.tar.gz",
].map((image) => file(`checkpoint/${image}.img`, 0o644, image === "inventory" ? "common" : "varies"));

/**
 * The entries of one engine's archives, in the order in which that engine writes them. The order is no promise.
 * Recorded from containerd 2.1 and CRI-O 1.36 with CRIU 4.2.
 */
export function layoutEntries(layout: ArchiveLayout, ociRuntime: OciRuntime = "runc"): LayoutEntry[] {
  return layout === "containerd" ? containerdEntries() : crioEntries(ociRuntime);
}

function containerdEntries(): LayoutEntry[] {
  const inDirectory = [...criuImages, file("checkpoint/descriptors.json", 0o644, "engine")];
  return [
    { name: "checkpoint", type: "directory", mode: 0o700, presence: "engine" },
    ...inDirectory.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    file("config.dump", 0o600, "common"),
    file("container.log", 0o600, "engine"),
    file("dump.log", 0o600, "common"),
    file("rootfs-diff.tar", 0o644, "engine"),
    file("spec.dump", 0o644, "common"),
    file("stats-dump", 0o644, "common"),
    file("status", 0o600, "engine"),
    file("status.dump", 0o600, "engine"),
  ];
}

function crioEntries(ociRuntime: OciRuntime): LayoutEntry[] {
  // With runc the directory has no search permission, so that an ordinary user's `tar x` cannot enter it.
  const mode = ociRuntime === "runc" ? 0o600 : 0o700;
  const inDirectory = [
    ...criuImages,
    file("checkpoint/descriptors.json", mode, "engine"),
    file("checkpoint/utsns-11.img", 0o644, "varies"),
  ];
  return [
    file("stats-dump", 0o644, "common"),
    file("dump.log", 0o600, "common"),
    { name: "checkpoint", type: "directory", mode, presence: "engine" },
    ...inDirectory.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    file("config.dump", 0o600, "common"),
    file("spec.dump", 0o600, "common"),
    file("bind.mounts", 0o600, "engine"),
    file("rootfs-diff.tar", 0o644, "engine"),
    file("io.kubernetes.cri-o.LogPath", 0o644, "engine"),
  ];
}

export interface LayoutVerdict {
  layout: ArchiveLayout | "unknown";
  /** Why, one clause each. */
  reasons: string[];
}

/** Tells the engine by the entries that only it writes. One such entry is enough; those of both engines mean unknown. */
export function detectLayout(entries: Iterable<{ name: string }>): LayoutVerdict {
  const names = new Set([...entries].map(({ name }) => name));
  const found = (layout: ArchiveLayout): string[] => marks[layout].filter((name) => names.has(name));
  const containerd = found("containerd");
  const crio = found("cri-o");
  const reasons = [
    ...containerd.map((name) => `has ${name}, which only containerd writes`),
    ...crio.map((name) => `has ${name}, which only CRI-O writes`),
  ];
  if (containerd.length > 0 && crio.length === 0) return { layout: "containerd", reasons };
  if (crio.length > 0 && containerd.length === 0) return { layout: "cri-o", reasons };
  if (reasons.length > 0) return { layout: "unknown", reasons };
  return {
    layout: "unknown",
    reasons: ["has none of the entries that only containerd or only CRI-O writes"],
  };
}

/** The common entries that are not there, in no particular order. */
export function missingCommonEntries(entries: Iterable<{ name: string }>): string[] {
  const names = new Set([...entries].map(({ name }) => name));
  return commonEntries.filter((name) => !names.has(name));
}
