import { type Verdict, verdicts } from "../../engine/verdicts.ts";
import { say } from "../../messages/say.ts";
import { failureVerdicts, problemVerdicts, worstFirst } from "../problems.ts";
import type { Report } from "../report.ts";
import { verdictMeanings, verdictWords } from "../words.ts";
import { heading, html, type Markup } from "./markup.ts";
import { requirementEntry } from "./requirement.ts";
import type { Place } from "./summary.ts";

/** So many failures are shown open. */
const openAtMost = 20;

/** Every requirement, worst first, behind a filter that needs no script: radio buttons, and styles that look at them. */
export function requirementsSection(report: Report, place: Place): Markup {
  const { level, prefix } = place;
  const profiles = report.profiles.map(({ profile }) => profile);
  const sorted = worstFirst(report.results);
  const present = verdicts.filter((verdict) => sorted.some((result) => result.verdict === verdict));
  const opened = new Set(sorted.filter(({ verdict }) => failureVerdicts.has(verdict)).slice(0, openAtMost));
  const groups = present.map((verdict) => {
    const own = sorted.filter((result) => result.verdict === verdict);
    return html`<section class="group ${classOf(verdict)}">
      ${heading(level + 1, `${say(verdictWords[verdict])} (${own.length}): ${say(verdictMeanings[verdict])}`)}
      ${own.map((result) => requirementEntry(result, report, place, `p${profiles.indexOf(result.profile)}`, opened.has(result)))}
    </section>`;
  });
  const shown: [name: string, value: string][] = [
    [say("all"), "v-all"],
    ...(present.some((verdict) => problemVerdicts.has(verdict))
      ? [[say("all that need a reader"), "v-problems"] satisfies [string, string]]
      : []),
    ...present.map((verdict): [string, string] => [say(verdictWords[verdict]), `v-${verdict}`]),
  ];
  return html`<section class="requirements" id="${prefix}requirements">
    ${heading(level, say("Requirements"))}
    <div class="filter">
      ${choice(say("Show verdicts"), `${prefix}verdict`, shown)}
      ${choice(say("of profile"), `${prefix}profile`, [[say("all"), "p-all"], ...profiles.map((profile, index): [string, string] => [profile, `f${index}`])])}
    </div>
    ${groups}
  </section>`;
}

/** Styles for the filter of up to so many profiles; one set serves all reports of a page. */
export function filterStyle(profiles: number): string {
  const hide = (checked: string, what: string): string => `.requirements:has(.${checked}:checked) ${what} { display: none; }`;
  return [
    hide("v-problems", ".group:not(.problem-group)"),
    ...verdicts.map((verdict) => hide(`v-${verdict}`, `.group:not(.g-${verdict})`)),
    ...Array.from({ length: profiles }, (_, index) => [
      hide(`f${index}`, `details:not(.p${index})`),
      hide(`f${index}`, `.group:not(:has(.p${index}))`),
    ]).flat(),
  ].join("\n");
}

function classOf(verdict: Verdict): string {
  return `g-${verdict}${problemVerdicts.has(verdict) ? " problem-group" : ""}`;
}

function choice(legend: string, name: string, options: readonly [name: string, value: string][]): Markup {
  const radio = (value: string, isFirst: boolean): Markup =>
    isFirst
      ? html`<input type="radio" name="${name}" class="${value}" autocomplete="off" checked />`
      : html`<input type="radio" name="${name}" class="${value}" autocomplete="off" />`;
  return html`<fieldset>
    <legend>${legend}</legend>
    ${options.map(([label, value], index) => html`<label>${radio(value, index === 0)} ${label}</label>`)}
  </fieldset>`;
}
