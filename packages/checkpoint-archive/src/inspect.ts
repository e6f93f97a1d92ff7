import { ArchiveError, archiveError } from "./archive-error.ts";
import { type ContainerFacts, readFacts } from "./facts.ts";
import { type ArchiveLayout, detectLayout, missingCommonEntries } from "./layout.ts";
import { type ArchiveName, parseArchiveName } from "./name.ts";
import { type OpenArchive, withArchive } from "./open-archive.ts";
import { locateEntries, readLocated, withoutOffset } from "./read.ts";
import type { ArchiveEntry, ArchiveLimits, LocatedEntry } from "./walk.ts";

/** What a checkpoint archive is, as far as the file itself tells. */
export interface ArchiveInspection {
  path: string;
  /** The reading of the file's name that agrees with the dumps inside; null when there is none or no single one. */
  name: ArchiveName | null;
  /** All readings of the file's name; empty when it is not an archive name. */
  nameReadings: ArchiveName[];
  /** Permission bits of the file as four octal digits, such as `0600`. */
  mode: string;
  /** Bytes of the file. */
  size: number;
  layout: ArchiveLayout | "unknown";
  layoutReasons: string[];
  container: ContainerFacts;
  /** In the order of the file. */
  entries: ArchiveEntry[];
  entryCount: number;
  /** The files of process memory, `checkpoint/pages-*.img`. */
  memoryPages: { name: string; size: number }[];
  /** Bytes of process memory: the sum of `memoryPages`. */
  memoryBytes: number;
  /** Entries that every engine writes and this archive lacks. */
  missing: string[];
  /** What else is wrong: a name that does not fit, a dump that cannot be read. One printable line each. */
  problems: string[];
}

/**
 * Inspects a checkpoint archive without unpacking it. Values from process environments are never taken.
 * Rejects with ArchiveError when the file is not a readable, whole and harmless tar archive.
 */
export async function inspectArchive(path: string, limits?: ArchiveLimits): Promise<ArchiveInspection> {
  return await withArchive(path, async (archive) => {
    const located = await locateEntries(archive, limits);
    const problems: string[] = [];
    const container = readFacts(
      await readDump(archive, located, "config.dump", limits, problems),
      await readDump(archive, located, "spec.dump", limits, problems),
    );
    const { layout, reasons: layoutReasons } = detectLayout(located);
    const memoryPages = located.filter(({ name }) => /^checkpoint\/pages-[^/]*\.img$/.test(name)).map(({ name, size }) => ({ name, size }));
    return {
      path,
      ...readName(path, container, problems),
      mode: archive.mode.toString(8).padStart(4, "0"),
      size: archive.size,
      layout,
      layoutReasons,
      container,
      entries: located.map(withoutOffset),
      entryCount: located.length,
      memoryPages,
      memoryBytes: memoryPages.reduce((total, { size }) => total + size, 0),
      missing: missingCommonEntries(located),
      problems,
    };
  });
}

/** The JSON object in an entry; null, with a problem noted where the entry exists, when there is none. */
async function readDump(
  archive: OpenArchive,
  entries: LocatedEntry[],
  name: string,
  limits: ArchiveLimits | undefined,
  problems: string[],
): Promise<object | null> {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) return null;
  try {
    const content = await readLocated(archive, entry, limits);
    return parseObject(archive, name, content.toString());
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    problems.push(error.message);
    return null;
  }
}

function parseObject(archive: OpenArchive, entry: string, text: string): object {
  const place = { path: archive.path, entry };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // The parser's message quotes the text, which may hold secrets of the container.
    throw archiveError("corrupt-dump", place, "it is not JSON", cause);
  }
  if (typeof value !== "object" || value === null) throw archiveError("corrupt-dump", place, "it is not a JSON object");
  return value;
}

function readName(path: string, container: ContainerFacts, problems: string[]): Pick<ArchiveInspection, "name" | "nameReadings"> {
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
    problems.push(error.message);
    return { name: null, nameReadings };
  }
}
