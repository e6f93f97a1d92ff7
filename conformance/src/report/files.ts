import { didYouMean } from "../cli/suggest.ts";
import { UsageError } from "../errors.ts";
import { toJson } from "./json.ts";
import type { FleetReport } from "./fleet/fleet-report.ts";
import type { Report } from "./report.ts";
import { subjectName } from "./subject.ts";
import { requireWritable, writeAtomically } from "./write.ts";

/** Kinds of report files and how each is made; loaded when it is asked for. */
const kinds: Readonly<Record<string, (report: Report) => Promise<string>>> = {
  json: async (report) => toJson(report),
  html: async (report) => (await import("./html/html.ts")).toHtml(report),
  markdown: async (report) => (await import("./markdown/markdown.ts")).toMarkdown(report),
  junit: async (report) => (await import("./junit.ts")).toJunit(report),
  sarif: async (report) => toJson((await import("./sarif.ts")).toSarif(report)),
  ctrf: async (report) => toJson((await import("./ctrf.ts")).toCtrf(report)),
  tap: async (report) => (await import("./tap.ts")).toTap(report),
  badge: async (report) => toJson((await import("./badge.ts")).toBadge(report)),
  "in-toto": async (report) => toJson((await import("./in-toto.ts")).toStatement(report)),
};

export const reportKinds: readonly string[] = Object.keys(kinds);

export interface ReportFile {
  kind: string;
  file: string;
}

/** Reads `--report KIND=FILE`. Throws a UsageError that names the known kinds. */
export function parseReportFlag(text: string): ReportFile {
  const [, kind = text, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (!Object.hasOwn(kinds, kind)) {
    const known = didYouMean(kind, reportKinds) || `; known are ${reportKinds.join(", ")}`;
    throw new UsageError("report-kind-unknown", `--report ${text}: there is no report kind "${kind}"${known}`);
  }
  if (file === undefined) throw new UsageError("report-file-missing", `--report ${text} names no file; write --report ${kind}=FILE`);
  return { kind, file };
}

/** Stands in a file's name for the kubelet: then each has a file of its own. */
const placeholder = "{node}";

/** Files of each kubelet, and files of all. */
export function splitFiles(files: readonly ReportFile[]): { each: ReportFile[]; all: ReportFile[] } {
  const isEach = ({ file }: ReportFile): boolean => file.includes(placeholder);
  return { each: files.filter(isEach), all: files.filter((one) => !isEach(one)) };
}

/** Makes sure, before the run, that its reports can be written. Throws a UsageError that names the file and says what to do. */
export async function requireReportsWritable(files: readonly ReportFile[]): Promise<void> {
  await Promise.all(files.map(({ file }) => requireWritable(file.replaceAll(placeholder, "node"))));
}

/** Writes a report in each form that was asked for. */
export async function writeReports(report: Report, files: readonly ReportFile[]): Promise<string[]> {
  return Promise.all(
    files.map(async ({ kind, file }) => {
      const name = file.replaceAll(placeholder, fileNameOf(report));
      const content = await kinds[kind]?.(report);
      if (content !== undefined) await writeAtomically(name, content);
      return name;
    }),
  );
}

/** A part of a path that leads nowhere else, whatever a node calls itself. */
function fileNameOf(report: Report): string {
  const name = subjectName(report)
    .replace(/^https?:\/\//, "")
    .replace(/[^\w.-]+/g, "-")
    .replace(/^\.+/, "");
  return name === "" ? "node" : name;
}

/** Writes a report of many kubelets in each form that was asked for. */
export async function writeFleetReports(report: FleetReport, files: readonly ReportFile[]): Promise<string[]> {
  const { fleetKinds } = await import("./fleet/kinds.ts");
  // One after the other: the text of a thousand kubelets takes its room.
  for (const { kind, file } of files) await writeAtomically(file, (await fleetKinds[kind]?.(report)) ?? "");
  return files.map(({ file }) => file);
}
