import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path/posix";
import { Blocked, type CheckContext } from "../engine/check.ts";

/** A file of the checkpoints directory. */
export interface File {
  name: string;
  size: number;
  /** Differs when the file was written again. */
  version: string;
}

/** The checkpoints directory on the node, where archives are if one was made, else below the kubelet's root directory. */
export async function directoryOf(context: CheckContext): Promise<{ onNode: string; local: string }> {
  const { nodeRoot, rootDirectory = "/var/lib/kubelet", facts } = context.target;
  if (nodeRoot === undefined) throw new Blocked("node-root");
  const onNode = facts.runtime?.includes("ok") ? dirname((await context.archive()).path) : join(rootDirectory, "checkpoints");
  return { onNode, local: join(nodeRoot, onNode) };
}

/** What is in the directory now. */
export async function contents(context: CheckContext): Promise<File[]> {
  const { local: directory } = await directoryOf(context);
  const names = await readdir(directory).catch(() => {
    throw new Blocked("node-root");
  });
  const files = names.map(async (name): Promise<File[]> => {
    const found = await stat(join(directory, name), { bigint: true }).catch(() => undefined);
    return found ? [{ name, size: Number(found.size), version: `${found.ino} ${found.mtimeNs} ${found.size}` }] : [];
  });
  return (await Promise.all(files)).flat();
}

/** Files that are new or were written again; they stay on the node. */
export async function changed(context: CheckContext, before: readonly File[]): Promise<File[]> {
  const known = new Set(before.map(({ name, version }) => `${name} ${version}`));
  const files = (await contents(context)).filter(({ name, version }) => !known.has(`${name} ${version}`));
  const { onNode } = await directoryOf(context);
  // Other names are a runtime's temporary files, on their way out.
  for (const { name } of files) if (name.endsWith(".tar")) context.leftover(join(onNode, name));
  return files;
}
