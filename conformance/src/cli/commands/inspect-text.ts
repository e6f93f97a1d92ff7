import type { ArchiveInspection } from "@kubelet-conformance/checkpoint-archive";
import { type PlainText, say } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { displayWidth, padColumns } from "../../report/width.ts";
import { printable } from "../../engine/text.ts";

/** An inspected archive for people: facts, then entries, then warnings. */
export function describeArchive(archive: ArchiveInspection): string {
  const known = facts(archive);
  const width = Math.max(...known.map(([title]) => displayWidth(say(title))));
  const rows = known.flatMap(([title, value]) => (value === null ? [] : [`  ${padColumns(say(title), width)} ${printable(value)}`]));
  const entries = archive.entries.map(
    ({ name, size, type, mode }) =>
      `  ${String(size).padStart(12)}  ${mode.toString(8).padStart(4, "0")}  ${type === "file" ? "" : `${type} `}${printable(name)}`,
  );
  const warnings = archive.warnings.map(({ code, message }) => `  ${code.padEnd(15)} ${printable(translated(message))}`);
  return [
    printable(archive.path),
    ...rows,
    say("entries"),
    ...entries,
    ...(warnings.length === 0 ? [] : [say("warnings ({count})", { count: warnings.length }), ...warnings]),
  ].join("\n");
}

function facts(archive: ArchiveInspection): [title: PlainText, value: string | null][] {
  const { name, container, layout, statistics } = archive;
  const podName = name?.podName ?? container.podName;
  const namespace = name?.namespace ?? container.namespace;
  const engine = layout === "unknown" ? say("unknown: {why}", { why: archive.layoutReasons.map(translated).join("; ") }) : layout;
  return [
    ["pod", podName === null ? null : `${namespace ?? "?"}/${podName}`],
    ["container", joined([name?.container ?? container.name, container.id])],
    ["image", joined([container.image, container.imageRef])],
    ["engine", container.runtime === null ? engine : say("{engine}, runtime {runtime}", { engine, runtime: container.runtime })],
    ["created", container.createdAt],
    ["name's time", name?.timestamp ?? null],
    ["checkpointed", container.checkpointedAt],
    ["restored", container.restored === true ? say("yes, the container had itself been restored from a checkpoint") : null],
    [
      "frozen",
      statistics &&
        say("{frozen} by CRIU, after {freezing} of freezing; memory dumped in {dumped}, written in {written}", {
          frozen: milliseconds(statistics.frozenMicroseconds),
          freezing: milliseconds(statistics.freezingMicroseconds),
          dumped: milliseconds(statistics.memoryDumpMicroseconds),
          written: milliseconds(statistics.memoryWriteMicroseconds),
        }),
    ],
    ["size", say("{size} in {count} entries", { size: bytes(archive.size), count: archive.entryCount })],
    ["memory", bytes(archive.memoryBytes)],
    ["changed files", archive.rootfsDiffBytes === null ? null : bytes(archive.rootfsDiffBytes)],
    [
      "mode",
      archive.directoryMode === null
        ? archive.mode
        : say("{mode} in a directory of {directory}", { mode: archive.mode, directory: archive.directoryMode }),
    ],
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
  if (count < 1024) return say("{count} bytes", { count });
  const power = Math.min(Math.floor(Math.log2(count) / 10), units.length);
  return `${(count / 1024 ** power).toFixed(1)} ${units[power - 1]} (${say("{count} bytes", { count })})`;
}
