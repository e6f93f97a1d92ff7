import { quoted } from "./archive-error.ts";
import type { ContainerFacts } from "./facts.ts";
import type { ArchiveName } from "./name.ts";
import type { SpecRisks } from "./risks.ts";
import type { ArchiveEntry } from "./walk.ts";

/** What a warning is about. Codes are stable; texts may change. */
export type ArchiveWarningCode =
  | "file-mode"
  | "directory-mode"
  | "secrets"
  | "host-paths"
  | "missing-entries"
  | "special-files"
  | "unreadable-dump"
  | "name"
  | "time";

/** Something about a readable archive that its owner should know. */
export interface ArchiveWarning {
  code: ArchiveWarningCode;
  /** One printable line; names variables and paths, never a variable's value. */
  message: string;
}

interface Checked {
  mode: number;
  /** Null when the directory cannot be looked at. */
  directoryMode: number | null;
  missing: readonly string[];
  entries: readonly ArchiveEntry[];
  risks: SpecRisks;
  name: ArchiveName | null;
  container: ContainerFacts;
}

/** The warnings that follow from what was read. */
export function warningsFor({ mode, directoryMode, missing, entries, risks, name, container }: Checked): ArchiveWarning[] {
  const warnings: ArchiveWarning[] = [];
  const warn = (code: ArchiveWarningCode, message: string): void => void warnings.push({ code, message });
  if ((mode & 0o177) !== 0) warn("file-mode", `the file's mode is ${octal(mode)}, but it holds process memory: chmod 0600`);
  if (directoryMode !== null && (directoryMode & 0o077) !== 0)
    warn("directory-mode", `the directory's mode is ${octal(directoryMode)}; others see or replace what is in it: chmod 0700`);
  if (risks.secretVariables.length > 0)
    warn("secrets", `environment variables that look like secrets are in spec.dump: ${listed(risks.secretVariables)}`);
  if (risks.hostPaths.length > 0)
    warn("host-paths", `a restore needs these paths of the host: ${listed(risks.hostPaths.map(({ source }) => source))}`);
  if (missing.length > 0) warn("missing-entries", `entries that every engine writes are missing: ${missing.join(", ")}`);
  const special = entries.filter(({ type }) => specialTypes.includes(type));
  if (special.length > 0)
    warn(
      "special-files",
      `do not unpack it as root: known engines write no devices or named pipes, and these are some: ${listed(special.map((entry) => entry.name))}`,
    );
  const lag = lagOf(name, container);
  if (name && lag !== null && (lag < 0 || lag > longestCall))
    warn(
      "time",
      `the name says ${name.timestamp}, but config.dump ${quoted(container.checkpointedAt ?? "")}; the file was renamed or replaced`,
    );
  return warnings;
}

const specialTypes: readonly ArchiveEntry["type"][] = ["character-device", "block-device", "fifo"];

/** Milliseconds; the kubelet takes the name's time just before it calls the runtime, and no call is this long. */
const longestCall = 3_600_000;

/** Milliseconds from the second in the name to the checkpoint; null where one of them is not known. */
function lagOf(name: ArchiveName | null, { checkpointedAt }: ContainerFacts): number | null {
  const checkpointed = checkpointedAt === null ? Number.NaN : Date.parse(checkpointedAt);
  return name === null || Number.isNaN(checkpointed) ? null : checkpointed - name.time.getTime();
}

/** Four octal digits, such as `0600`. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

const mostListed = 10;

function listed(items: readonly string[]): string {
  const shown = items.slice(0, mostListed).map(quoted).join(", ");
  return items.length > mostListed ? `${shown} and ${items.length - mostListed} more` : shown;
}
