export { ArchiveError, type ArchiveErrorCode, printable } from "./archive-error.ts";
export type { DumpStatistics } from "./criu-stats.ts";
export type { ArchiveContainer } from "./dumps.ts";
export type { ContainerFacts } from "./facts.ts";
export { type ArchiveInspection, inspectArchive } from "./inspect.ts";
export {
  type ArchiveLayout,
  commonEntries,
  detectLayout,
  layoutEntries,
  type LayoutEntry,
  type LayoutVerdict,
  missingCommonEntries,
  type OciRuntime,
} from "./layout.ts";
export { type ArchiveName, type ArchiveNameParts, type ArchiveSubject, buildArchiveName, parseArchiveName, podFullName } from "./name.ts";
export { listArchive, readEntry } from "./read.ts";
export type { SpecRisks } from "./risks.ts";
export type { ArchiveEntry, ArchiveLimits } from "./walk.ts";
export type { ArchiveWarning, ArchiveWarningCode } from "./warnings.ts";
export { writeArchive, type WriteArchiveOptions } from "./write.ts";
