import { parse, format } from "node:path";
import { UsageError } from "../errors.ts";
import type { Report } from "./report.ts";
import { requireWritable, writeAtomically } from "./write.ts";

/** Kinds of report files and how each is made. */
const kinds: Record<string, (report: Report) => Promise<string>> = {
  json: async (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: async (report) => (await import("./junit.ts")).toJunit(report),
};

export interface ReportFile {
  kind: string;
  file: string;
}

/** Reads `--report KIND=FILE`. Throws a UsageError that names the known kinds. */
export function parseReportFlag(text: string): ReportFile {
  const [, kind = text, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  const known = Object.keys(kinds).join(", ");
  if (!Object.hasOwn(kinds, kind))
    throw new UsageError("report-kind-unknown", `--report ${text}: there is no report kind "${kind}"; known are ${known}`);
  if (file === undefined) throw new UsageError("report-file-missing", `--report ${text} names no file; write --report ${kind}=FILE`);
  return { kind, file };
}

/** Makes sure, before the run, that its reports can be written. Throws a UsageError that names the file and says what to do. */
export async function requireReportsWritable(files: readonly ReportFile[], label?: string): Promise<void> {
  await Promise.all(files.map(({ file }) => requireWritable(label === undefined ? file : labelled(file, label))));
}

/** Writes a report in each form that was asked for. `label` tells the files of several targets apart. */
export async function writeReports(report: Report, files: readonly ReportFile[], label?: string): Promise<string[]> {
  return Promise.all(
    files.map(async ({ kind, file }) => {
      const name = label === undefined ? file : labelled(file, label);
      const content = await kinds[kind]?.(report);
      if (content !== undefined) await writeAtomically(name, content);
      return name;
    }),
  );
}

function labelled(file: string, label: string): string {
  const { dir, name, ext } = parse(file);
  return format({ dir, name: `${name}.${label.replace(/[^\w.-]+/g, "-")}`, ext });
}
