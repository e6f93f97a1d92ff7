import { printable } from "../engine/text.ts";
import { type PlainText, say, sayWord } from "../messages/say.ts";
import { translated } from "../messages/translate.ts";
import { padColumns, displayWidth } from "../report/width.ts";
import type { Change, Differential, HeaderDifference, RequirementDifference, Side } from "./differential.ts";

const kinds: Readonly<Record<HeaderDifference["kind"], PlainText>> = { added: "added", removed: "removed", changed: "changed" };

/** The comparison for a reader: what is not explained at length, the rest by what the proxy changes. */
export function differentialLines(differential: Differential): string[] {
  const rows = explainedRows(differential).map(({ id, title, what }) => [`  ${id}: ${title}`, `    ${what}`]);
  return [
    comparisonText(differential),
    ...(rows.length === 0 ? [] : ["", say("what the proxy changes:"), ...rows.flat()]),
    ...(differential.unexplained === 0 ? [] : ["", say("differences without an explanation:"), ...unexplainedLines(differential)]),
  ];
}

/** How much was compared and how much of it differs, in one line. */
export function comparisonText({ compared, alike, differences, unexplained }: Differential): string {
  return say("node proxy and direct: {alike} of {compared} requirements alike, {differ} differ, {unexplained} unexplained", {
    alike,
    compared,
    differ: differences.length,
    unexplained,
  });
}

/** What the proxy changes, and what it changes there. */
export function explainedRows({ differences, headers }: Differential): { id: string; title: string; what: string }[] {
  return byChange(differences, headers).map(({ change: { id, title }, ids, names }) => {
    const what = [ids === 0 ? "" : requirementsText(ids), names.join(", ")].filter(Boolean).join("; ");
    return { id, title: sayWord(title), what };
  });
}

/** What nothing explains, as both ways show it. */
export function unexplainedLines({ differences, headers }: Differential): string[] {
  return [
    ...differences.filter(({ change }) => change === null).flatMap(difference),
    ...headers.filter(({ change }) => change === null).map(header),
  ];
}

function byChange(differences: readonly RequirementDifference[], headers: readonly HeaderDifference[]) {
  const found = new Map<string, { change: Change; ids: number; names: string[] }>();
  const rowOf = (change: Change) => {
    const row = found.get(change.id) ?? { change, ids: 0, names: [] };
    found.set(change.id, row);
    return row;
  };
  for (const { change } of differences) if (change) rowOf(change).ids++;
  for (const { change, name, kind, answers } of headers) {
    if (change)
      rowOf(change).names.push(
        say("{header} {kind} in {answers}", { header: printable(name), kind: say(kinds[kind]), answers: answersText(answers) }),
      );
  }
  return [...found.values()];
}

function difference({ id, proxy, direct }: RequirementDifference): string[] {
  const ways = [say("through the proxy"), say("direct")] as const;
  const width = Math.max(...ways.map(displayWidth));
  return [`  ${id}`, ...[proxy, direct].map((side, index) => `    ${padColumns(ways[index] ?? "", width)} ${sideText(side)}`)];
}

function header({ name, kind, answers, example }: HeaderDifference): string {
  const values = { header: printable(name), kind: say(kinds[kind]), answers: answersText(answers), example };
  return `  ${say("header {header}: {kind} in {answers}, such as that of {example}", values)}`;
}

function sideText({ verdict, reason, expected, actual }: Side): string {
  const detail =
    expected === undefined
      ? reason && translated(reason)
      : say("expected {expected}, got {actual}", { expected, actual: actual ?? say("no answer") });
  return printable(detail === undefined ? say(verdict) : `${say(verdict)}: ${detail}`);
}

function requirementsText(count: number): string {
  return count === 1 ? say("1 requirement") : say("{count} requirements", { count });
}

function answersText(count: number): string {
  return count === 1 ? say("1 answer") : say("{count} answers", { count });
}
