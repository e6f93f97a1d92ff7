import { isScored } from "../engine/scoring.ts";
import { printable } from "../engine/text.ts";
import { type PlainText, say, sayTitle } from "../messages/say.ts";
import { translated } from "../messages/translate.ts";
import { type Change, changes, type Difference, type ReportDiff, type Side } from "./diff.ts";
import type { Style } from "./style.ts";

/** What each group of differences is, for readers. */
const headings = {
  lost: "lost: worse than it was",
  gained: "gained: better than it was",
  changed: "changed: another verdict, level or lane, or not seen both times",
  new: "new: only in NEW",
  gone: "gone: only in OLD",
} as const satisfies Record<Change, PlainText>;

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
    return ["", paint[change](`${say(headings[change])} (${own.length})`), ...items];
  });
  return [
    ...circumstances.map(
      ({ name, was, is }) =>
        `${style.faint(`${translated(name)}:`)} ${printable(circumstance(name, was))} -> ${printable(circumstance(name, is))}`,
    ),
    ...notes.map((note) => style.odd(say("note: {text}", { text: translated(note) }))),
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
        `| ${cell(difference.id)} | ${cell(sides(difference))} | ${cell([sayTitle(difference.title), ...details(difference)].join("; "))} |`,
    );
    return [
      `### ${say(headings[change])} (${own.length})`,
      "",
      `| ${say("requirement")} | ${say("verdict")} | ${say("what")} |`,
      "| --- | --- | --- |",
      ...rows,
      "",
    ];
  });
  return [
    `## ${say("What changed between two reports")}`,
    "",
    `**${countsText(counts)}**`,
    "",
    ...notes.map((note) => `> ${translated(note)}\n`),
    ...(circumstances.length === 0 ? [] : ["| | OLD | NEW |", "| --- | --- | --- |"]),
    ...circumstances.map(
      ({ name, was, is }) => `| ${cell(translated(name))} | ${cell(circumstance(name, was))} | ${cell(circumstance(name, is))} |`,
    ),
    ...(circumstances.length === 0 ? [] : [""]),
    ...groups,
  ].join("\n");
}

export function countsText({ same, ...counts }: ReportDiff["counts"]): string {
  const parts = changes.filter((change) => counts[change] > 0).map((change) => say(counted[change], { count: counts[change] }));
  return [...(parts.length === 0 ? [say("no difference")] : parts), say("{count} the same", { count: same })].join(", ");
}

/** Names and versions are as they are. */
function circumstance(name: string, value: string): string {
  return name === "verdict" || value === "unknown" || value.includes(" ") ? translated(value) : value;
}

const counted = {
  lost: "{count} lost",
  gained: "{count} gained",
  changed: "{count} changed",
  new: "{count} new",
  gone: "{count} gone",
} as const satisfies Record<Change, string>;

function sides({ was, is, scored }: Difference): string {
  const level = was && is && was.level !== is.level;
  const text = (one: Side): string => (level ? `${say(one.verdict)} ${one.level}` : say(one.verdict));
  const verdicts = [was, is].flatMap((one) => (one ? [text(one)] : []));
  return `${verdicts.join(" -> ")}${lane(was, scored)}`;
}

/** Whether it counts, where that is not a matter of course. */
function lane(was: Side | undefined, scored: boolean): string {
  const before = was ? isScored(was) : scored;
  if (before !== scored) return ` (${scored ? say("scored now") : say("no longer scored")})`;
  return scored ? "" : ` (${say("not scored")})`;
}

/** Where it happened, and what the newer report says of a problem. */
function details({ is, lostIn = [], gainedIn = [] }: Difference): string[] {
  const difference =
    is?.expected === undefined
      ? is?.reason && translated(is.reason)
      : say("expected {expected}, got {actual}", { expected: is.expected, actual: is.actual ?? "" });
  return [
    ...(lostIn.length > 0 ? [say("lost in scenario {names}", { names: lostIn.join(", ") })] : []),
    ...(gainedIn.length > 0 ? [say("gained in scenario {names}", { names: gainedIn.join(", ") })] : []),
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
