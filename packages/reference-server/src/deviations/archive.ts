import { chmod, mkdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path/posix";
import { gzipSync } from "node:zlib";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { changing } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { halvingOverlapping } from "./checkpoint-calls.ts";
import { checkpointing, type RuntimeCheckpoint } from "./checkpointing.ts";

const partial = "the beginning of an archive";

/** What breaks each requirement of `spec/requirements/archive.yaml`. */
export const archive: Record<ObservableRequirementId["archive"], Deviation> = {
  "archive.path.absolute": {
    summary: "names archives relative to its working directory",
    ...locating((path) => `${"../".repeat(process.cwd().split("/").length - 1)}${path.slice(1)}`),
  },
  "archive.path.directory": {
    summary: "stores archives in a directory named archives",
    rootDirectory: async (root) => void (await mkdir(join(root, "archives"), { recursive: true, mode: 0o700 })),
    ...locating((path) => join(dirname(dirname(path)), "archives", basename(path))),
  },
  "archive.path.root-directory": {
    summary: "stores archives two directories below its root",
    rootDirectory: async (root) => void (await mkdir(join(root, "runtime/checkpoints"), { recursive: true, mode: 0o700 })),
    ...locating((path) => join(dirname(dirname(path)), "runtime/checkpoints", basename(path))),
  },
  "archive.name.form": {
    summary: "leaves the prefix checkpoint- out of names",
    ...naming((name) => name.replace(/^checkpoint-/, "")),
  },
  "archive.name.pod-full-name": {
    summary: "joins pod and namespace with a dash",
    ...naming((name) => name.replace("_", "-")),
  },
  "archive.name.timestamp": {
    summary: "writes milliseconds into the timestamp",
    ...stamping((time, zone) => `${time}.000${zone}`),
  },
  "archive.name.time-zone": {
    summary: "leaves the zone out of the timestamp",
    ...stamping((time) => time),
  },
  "archive.name.local-time": {
    summary: "writes the timestamp in UTC on every node",
    ...stamping((time, zone) => new Date(`${time}${zone}`).toISOString().replace(".000", "")),
  },
  "archive.name.time-of-call": {
    summary: "takes the timestamp of a day ago",
    ...stamping((time) => new Date(Date.parse(`${time}Z`) - 86_400_000).toISOString().replace(".000", "")),
  },
  "archive.name.container": {
    summary: "cuts container names after four letters",
    ...naming((name) => name.replace(/(?<=-[^-]{4})[^-]+(?=-\d{4}-\d\d-\d\dT)/, "")),
  },
  "archive.file.exists": {
    summary: "names an archive that it has removed",
    ...afterwards(({ location }) => rm(location)),
  },
  "archive.file.complete": {
    summary: "answers while half of the archive is missing",
    ...afterwards(async ({ location }) => truncate(location, Math.floor((await stat(location)).size / 2))),
  },
  "archive.file.private": {
    summary: "lets everybody read the archive",
    ...afterwards(({ location }) => chmod(location, 0o644)),
  },
  "archive.directory.private": {
    summary: "lets everybody into the checkpoints directory",
    rootDirectory: (root) => chmod(join(root, "checkpoints"), 0o755),
  },
  "archive.format.tar": {
    summary: "compresses the archive",
    ...afterwards(async ({ location }) => writeFile(location, gzipSync(await readFile(location)))),
  },
  "archive.format.safe-names": {
    summary: "holds an entry with an absolute path",
    ...renamingEntry("checkpoint/inventory.img", "/checkpointinventory.img"),
  },
  "archive.content.spec-dump": {
    summary: "calls spec.dump dump.spec",
    ...renamingEntry("spec.dump", "dump.spec"),
  },
  "archive.content.config-dump": {
    summary: "calls config.dump dump.config",
    ...renamingEntry("config.dump", "dump.config"),
  },
  "archive.content.inventory": {
    summary: "calls the inventory img.inventory",
    ...renamingEntry("checkpoint/inventory.img", "checkpoint/img.inventory"),
  },
  "archive.content.container-id": {
    summary: "names another container in config.dump",
    ...rewriting((content, { containerId }) => content.replaceAll(containerId, "0".repeat(containerId.length))),
  },
  "archive.content.engine-layout": {
    summary: "calls descriptors.json descriptors.nosj",
    ...renamingEntry("checkpoint/descriptors.json", "checkpoint/descriptors.nosj"),
  },
  "archive.restore.goes-on": {
    summary: "hands out the memory that the container had when it started",
    // As the runtime double keeps it.
    ...rewriting((content) => content.replace(/(?<="steps":")\d+(?="\}\0)/, (steps) => "0".repeat(steps.length))),
  },
  "archive.disconnect.whole-or-none": {
    summary: "makes the archive's file before it asks the runtime, and forgets it when the client goes away",
    runtime: checkpointing(async (checkpoint, ask) => {
      await writeFile(checkpoint.location, partial, { mode: 0o600 });
      return ask(checkpoint);
    }),
  },
  "archive.overlap.whole": {
    summary: "answers overlapping calls while half of the archive is missing",
    runtime: checkpointing(halvingOverlapping()),
  },
  "archive.failure.nothing-left": {
    summary: "leaves a part of an archive when a checkpoint fails",
    runtime: checkpointing(async (checkpoint, ask) => {
      try {
        return await ask(checkpoint);
      } catch (error) {
        await writeFile(checkpoint.location, partial, { mode: 0o600 });
        throw error;
      }
    }),
  },
};

type Parts = Pick<Deviation, "http" | "runtime">;

/** Another path for archives, in what the runtime is asked and in what the client is told. */
function locating(change: (path: string) => string): Parts {
  return {
    http: changing(
      { listener: "main", method: "POST", path: /^\/checkpoint\//, status: 200 },
      { body: (body) => body.replace(/(?<=")\/[^"]*/, change) },
    ),
    runtime: checkpointing((checkpoint, ask) => ask({ ...checkpoint, location: change(checkpoint.location) })),
  };
}

function naming(change: (name: string) => string): Parts {
  return locating((path) => join(dirname(path), change(basename(path))));
}

function stamping(change: (time: string, zone: string) => string): Parts {
  return naming((name) =>
    name.replace(/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([^.]*)/, (_whole, time: string, zone: string) => change(time, zone)),
  );
}

/** Something that happens to the archive after the runtime wrote it and before the client hears of it. */
function afterwards(change: (checkpoint: RuntimeCheckpoint) => Promise<void>): Parts {
  return {
    runtime: checkpointing(async (checkpoint, ask) => {
      const answer = await ask(checkpoint);
      await change(checkpoint);
      return answer;
    }),
  };
}

function rewriting(change: (content: string, checkpoint: RuntimeCheckpoint) => string): Parts {
  return afterwards(async (checkpoint) => {
    const content = await readFile(checkpoint.location, "latin1");
    await writeFile(checkpoint.location, change(content, checkpoint), "latin1");
  });
}

/** The new name has the letters of the old one, so that the checksum of the tar header still holds. */
function renamingEntry(name: string, other: string): Parts {
  return rewriting((content) => content.replace(`${name}\0`, `${other}\0`));
}
