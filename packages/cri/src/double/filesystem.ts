import { posix } from "node:path";

/** The root filesystem of every simulated container: what a bare busybox image holds. */
const directories: Readonly<Record<string, readonly string[]>> = {
  "/": ["bin", "dev", "etc", "proc", "sys", "tmp"],
  "/bin": ["busybox", "cat", "echo", "ls", "sh", "sleep"],
  "/dev": ["null"],
  "/etc": ["passwd"],
  "/proc": [],
  "/sys": [],
  "/tmp": [],
};

const files: Readonly<Record<string, string>> = {
  "/dev/null": "",
  "/etc/passwd": "root:x:0:0:root:/:/bin/sh\n",
};

/** The text of a file, or busybox's words for why it cannot be read. */
export function readFile(path: string): { text: string } | { error: string } {
  const absolute = normalize(path);
  const text = files[absolute];
  if (text !== undefined) return { text };
  if (directories[absolute] !== undefined) return { error: "read error: Is a directory" };
  return { error: `can't open '${path}': No such file or directory` };
}

/** The sorted names in a directory, the name of a file, undefined when there is neither. */
export function listDirectory(path: string): readonly string[] | undefined {
  const absolute = normalize(path);
  return directories[absolute] ?? (files[absolute] === undefined ? undefined : [path]);
}

/** What there is under a name. */
export function kindOf(path: string): "directory" | "file" | "absent" {
  const absolute = normalize(path);
  if (directories[absolute] !== undefined) return "directory";
  return files[absolute] === undefined ? "absent" : "file";
}

/** Containers start in `/`. */
function normalize(path: string): string {
  return posix.resolve("/", path);
}
