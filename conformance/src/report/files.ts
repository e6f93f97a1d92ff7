import { parse, format } from "node:path";
import { didYouMean } from "../cli/suggest.ts";
import { UsageError } from "../errors.ts";
import { toJson } from "./json.ts";
import type { Report } from "./report.ts";
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
