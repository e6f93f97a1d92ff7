import { gzipSync } from "node:zlib";

import { packTar } from "modern-tar";

import { criuImage, criuStats } from "./criu-images.ts";
import { configDump, type DumpFacts, specDump } from "./dumps.ts";
import { containerdStatus, containerdStatusDump, crioBindMounts } from "./engine-dumps.ts";

export interface ArchiveFacts extends DumpFacts {
  /** A whole number of pages. */
  memoryBytes: number;
  /** No longer than that. */
  memory: Uint8Array;
  log: string;
}

/** The content of a layout's file entry; the memory pages, which may be large, are not among them. */
export async function entryContent(name: string, facts: ArchiveFacts): Promise<Uint8Array> {
  const image = /^checkpoint\/(.*)\.img$/.exec(name)?.[1];
  if (image !== undefined) return criuImage(image, facts.memoryBytes) ?? gzipSync(await packTar([]));
  switch (name) {
    case "rootfs-diff.tar": {
      const diff = await packTar([
        {
          header: { name: "dev/", type: "directory", size: 0, mode: 0o755, mtime: facts.createdAt },
        },
      ]);
      // containerd compresses it in spite of the name.
      return facts.layout === "containerd" ? gzipSync(diff) : diff;
    }
    case "stats-dump":
      return criuStats(facts.memoryBytes);
    default:
      return Buffer.from(text(name, facts));
  }
}

function text(name: string, facts: ArchiveFacts): string {
  switch (name) {
    case "config.dump":
      return configDump(facts);
    case "spec.dump":
      return specDump(facts);
    case "dump.log":
      return "(00.000000) Version: 4.2.1 (gitid 0)\n(00.040000) Dumping finished successfully\n";
    case "checkpoint/descriptors.json":
      return JSON.stringify(["/dev/null", "pipe:[1]", "pipe:[2]"]);
    case "status":
      return containerdStatus(facts);
    case "status.dump":
      return containerdStatusDump(facts);
    case "bind.mounts":
      return crioBindMounts(facts);
    case "container.log":
    case "io.kubernetes.cri-o.LogPath":
      return facts.log;
    default:
      throw new Error(`the layout has an entry ${name} that nothing fills`);
  }
}
