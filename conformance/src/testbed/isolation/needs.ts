import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../../errors.ts";

/** What the namespaces are made with. */
export interface Tools {
  /** The search path in force for them. */
  path: string;
  /** Whether the kubelet gets a network of its own; without `ip` it shares the machine's, on free ports of 127.0.0.1. */
  network: boolean;
}

/** Where distributions keep `mount` and `ip` of ordinary users. */
const systemPaths = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"];
const packages = { unshare: "util-linux", mount: "mount (or util-linux)", umount: "mount (or util-linux)", sh: "dash or bash" } as const;

/** Looks for the programs that the testbed needs. Throws a UsageError that names what is missing and what brings it. */
export async function findTools(): Promise<Tools> {
  if (process.platform !== "linux") {
    throw new UsageError(
      "platform-unsupported",
      `--kubelet PATH needs Linux, whose namespaces it works in; --kubelet reference runs everywhere`,
    );
  }
  const directories = [...new Set([...(process.env["PATH"] ?? "").split(":"), ...systemPaths])].filter((directory) => directory !== "");
  const has = async (name: string): Promise<boolean> => {
    const found = await Promise.all(
      directories.map((directory) =>
        access(join(directory, name), constants.X_OK).then(
          () => true,
          () => false,
        ),
      ),
    );
    return found.includes(true);
  };
  for (const [name, from] of Object.entries(packages)) {
    if (!(await has(name)))
      throw new UsageError("tool-missing", `the program "${name}" is needed and not on the PATH: install the package ${from}`);
  }
  return { path: directories.join(":"), network: await has("ip") };
}

/** Directories that the testbed covers with empty ones of its own. */
const covered = ["/var/log", "/var/lib/kubelet", "/var/lib/kubelet-testbed"];

/** Throws a UsageError when a file would be covered. */
export function requireVisible(title: string, path: string): void {
  const cover = covered.find((directory) => path.startsWith(`${directory}/`));
  if (cover !== undefined) {
    throw new UsageError(
      "file-covered",
      `${title} lies in ${cover}, which the testbed covers with a directory of its own: copy it elsewhere (${path})`,
    );
  }
}
