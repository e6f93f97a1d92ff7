import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path/posix";
import {
  ArchiveError,
  type ArchiveEntry,
  detectLayout,
  layoutEntries,
  listArchive,
  readEntry,
} from "@kubelet-conformance/checkpoint-archive";
import { type AreaChecks, type ArchiveFixture, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { outlined, quoted } from "../engine/text.ts";
import { headerOf } from "../target/wire.ts";
import { leftovers } from "./archive-leftovers.ts";
import { restores } from "./archive-restore.ts";
import { bareContainerId, checkpointedStatus } from "./kubelet-state.ts";

/** `spec/requirements/archive.yaml`: all of it looks at the one archive that a run makes. */
export const archive: AreaChecks<"archive"> = {
  "archive.path.absolute": async (context) => {
    const { path } = await context.archive();
    if (!path.startsWith("/")) throw new Broken("an absolute path", quoted(path));
  },

  "archive.path.directory": async (context) => {
    const { path } = await context.archive();
    if (basename(dirname(path)) !== "checkpoints") throw new Broken("a directory named checkpoints", quoted(dirname(path)));
  },

  "archive.path.root-directory": async (context) => {
    const { path } = await context.archive();
    const root = context.target.rootDirectory ?? "/var/lib/kubelet";
    if (dirname(dirname(path)) !== root) throw new Broken(`a directory below ${quoted(root)}`, quoted(dirname(path)));
  },

  "archive.name.form": async (context) => {
    const name = basename((await context.archive()).path);
    if (!/^checkpoint-.+-\d{4}-\d{2}-\d{2}T[^/]*\.tar$/.test(name)) {
      throw new Broken("checkpoint-<podFullName>-<containerName>-<timestamp>.tar", quoted(name));
    }
  },

  "archive.name.pod-full-name": async (context) => {
    const { name } = await splitName(context);
    const { namespace, pod } = optedIn(context);
    if (!name.startsWith(`${pod}_${namespace}-`)) throw new Broken(`a name of the pod ${pod}_${namespace}`, quoted(name));
  },

  "archive.name.container": async (context) => {
    const { name } = await splitName(context);
    const { container } = optedIn(context);
    if (!name.endsWith(`-${container}`)) throw new Broken(`a name that ends with -${container} before the timestamp`, quoted(name));
  },

  "archive.name.timestamp": async (context) => {
    const { timestamp } = await splitName(context);
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?$/.test(timestamp)) {
      throw new Broken("a timestamp like 2026-01-31T23:59:59Z", quoted(timestamp));
    }
  },

  "archive.name.time-zone": async (context) => {
    const { timestamp } = await splitName(context);
    if (!hasZone(timestamp)) throw new Broken("a timestamp that ends with Z or an offset", quoted(timestamp));
  },

  "archive.name.local-time": async (context) => {
    const { timestamp } = await splitName(context);
    const { timeZone = missing("time-zone") } = context.target;
    if (!timestamp.endsWith(timeZone)) throw new Broken(`a timestamp that ends with ${timeZone}`, quoted(timestamp));
  },

  "archive.name.time-of-call": async (context) => {
    const { timestamp } = await splitName(context);
    if (!hasZone(timestamp)) context.notApplicable("the timestamp has no zone; see archive.name.time-zone");
    const { earliest, latest } = kubeletClock(await context.archive());
    const time = Date.parse(timestamp);
    if (!(time >= earliest && time <= latest)) {
      throw new Broken(`a time from ${new Date(earliest).toISOString()} to ${new Date(latest).toISOString()}`, quoted(timestamp));
    }
  },

  "archive.file.exists": async (context) => {
    const { path, localPath } = await context.archive();
    const file = await stat(localPath ?? missing("node-root")).catch(() => undefined);
    if (!file?.isFile()) throw new Broken(`a file at ${quoted(path)}`, file ? "something else than a file" : "nothing there");
  },

  "archive.file.complete": async (context) => {
    const error = await listing(context).catch((reason: unknown) => reason);
    if (error instanceof ArchiveError && (error.code === "truncated" || error.code === "empty"))
      throw new Broken("a whole archive", error.message);
    if (error instanceof Blocked) throw error;
  },

  "archive.file.private": async (context) => {
    const { mode } = await stat(await localFile(context));
    if ((mode & 0o077) !== 0) throw new Broken("a mode without any right for group and others", octal(mode));
  },

  "archive.directory.private": async (context) => {
    const { mode } = await stat(dirname(await localFile(context)));
    if ((mode & 0o777) !== 0o700) throw new Broken("mode 0700", octal(mode));
  },

  "archive.format.tar": async (context) => {
    const error = await listing(context).catch((reason: unknown) => reason);
    if (error instanceof Blocked) throw error;
    if (error instanceof ArchiveError && !["truncated", "empty", "unsafe-name", "unsafe-link"].includes(error.code)) {
      throw new Broken("a tar archive", error.message);
    }
  },

  "archive.format.safe-names": async (context) => {
    const error = await listing(context).catch((reason: unknown) => reason);
    if (error instanceof ArchiveError && (error.code === "unsafe-name" || error.code === "unsafe-link")) {
      throw new Broken("names and links that stay inside", error.message);
    }
    if (error instanceof Error) throw new Blocked("readable-archive");
  },

  "archive.content.spec-dump": async (context) => {
    const spec = await jsonEntry(context, "spec.dump");
    if (!("ociVersion" in spec)) throw new Broken("an OCI runtime spec with ociVersion", `members ${Object.keys(spec).join(", ")}`);
  },

  "archive.content.config-dump": async (context) => {
    await jsonEntry(context, "config.dump");
  },

  "archive.content.inventory": async (context) => {
    const entry = (await entries(context)).find(({ name }) => name === "checkpoint/inventory.img");
    if (!entry || entry.size === 0) throw new Broken("an entry checkpoint/inventory.img with content", entry ? "an empty one" : "none");
  },

  "archive.content.container-id": async (context) => {
    const id = bareContainerId(await checkpointedStatus(context));
    const config = await jsonEntry(context, "config.dump");
    const actual = "id" in config ? config.id : undefined;
    if (actual !== id) throw new Broken(`container id ${id} in config.dump`, String(actual));
  },

  "archive.content.engine-layout": async (context) => {
    const found = await entries(context);
    const { layout } = detectLayout(found);
    if (layout === "unknown") return context.notApplicable("the archive has no entry that only containerd or only CRI-O writes");
    const names = new Set(found.map(({ name }) => name.replace(/\/$/, "")));
    const absent = layoutEntries(layout).filter(({ name, presence }) => presence !== "varies" && !names.has(name));
    if (absent.length > 0) throw new Broken(`all entries of ${layout}`, `none named ${absent.map(({ name }) => name).join(", ")}`);
  },

  ...leftovers,

  ...restores,
};

function optedIn({ target }: CheckContext) {
  return target.checkpoint ?? missing("checkpoint");
}

function missing(need: "checkpoint" | "node-root" | "time-zone"): never {
  throw new Blocked(need);
}

/** The name without `checkpoint-` and `.tar`, cut where the timestamp begins; whether both are there is for archive.name.form to say. */
async function splitName(context: CheckContext): Promise<{ name: string; timestamp: string }> {
  const name = basename((await context.archive()).path);
  const match = /^(?:checkpoint-)?(?<name>.+)-(?<timestamp>\d{4}-\d{2}-\d{2}T.*?)(?:\.tar)?$/.exec(name);
  if (!match?.groups) throw new Broken("checkpoint-<podFullName>-<containerName>-<timestamp>.tar", quoted(name));
  return { name: match.groups["name"] ?? "", timestamp: match.groups["timestamp"] ?? "" };
}

function hasZone(timestamp: string): boolean {
  return /(Z|[+-]\d{2}:\d{2})$/.test(timestamp);
}

/** The span of the call by the kubelet's own clock (the Date header, whole seconds), which may differ from ours. */
function kubeletClock({ response, startedAt, endedAt }: ArchiveFixture): { earliest: number; latest: number } {
  const end = Date.parse(headerOf(response, "date") ?? "") || endedAt.getTime();
  const duration = endedAt.getTime() - startedAt.getTime();
  return { earliest: end - duration - 2000, latest: end + 2000 };
}

/** The archive as seen from here; blocked when it is not there, which archive.file.exists reports. */
async function localFile(context: CheckContext): Promise<string> {
  const { localPath } = await context.archive();
  const path = localPath ?? missing("node-root");
  const file = await stat(path).catch(() => undefined);
  if (!file?.isFile()) throw new Blocked("archive-file");
  return path;
}

/** Every check of a run looks at the same archive; it is listed once. */
const listings = new WeakMap<ArchiveFixture, Promise<ArchiveEntry[]>>();

async function listing(context: CheckContext): Promise<ArchiveEntry[]> {
  const path = await localFile(context);
  const fixture = await context.archive();
  const known = listings.get(fixture) ?? listArchive(path);
  listings.set(fixture, known);
  return known;
}

async function entries(context: CheckContext): Promise<ArchiveEntry[]> {
  return listing(context).catch((error: unknown) => {
    throw error instanceof ArchiveError ? new Blocked("readable-archive") : error;
  });
}

async function jsonEntry(context: CheckContext, name: string): Promise<object> {
  const entry = (await entries(context)).find((candidate) => candidate.name === name);
  if (!entry) throw new Broken(`an entry ${name}`, "none");
  const text = (await readEntry(await localFile(context), name)).toString();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Reported below, with what is there instead.
  }
  throw new Broken(`${name} to be a JSON object`, outlined(text));
}

function octal(mode: number): string {
  return `mode 0${(mode & 0o777).toString(8)}`;
}
