import { stat } from "node:fs/promises";
import { dirname } from "node:path";

import { ArchiveError, archiveError } from "./archive-error.ts";
import { type DumpStatistics, readCriuStats } from "./criu-stats.ts";
import { type ContainerFacts, readFacts } from "./facts.ts";
import { type ArchiveLayout, detectLayout, missingCommonEntries } from "./layout.ts";
import { type ArchiveName, parseArchiveName } from "./name.ts";
import { type OpenArchive, withArchive } from "./open-archive.ts";
import { locateEntries, readLocated, withoutOffset } from "./read.ts";
import { readRisks, type SpecRisks } from "./risks.ts";
import type { ArchiveEntry, ArchiveLimits, LocatedEntry } from "./walk.ts";
import { type ArchiveWarning, octal, warningsFor } from "./warnings.ts";

/** What a checkpoint archive is, as far as the file itself tells. */
export interface ArchiveInspection extends SpecRisks {
  path: string;
  /** The reading of the file's name that agrees with the dumps inside; null when there is none or no single one. */
  name: ArchiveName | null;
  /** All readings of the file's name; empty when it is not an archive name. */
  nameReadings: ArchiveName[];
  /** Permission bits of the file as four octal digits, such as `0600`. */
  mode: string;
  /** Permission bits of the directory; null when it cannot be looked at. */
  directoryMode: string | null;
  /** Bytes of the file. */
  size: number;
  /** The engine (container runtime) whose arrangement of entries the archive has. */
  layout: ArchiveLayout | "unknown";
  layoutReasons: string[];
  container: ContainerFacts;
  /** CRIU's statistics of the dump; null when there are none that can be read. */
  statistics: DumpStatistics | null;
  /** In the order of the file. */
  entries: ArchiveEntry[];
  entryCount: number;
  /** The files of process memory, `checkpoint/pages-*.img`. */
  memoryPages: { name: string; size: number }[];
  /** Bytes of process memory: the sum of `memoryPages`. */
  memoryBytes: number;
  /** Bytes of `rootfs-diff.tar`, the changed files; null when there is none. */
  rootfsDiffBytes: number | null;
  /** Entries that every engine writes and this archive lacks. */
  missing: string[];
  warnings: ArchiveWarning[];
}

// Real dumps have some kilobytes; a parsed one takes a multiple of its size.
const largestDump = 4 * 1024 * 1024;

/**
 * Inspects a checkpoint archive without unpacking it. Headers and three small entries are read, process memory and values of environment
 * variables never leave the file.
 * Rejects with ArchiveError when the file is not a readable, whole and harmless tar archive. `maxEntryBytes` is 4 MiB by default here.
 */
export async function inspectArchive(path: string, limits?: ArchiveLimits): Promise<ArchiveInspection> {
  const dumpLimits = { maxEntryBytes: largestDump, ...limits };
  return await withArchive(path, async (archive) => {
    const located = await locateEntries(archive, limits);
    const troubles: ArchiveWarning[] = [];
    const read = async <T>(name: string, decode: (content: Buffer) => T): Promise<T | null> =>
      await readDump(archive, located, name, dumpLimits, decode, troubles);
    const config = await read("config.dump", (content) => parseObject(archive, "config.dump", content));
    const spec = await read("spec.dump", (content) => parseObject(archive, "spec.dump", content));
    const statistics = await read("stats-dump", (content) => parseStatistics(archive, content));
    const container = readFacts(config, spec);
    const risks = readRisks(spec, [container.podUid, container.sandboxId, container.id]);
    const { layout, reasons: layoutReasons } = detectLayout(located);
    const memoryPages = located.filter(({ name }) => /^checkpoint\/pages-[^/]*\.img$/.test(name)).map(({ name, size }) => ({ name, size }));
    const missing = missingCommonEntries(located);
    const named = readName(path, container, troubles);
    const directoryMode = await modeOf(dirname(path));
    return {
      path,
      ...named,
      mode: octal(archive.mode),
      directoryMode: directoryMode === null ? null : octal(directoryMode),
      size: archive.size,
      layout,
      layoutReasons,
      container,
      statistics,
      ...risks,
      entries: located.map(withoutOffset),
      entryCount: located.length,
      memoryPages,
      memoryBytes: memoryPages.reduce((total, { size }) => total + size, 0),
      rootfsDiffBytes: located.find(({ name }) => name === "rootfs-diff.tar")?.size ?? null,
      missing,
      warnings: [
        ...warningsFor({ mode: archive.mode, directoryMode, missing, entries: located, risks, name: named.name, container }),
        ...troubles,
      ],
    };
  });
}

async function modeOf(directory: string): Promise<number | null> {
  // The archive could be opened, so a directory that cannot be looked at is another user's: nothing to say about it.
  return await stat(directory).then(
    ({ mode }) => mode & 0o7777,
    () => null,
  );
}

/** What an entry holds; null, with a warning where the entry exists, when that cannot be read. */
async function readDump<T>(
  archive: OpenArchive,
  entries: LocatedEntry[],
  name: string,
  limits: ArchiveLimits,
  decode: (content: Buffer) => T,
  troubles: ArchiveWarning[],
): Promise<T | null> {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) return null;
  try {
    return decode(await readLocated(archive, entry, limits));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    troubles.push({ code: "unreadable-dump", message: error.message });
    return null;
  }
}

function parseObject(archive: OpenArchive, entry: string, content: Buffer): object {
  const place = { path: archive.path, entry };
  let value: unknown;
  try {
    value = JSON.parse(content.toString());
  } catch (cause) {
    // The parser's message quotes the text, which may hold secrets of the container.
    throw archiveError("corrupt-dump", place, "it is not JSON", cause);
  }
  if (typeof value !== "object" || value === null) throw archiveError("corrupt-dump", place, "it is not a JSON object");
  return value;
}

function parseStatistics(archive: OpenArchive, content: Buffer): DumpStatistics {
  const statistics = readCriuStats(content);
  if (!statistics) throw archiveError("corrupt-dump", { path: archive.path, entry: "stats-dump" }, "it is not a statistics image of CRIU");
  return statistics;
}

function readName(path: string, container: ContainerFacts, troubles: ArchiveWarning[]): Pick<ArchiveInspection, "name" | "nameReadings"> {
  let nameReadings: ArchiveName[] = [];
  try {
    nameReadings = parseArchiveName(path);
    const known = {
      ...(container.podName === null ? {} : { podName: container.podName }),
      ...(container.namespace === null ? {} : { namespace: container.namespace }),
      ...(container.name === null ? {} : { container: container.name }),
    };
    return { name: parseArchiveName(path, known), nameReadings };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    troubles.push({ code: "name", message: error.message });
    return { name: null, nameReadings };
  }
}
