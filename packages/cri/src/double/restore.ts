import { randomInt } from "node:crypto";
import { ArchiveError, listArchive, readEntry } from "@kubelet-conformance/checkpoint-archive";
import { noSuchArchive, unknownError } from "./errors.ts";
import type { HeldImage, ImageStore } from "./image-store.ts";
import { decodeMemory, type ProgramMemory } from "./memory.ts";

/** What an archive says of the container that it was made of. */
export interface RestoredState {
  /** Undefined: nothing that a process could be made of, which shows when it is started. */
  readonly memory: ProgramMemory | undefined;
  /** What it had logged. */
  readonly log: string;
}

/** A name that runtimes take for the path of a checkpoint archive: no image has one like it. */
export function isArchivePath(reference: string): boolean {
  return reference.startsWith("/");
}

/** Reads an archive as far as containerd does for CreateContainer; throws in its words. Paths in them are made up, as its own are. */
export async function readArchive(path: string, images: ImageStore): Promise<{ image: HeldImage; restored: RestoredState }> {
  const unpacked = `/tmp/checkpoint${randomInt(2 ** 32 - 1)}`;
  const entries = await listArchive(path).catch((error: unknown) => {
    throw refusal(error, path, unpacked);
  });
  const content = async (name: string): Promise<Buffer | undefined> =>
    entries.some((entry) => entry.name === name) ? await readEntry(path, name) : undefined;
  const needed = async (name: string): Promise<string> => String((await content(name)) ?? missing(name, unpacked));
  await needed("spec.dump");
  const imageName = nameIn(await needed("config.dump"));
  // From a registry, whether it is there or not.
  const image = images.pull(imageName);
  if (!image)
    throw unknownError(`failed to pull checkpoint base image ${imageName}: failed to resolve reference "${imageName}": not found`);
  const pages = await content("checkpoint/pages-1.img");
  const log = (await content("container.log")) ?? (await content("io.kubernetes.cri-o.LogPath"));
  return { image, restored: { memory: pages === undefined ? undefined : decodeMemory(pages), log: String(log ?? "") } };
}

function missing(name: string, unpacked: string): never {
  throw unknownError(`failed to read "${name}": open ${unpacked}/${name}: no such file or directory`);
}

function nameIn(configDump: string): string {
  const config: unknown = JSON.parse(configDump);
  return typeof config === "object" && config !== null && "rootfsImageName" in config ? String(config.rootfsImageName) : "";
}

function refusal(error: unknown, path: string, unpacked: string): unknown {
  if (!(error instanceof ArchiveError)) return error;
  if (error.code === "empty") return unknownError(`failed to read "spec.dump": open ${unpacked}/spec.dump: no such file or directory`);
  if (error.code === "unreadable") return noSuchArchive(path);
  return unknownError(`unpacking of checkpoint archive ${unpacked} failed: unexpected EOF`);
}
