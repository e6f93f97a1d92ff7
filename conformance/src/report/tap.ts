import { differencePoints, unexplainedPoints } from "../differential/points.ts";
import { printable } from "../engine/text.ts";
import type { Result } from "../engine/verdicts.ts";
import { problemFields, problemVerdicts } from "./problems.ts";
import type { Report } from "./report.ts";
import { type End, endsOf } from "./subject.ts";

/** The report in the Test Anything Protocol, version 14: https://testanything.org/tap-version-14-specification.html. */
export function toTap(report: Report): string {
  const ends = endsOf(report);
  const points = [
    ...report.results.map((result) => resultPoint(result, report)),
    ...unexplainedPoints(report).map(({ name, text }) => endPoint({ name, message: text, detail: [] })),
    ...ends.map(endPoint),
  ];
  const explained = differencePoints(report).flatMap(({ name, text, change }) =>
    change === undefined ? [] : [`# ${name}: explained by ${change}: ${text}`],
  );
  const numbered = points.map(({ ok, text, block }, index) => [`${ok ? "ok" : "not ok"} ${index + 1} - ${text}`, ...block].join("\n"));
  return `${["TAP version 14", `1..${points.length}`, ...numbered, ...explained].join("\n")}\n`;
}

interface TestPoint {
  ok: boolean;
  /** Description and directive. */
  text: string;
  block: string[];
}

function resultPoint(result: Result, report: Report): TestPoint {
  const { id, verdict, reason = "" } = result;
  const block = problemVerdicts.has(verdict)
    ? yamlBlock([["verdict", verdict], ["title", result.title], ...problemFields(result, report)])
    : [];
  const directive = (name: string): string => `${escapePoint(id)} # ${name} ${escapePoint(`${verdict}: ${reason || "see below"}`)}`;
  switch (verdict) {
    case "passed":
      return { ok: true, text: escapePoint(id), block };
    case "failed":
    case "suite-error":
      return { ok: false, text: escapePoint(id), block };
    // A test point that may fail without failing the run.
    case "warned":
    case "known-failure":
      return { ok: false, text: directive("TODO"), block };
    case "blocked":
    case "not-applicable":
      return { ok: true, text: directive("SKIP"), block };
  }
}

function endPoint({ name, message, detail }: End): TestPoint {
  return { ok: false, text: escapePoint(name), block: yamlBlock([["reason", message], ...detail.map((line): Field => ["detail", line])]) };
}

type Field = [name: string, text: string];

/** A member whose name comes up several times becomes a list. JSON strings are YAML strings. */
export function yamlBlock(fields: readonly Field[]): string[] {
  const members = new Map<string, string[]>();
  for (const [name, text] of fields) members.set(name, [...(members.get(name) ?? []), JSON.stringify(printable(text))]);
  const lines = [...members].flatMap(([name, [first = "", ...more]]) =>
    more.length === 0 ? [`  ${name}: ${first}`] : [`  ${name}:`, ...[first, ...more].map((text) => `    - ${text}`)],
  );
  return ["  ---", ...lines, "  ..."];
}

/** Within a test point `#` begins a directive and `\` escapes. */
export function escapePoint(text: string): string {
  return printable(text).replace(/[\\#]/g, "\\$&");
}
