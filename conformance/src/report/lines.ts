import { isScored } from "../engine/scoring.ts";
import { printable, shortened } from "../engine/text.ts";
import type { Result, Summary } from "../engine/verdicts.ts";
import { sayTitle } from "../messages/say.ts";
import { failureVerdicts, problemFields, problemVerdicts, worstFirst } from "./problems.ts";
import type { Report } from "./report.ts";
import type { Style } from "./style.ts";

/** What is tested, in one line. */
export function headLine({
  server,
  kubernetesVersion,
  nodeName,
  versionSource,
}: {
  server: string;
  kubernetesVersion: string;
  nodeName?: string;
  versionSource?: string;
}): string {
  const node = nodeName === undefined ? "" : `, node ${printable(nodeName)}`;
  const guess = versionSource === "assumed" ? " (assumed; say which with --kubernetes-version)" : "";
  return `kubelet ${printable(kubernetesVersion)}${guess} at ${server}${node}`;
}

const columns = [
  ["PASSED", "passed"],
  ["FAILED", "failed"],
  ["WARNED", "warned"],
  ["KNOWN", "knownFailure"],
  ["BLOCKED", "blocked"],
  ["N/A", "notApplicable"],
  ["ERRORS", "suiteError"],
  ["UNSCORED", "notScored"],
] as const;

/** One line per profile: what this node supports. */
export function profileTable({ profiles }: Report, style: Style): string[] {
  const shown = columns.filter(([, member], index) => index < 2 || profiles.some((profile) => profile[member] > 0));
  const width = Math.max(7, ...profiles.map(({ profile }) => profile.length));
  const head = `${"PROFILE".padEnd(width)}  ${"VERDICT".padEnd(14)}${shown.map(([title]) => title.padStart(9)).join("")}`;
  const rows = profiles.map((summary) => {
    const cells = shown.map(([, member]) => String(summary[member]).padStart(9)).join("");
    return `${summary.profile.padEnd(width)}  ${verdictText(summary.verdict, style, 14)}${cells}`;
  });
  return [style.faint(head), ...rows];
}

/** The results that need a reader, worst first; what fails the run is ready to paste into an issue. */
export function problemLines(report: Report, style: Style): string[] {
  return worstFirst(report.results)
    .filter(({ verdict }) => problemVerdicts.has(verdict))
    .flatMap((result) => ["", ...(failureVerdicts.has(result.verdict) ? issue(result, report, style) : problem(result, style))]);
}

/** No line within is a fence: each begins with a name. */
function issue(result: Result, report: Report, style: Style): string[] {
  return [
    style.faint("```text"),
    `${style.bad(result.verdict)}  ${style.strong(result.id)}`,
    `    ${result.title}`,
    ...problemFields(result, report).map(([name, text]) => field(name, text, style)),
    style.faint("```"),
  ];
}

function problem(result: Result, style: Style): string[] {
  const fields = { expected: result.expected, got: result.actual, reason: result.reason };
  return [
    `${style.odd(result.verdict)}  ${style.strong(result.id)}`,
    `    ${sayTitle(result.title)}`,
    ...Object.entries(fields).flatMap(([name, text]) => (text === undefined ? [] : [field(name, printable(shortened(text)), style)])),
  ];
}

function field(name: string, text: string, style: Style): string {
  return `    ${style.faint(name.padEnd(9))}${text}`;
}

/** What was not tested, and what would unlock it. */
export function blockedLines(results: readonly Result[], style: Style): string[] {
  const reasons = new Map<string, number>();
  for (const { verdict, reason = "" } of results) if (verdict === "blocked") reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  if (reasons.size === 0) return [];
  const lines = [...reasons].map(([reason, count]) => `  ${String(count).padStart(3)}  ${printable(reason)}`);
  return ["", style.odd("not tested:"), ...lines];
}

/** What was tested and does not count, reason by reason. */
export function notScoredLines(results: readonly Result[], style: Style): string[] {
  const apart = results.filter((result) => !isScored(result) && result.verdict !== "not-applicable");
  if (apart.length === 0) return [];
  const reasons = [...new Set(apart.map(({ notScoredReason = "" }) => notScoredReason))];
  const line = ({ verdict, id, expected, actual, reason }: Result): string => {
    const detail = expected === undefined ? reason : `expected ${expected}, got ${actual}`;
    return `    ${verdict.padEnd(13)} ${id}${detail === undefined ? "" : `: ${printable(detail)}`}`;
  };
  return [
    "",
    style.odd("tested and not scored (--score all counts them):"),
    ...reasons.flatMap((reason) => [`  ${reason}`, ...apart.filter(({ notScoredReason }) => notScoredReason === reason).map(line)]),
  ];
}

export function leftoverLines({ leftovers }: Report): string[] {
  if (leftovers.length === 0) return [];
  const shown = leftovers.slice(0, 5).map((path) => `  ${printable(path)}`);
  const more = leftovers.length > shown.length ? [`  and ${leftovers.length - shown.length} more; the json report lists all`] : [];
  return [
    "",
    `left on the node (${leftovers.length} ${leftovers.length === 1 ? "archive" : "archives"}, remove them when you are done):`,
    ...shown,
    ...more,
  ];
}

/** The last line of a run. */
export function conclusionLine({ summary, durationMs, interrupted, stoppedAnswering }: Report, style: Style): string {
  const { emitted, planned } = summary;
  const counts = columns.filter(([, member]) => summary[member] > 0).map(([, member]) => `${summary[member]} ${words[member]}`);
  const cut = emitted < planned ? `, ${planned - emitted} of ${planned} not run` : "";
  const stopped = interrupted ? "interrupted: " : stoppedAnswering ? "stopped answering: " : "";
  return `${stopped}${verdictText(summary.verdict, style)}: ${counts.join(", ") || "nothing was executed"}${cut} (${(durationMs / 1000).toFixed(1)} s)`;
}

const words = {
  passed: "passed",
  failed: "failed",
  warned: "warned",
  knownFailure: "known failures",
  blocked: "blocked",
  notApplicable: "not applicable",
  suiteError: "suite errors",
  notScored: "not scored",
} as const;

function verdictText(verdict: Summary["verdict"], style: Style, width = 0): string {
  const paint = { conformant: style.good, "not-conformant": style.bad, incomplete: style.odd }[verdict];
  return paint(verdict.padEnd(width));
}
