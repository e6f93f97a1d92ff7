import { type Requirement, requirementById } from "@kubelet-conformance/spec";
import { sourceLink, sourceReference, type SourceReference } from "../cli/source-link.ts";
import { printable, shortened } from "../engine/text.ts";
import { type Result, type Verdict, verdicts } from "../engine/verdicts.ts";
import type { Report } from "./report.ts";
import { reproduction } from "./reproduce.ts";
import { subjectText } from "./subject.ts";

/** Verdicts that need a reader; the others are as they should be, or say in one line what is missing. */
export const problemVerdicts: ReadonlySet<Verdict> = new Set(["suite-error", "failed", "known-failure", "warned"]);
/** Of these, the ones that fail a run. */
export const failureVerdicts: ReadonlySet<Verdict> = new Set(["suite-error", "failed"]);

/** Worst first; within a verdict MUST before SHOULD before MAY, then in the plan's order. */
export function worstFirst(results: readonly Result[]): Result[] {
  const rank = ({ verdict, level }: Result): number => verdicts.indexOf(verdict) * 3 + ["MUST", "SHOULD", "MAY"].indexOf(level);
  return results.toSorted((a, b) => rank(a) - rank(b));
}

/** Where a requirement's sources are found. */
export function sourcesOf(result: Result): SourceReference[] {
  return result.sources.map((source) => sourceReference(source, requirementOf(result)?.until));
}

/** The requirement behind a result. A report may name requirements that this version does not have. */
export function requirementOf({ id }: Pick<Result, "id">): Requirement | undefined {
  return requirementById(id);
}

/** Fields of a problem, ready to paste into an issue: one printable line each, so that no answer ends a fence around them. */
export function problemFields(result: Result, report: Pick<Report, "target" | "suite">): [name: string, text: string][] {
  const { suite } = report;
  const [exchange] = result.exchanges.slice(-1);
  const { again, requests } = reproduction(result, report);
  const fields: [name: string, text: string | undefined][] = [
    ["expected", result.expected && shortened(result.expected)],
    ["got", result.actual && shortened(result.actual)],
    ["reason", result.reason && shortened(result.reason)],
    ["request", exchange && `${exchange.request.method} ${exchange.request.target.slice(0, 200)} as ${exchange.request.client}`],
    ["curl", requests.at(-1)],
    ["again", again],
    ["version", `${subjectText(report)}, ${suite.name} ${suite.version}, requirements of ${suite.requirementSet}`],
    ...result.sources.map((source): [string, string] => ["source", sourceLink(source, { until: requirementOf(result)?.until })]),
  ];
  return fields.flatMap(([name, text]): [string, string][] => (text === undefined ? [] : [[name, printable(text)]]));
}
