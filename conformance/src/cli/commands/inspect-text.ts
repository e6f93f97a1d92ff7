import type { ArchiveInspection } from "@kubelet-conformance/checkpoint-archive";
import { printable } from "../../engine/text.ts";

/** An inspected archive for people: facts, then entries, then warnings. */
export function describeArchive(archive: ArchiveInspection): string {
  const rows = facts(archive).flatMap(([title, value]) => (value === null ? [] : [`  ${title.padEnd(13)} ${printable(value)}`]));
  const entries = archive.entries.map(
    ({ name, size, type, mode }) =>
      `  ${String(size).padStart(12)}  ${mode.toString(8).padStart(4, "0")}  ${type === "file" ? "" : `${type} `}${printable(name)}`,
  );
  const warnings = archive.warnings.map(({ code, message }) => `  ${code.padEnd(15)} ${printable(message)}`);
  return [
    printable(archive.path),
    ...rows,
    "entries",
    ...entries,
    ...(warnings.length === 0 ? [] : [`warnings (${warnings.length})`, ...warnings]),
  ].join("\n");
}

function facts(archive: ArchiveInspection): [title: string, value: string | null][] {
  const { name, container, layout, statistics } = archive;
  const podName = name?.podName ?? container.podName;
  const namespace = name?.namespace ?? container.namespace;
  const engine = layout === "unknown" ? `unknown: ${archive.layoutReasons.join("; ")}` : layout;
  return [
    ["pod", podName === null ? null : `${namespace ?? "?"}/${podName}`],
    ["container", joined([name?.container ?? container.name, container.id])],
    ["image", joined([container.image, container.imageRef])],
    ["engine", container.runtime === null ? engine : `${engine}, runtime ${container.runtime}`],
    ["created", container.createdAt],
    ["name's time", name?.timestamp ?? null],
    ["checkpointed", container.checkpointedAt],
    ["restored", container.restored === true ? "yes, the container had itself been restored from a checkpoint" : null],
    [
      "frozen",
      statistics &&
        `${milliseconds(statistics.frozenMicroseconds)} by CRIU, after ${milliseconds(statistics.freezingMicroseconds)} of freezing; ` +
          `memory dumped in ${milliseconds(statistics.memoryDumpMicroseconds)}, written in ${milliseconds(statistics.memoryWriteMicroseconds)}`,
    ],
    ["size", `${bytes(archive.size)} in ${archive.entryCount} entries`],
    ["memory", bytes(archive.memoryBytes)],
    ["changed files", archive.rootfsDiffBytes === null ? null : bytes(archive.rootfsDiffBytes)],
    ["mode", archive.directoryMode === null ? archive.mode : `${archive.mode} in a directory of ${archive.directoryMode}`],
  ];
}

function joined(parts: (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null && part !== "");
  return known.length === 0 ? null : known.join(", ");
}

function milliseconds(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(1)} ms`;
}

const units = ["KiB", "MiB", "GiB", "TiB"];

function bytes(count: number): string {
  if (count < 1024) return `${count} bytes`;
  const power = Math.min(Math.floor(Math.log2(count) / 10), units.length);
  return `${(count / 1024 ** power).toFixed(1)} ${units[power - 1]} (${count} bytes)`;
}
