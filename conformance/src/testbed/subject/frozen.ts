import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where the freezer of cgroup v1 is mounted; with cgroup v2 every group below the root can freeze. */
const hierarchies = ["/sys/fs/cgroup/freezer", "/sys/fs/cgroup/unified", "/sys/fs/cgroup"];

/**
 * Lets containers go on that a runtime left frozen, through their own cgroups: those that bear their ids, whatever the runtime. Answers with the
 * files that were written. A frozen process of cgroup v1 cannot be killed either.
 */
export async function thaw(containerIds: readonly string[], roots: readonly string[] = hierarchies): Promise<string[]> {
  const written: string[] = [];
  const visited = await Promise.all(roots.map((root) => groupsNamed(containerIds, root)));
  for (const group of visited.flat()) {
    const file = await thawGroup(group).catch(() => undefined);
    if (file !== undefined) written.push(file);
  }
  return written;
}

async function thawGroup(group: string): Promise<string | undefined> {
  const [state, freeze] = [join(group, "freezer.state"), join(group, "cgroup.freeze")];
  const read = async (path: string): Promise<string | undefined> => (await readFile(path, "utf8").catch(() => undefined))?.trim();
  const legacy = await read(state);
  if (legacy === "FROZEN" || legacy === "FREEZING") {
    await writeFile(state, "THAWED");
    return state;
  }
  if ((await read(freeze)) !== "1") return undefined;
  await writeFile(freeze, "0");
  return freeze;
}

/** The groups in this hierarchy whose names contain one of the ids: `ID`, `crio-ID`, `cri-containerd-ID.scope`. */
async function groupsNamed(ids: readonly string[], directory: string): Promise<string[]> {
  if (ids.length === 0) return [];
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const groups = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const nested = await Promise.all(
    groups.map(async (name) => {
      const path = join(directory, name);
      // What lies below a container's group is the container's, too.
      const own = ids.some((id) => id !== "" && name.includes(id));
      return own ? [path, ...(await groupsBelow(path))] : groupsNamed(ids, path);
    }),
  );
  return nested.flat();
}

async function groupsBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
}
