import { isScored } from "../engine/scoring.ts";
import { printable } from "../engine/text.ts";
import { changes, type Difference, type ReportDiff, type Side } from "./diff.ts";
import type { Style } from "./style.ts";

/** What each group of differences is, for readers. */
const headings = {
  lost: "lost: worse than it was",
  gained: "gained: better than it was",
  changed: "changed: another verdict, level or lane, or not seen both times",
  new: "new: only in NEW",
  gone: "gone: only in OLD",
} as const;

/** For a terminal or a log. */
export function diffLines({ circumstances, notes, differences, counts }: ReportDiff, style: Style): string[] {
  const paint = { lost: style.bad, gained: style.good, changed: style.odd, new: style.strong, gone: style.strong };
  const groups = changes.flatMap((change) => {
    const own = differences.filter((difference) => difference.change === change);
    if (own.length === 0) return [];
    const items = own.flatMap((difference) => [
      `  ${style.strong(difference.id)}  ${sides(difference)}`,
      ...details(difference).map((text) => `      ${printable(text)}`),
    ]);
    return ["", paint[change](`${headings[change]} (${own.length})`), ...items];
  });
  return [
    ...circumstances.map(({ name, was, is }) => `${style.faint(`${name}:`)} ${printable(was)} -> ${printable(is)}`),
    ...notes.map((note) => style.odd(`note: ${note}`)),
    ...groups,
    "",
    countsText(counts),
  ];
}

/** For a job's summary. */
export function diffMarkdown({ circumstances, notes, differences, counts }: ReportDiff): string {
  const groups = changes.flatMap((change) => {
    const own = differences.filter((difference) => difference.change === change);
    if (own.length === 0) return [];
    const rows = own.map(
      (difference) =>
        `| ${cell(difference.id)} | ${cell(sides(difference))} | ${cell([difference.title, ...details(difference)].join("; "))} |`,
    );
    return [`### ${headings[change]} (${own.length})`, "", "| requirement | verdict | what |", "| --- | --- | --- |", ...rows, ""];
  });
  return [
    "## What changed between two reports",
    "",
    `**${countsText(counts)}**`,
    "",
    ...notes.map((note) => `> ${note}\n`),
    ...(circumstances.length === 0 ? [] : ["| | OLD | NEW |", "| --- | --- | --- |"]),
    ...circumstances.map(({ name, was, is }) => `| ${cell(name)} | ${cell(was)} | ${cell(is)} |`),
    ...(circumstances.length === 0 ? [] : [""]),
    ...groups,
  ].join("\n");
}

export function countsText({ same, ...counts }: ReportDiff["counts"]): string {
  const parts = changes.filter((change) => counts[change] > 0).map((change) => `${counts[change]} ${change}`);
  return `${parts.length === 0 ? "no difference" : parts.join(", ")}, ${same} the same`;
}

function sides({ was, is, scored }: Difference): string {
  const level = was && is && was.level !== is.level;
  const text = (one: Side): string => (level ? `${one.verdict} ${one.level}` : one.verdict);
  const verdicts = [was, is].flatMap((one) => (one ? [text(one)] : []));
  return `${verdicts.join(" -> ")}${lane(was, scored)}`;
}

/** Whether it counts, where that is not a matter of course. */
function lane(was: Side | undefined, scored: boolean): string {
  const before = was ? isScored(was) : scored;
  if (before !== scored) return scored ? " (scored now)" : " (no longer scored)";
  return scored ? "" : " (not scored)";
}

/** Where it happened, and what the newer report says of a problem. */
function details({ is, lostIn = [], gainedIn = [] }: Difference): string[] {
  const difference = is?.expected === undefined ? is?.reason : `expected ${is.expected}, got ${is.actual}`;
  return [
    ...(lostIn.length > 0 ? [`lost in scenario ${lostIn.join(", ")}`] : []),
    ...(gainedIn.length > 0 ? [`gained in scenario ${gainedIn.join(", ")}`] : []),
    ...(difference === undefined || is?.verdict === "passed" ? [] : [difference]),
  ];
}

/** Text in a cell of a table: nothing in it is markup. */
function cell(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_[\]|~#]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
}
