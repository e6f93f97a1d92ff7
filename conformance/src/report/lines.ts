import { isScored } from "../engine/scoring.ts";
import { printable, shortened } from "../engine/text.ts";
import type { Result, Summary } from "../engine/verdicts.ts";
import { type PlainText, say, sayTitle } from "../messages/say.ts";
import { translated } from "../messages/translate.ts";
import { failureVerdicts, problemFields, problemVerdicts, worstFirst } from "./problems.ts";
import type { Report } from "./report.ts";
import type { Style } from "./style.ts";
import { displayWidth, padColumns, padColumnsStart } from "./width.ts";
import { counted } from "./words.ts";

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
  const guess = versionSource === "assumed" ? ` (${say("assumed; say which with --kubernetes-version")})` : "";
  const version = `${printable(kubernetesVersion)}${guess}`;
  return nodeName === undefined
    ? say("kubelet {version} at {server}", { version, server })
    : say("kubelet {version} at {server}, node {node}", { version, server, node: printable(nodeName) });
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
] as const satisfies readonly (readonly [PlainText, keyof Summary])[];

/** One line per profile: what this node supports. */
export function profileTable({ profiles }: Report, style: Style): string[] {
  const shown = columns.filter(([, member], index) => index < 2 || profiles.some((profile) => profile[member] > 0));
  const width = Math.max(displayWidth(say("PROFILE")), ...profiles.map(({ profile }) => profile.length));
  const widths = shown.map(([title]) => Math.max(9, displayWidth(say(title)) + 2));
  const titles = shown.map(([title], index) => padColumnsStart(say(title), widths[index] ?? 0));
  const head = `${padColumns(say("PROFILE"), width)}  ${padColumns(say("VERDICT"), 14)}${titles.join("")}`;
  const rows = profiles.map((summary) => {
    const cells = shown.map(([, member], index) => String(summary[member]).padStart(widths[index] ?? 0)).join("");
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

/** In English, for whoever reads the issue, and with the title in the language of the user. No line within is a fence: each begins with a name or blanks. */
function issue(result: Result, report: Report, style: Style): string[] {
  return [
    style.faint("```text"),
    `${style.bad(result.verdict)}  ${style.strong(result.id)}`,
    `    ${result.title}`,
    ...(sayTitle(result.title) === result.title ? [] : [`    ${sayTitle(result.title)}`]),
    ...problemFields(result, report).map(([name, text]) => field(name, text, style)),
    style.faint("```"),
  ];
}

function problem(result: Result, style: Style): string[] {
  const fields = [
    ["expected", result.expected],
    ["got", result.actual],
    ["reason", result.reason === undefined ? undefined : translated(result.reason)],
  ] as const;
  return [
    `${style.odd(say(result.verdict))}  ${style.strong(result.id)}`,
    `    ${sayTitle(result.title)}`,
    ...fields.flatMap(([name, text]) => (text === undefined ? [] : [field(say(name), printable(shortened(text)), style)])),
  ];
}

function field(name: string, text: string, style: Style): string {
  return `    ${style.faint(padColumns(name, 9))}${text}`;
}

/** What was not tested, and what would unlock it. */
export function blockedLines(results: readonly Result[], style: Style): string[] {
  const reasons = new Map<string, number>();
  for (const { verdict, reason = "" } of results) if (verdict === "blocked") reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  if (reasons.size === 0) return [];
  const lines = [...reasons].map(([reason, count]) => `  ${String(count).padStart(3)}  ${printable(translated(reason))}`);
  return ["", style.odd(say("not tested:")), ...lines];
}

/** What was tested and does not count, reason by reason. */
export function notScoredLines(results: readonly Result[], style: Style): string[] {
  const apart = results.filter((result) => !isScored(result) && result.verdict !== "not-applicable");
  if (apart.length === 0) return [];
  const reasons = [...new Set(apart.map(({ notScoredReason = "" }) => notScoredReason))];
  const line = ({ verdict, id, expected, actual, reason }: Result): string => {
    const detail =
      expected === undefined ? reason && translated(reason) : say("expected {expected}, got {actual}", { expected, actual: actual ?? "" });
    return `    ${padColumns(say(verdict), 13)} ${id}${detail === undefined ? "" : `: ${printable(detail)}`}`;
  };
  return [
    "",
    style.odd(say("tested and not scored (--score all counts them):")),
    ...reasons.flatMap((reason) => [
      `  ${translated(reason)}`,
      ...apart.filter(({ notScoredReason }) => notScoredReason === reason).map(line),
    ]),
  ];
}

export function leftoverLines({ leftovers }: Report): string[] {
  if (leftovers.length === 0) return [];
  const shown = leftovers.slice(0, 5).map((path) => `  ${printable(path)}`);
  const more =
    leftovers.length > shown.length
      ? [`  ${say("and {count} more; the json report lists all", { count: leftovers.length - shown.length })}`]
      : [];
  return [
    "",
    leftovers.length === 1
      ? say("left on the node (1 archive, remove it when you are done):")
      : say("left on the node ({count} archives, remove them when you are done):", { count: leftovers.length }),
    ...shown,
    ...more,
  ];
}

/** The last line of a run. */
export function conclusionLine({ summary, durationMs, interrupted, stoppedAnswering }: Report, style: Style): string {
  const { emitted, planned } = summary;
  const counts = columns.filter(([, member]) => summary[member] > 0).map(([, member]) => say(counted[member], { count: summary[member] }));
  const cut = emitted < planned ? [say("{count} of {planned} not run", { count: planned - emitted, planned })] : [];
  const stopped = interrupted ? `${say("interrupted")}: ` : stoppedAnswering ? `${say("stopped answering")}: ` : "";
  const what = counts.length === 0 ? [say("nothing was executed")] : counts;
  return `${stopped}${verdictText(summary.verdict, style)}: ${[...what, ...cut].join(", ")} (${(durationMs / 1000).toFixed(1)} s)`;
}

function verdictText(verdict: Summary["verdict"], style: Style, width = 0): string {
  const paint = { conformant: style.good, "not-conformant": style.bad, incomplete: style.odd }[verdict];
  return paint(padColumns(say(verdict), width));
}
