import type { Result } from "../../engine/verdicts.ts";
import { type PlainText, say, sayTitle } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { problemFields, problemVerdicts, worstFirst } from "../problems.ts";
import type { Report } from "../report.ts";
import { blockedReasons, endsOf, subjectText } from "../subject.ts";
import { countsText, runVerdictWords, shownColumns, verdictPhrase } from "../words.ts";
import { differentialParts } from "./differential.ts";
import { block, code, plain, table } from "./escape.ts";
import { joinWithin } from "./within.ts";

const text = {
  problems: "Problems",
  notTested: "Not tested, and what unlocks it",
  ends: "What ended early",
  leftovers: "Left on the node",
  profile: "Profile",
  verdict: "Verdict",
  count: "Count",
  reason: "Reason",
} as const satisfies Record<string, PlainText>;

/** GitHub takes 1 MiB for the summaries of one step; others may write to it, too. */
const mostBytes = 1_000_000;

/** The report for a job's summary: what needs a reader, worst first, as far as there is room. */
export function toMarkdown(report: Report): string {
  return `${joinWithin(mostBytes, reportParts(report, 2))}\n`;
}

/** Parts of a document about one report, the most important first. */
export function reportParts(report: Report, level: number): string[] {
  const heading = (depth: number, content: string): string => `${"#".repeat(level + depth)} ${content}`;
  const problems = worstFirst(report.results).filter(({ verdict }) => problemVerdicts.has(verdict));
  const ends = endsOf(report);
  const { leftovers } = report;
  return [
    heading(0, `${code(translated(subjectText(report)))}: ${verdictPhrase(report)}`),
    `**${verdictPhrase(report)}**: ${countsText(report)} (${(report.durationMs / 1000).toFixed(1)} s, ${plain(`${report.suite.name} ${report.suite.version}`)}, ${say("requirements of {version}", { version: plain(report.suite.requirementSet) })})`,
    ...(report.differential ? differentialParts(report.differential, level + 1) : []),
    ...(report.profiles.length === 0 ? [] : [profileTable(report)]),
    ...(ends.length === 0
      ? []
      : [
          heading(1, say(text.ends)),
          ...ends.map(({ name, message, detail }) => block([`${translated(name)}: ${translated(message)}`, ...detail])),
        ]),
    ...(problems.length === 0 ? [] : [heading(1, `${say(text.problems)} (${problems.length})`)]),
    ...problems.map((result) => problemPart(result, report)),
    ...blockedPart(report, heading(1, say(text.notTested))),
    ...(leftovers.length === 0 ? [] : [heading(1, say(text.leftovers)), leftovers.map((path) => `- ${code(path)}`).join("\n")]),
  ];
}

export function profileTable({ profiles }: Pick<Report, "profiles">): string {
  const columns = shownColumns(profiles);
  return table(
    [say(text.profile), say(text.verdict), ...columns.map(([, title]) => say(title))],
    ["left", "left", ...columns.map(() => "right" as const)],
    profiles.map((profile) => [
      plain(profile.profile),
      say(runVerdictWords[profile.verdict]),
      ...columns.map(([member]) => String(profile[member])),
    ]),
  );
}

/** One problem must not take the room of all others. */
const mostFieldCharacters = 2_000;

function problemPart(result: Result, report: Report): string {
  const fields = problemFields(result, report).map(([name, value]) => {
    const cut = value.length > mostFieldCharacters ? `${value.slice(0, mostFieldCharacters)}…` : value;
    return `    ${name.padEnd(9)}${cut}`;
  });
  const { id, verdict, title } = result;
  return [
    `<details><summary>${say(verdict)}: <code>${plain(id)}</code></summary>`,
    "",
    block([`${verdict}  ${id}`, `    ${title}`, ...(sayTitle(title) === title ? [] : [`    ${sayTitle(title)}`]), ...fields]),
    "",
    "</details>",
  ].join("\n");
}

function blockedPart(report: Report, heading: string): string[] {
  const reasons = blockedReasons(report);
  if (reasons.length === 0) return [];
  const rows = reasons.map(([reason, count]) => [String(count), plain(translated(reason))]);
  return [heading, table([say(text.count), say(text.reason)], ["right", "left"], rows)];
}
