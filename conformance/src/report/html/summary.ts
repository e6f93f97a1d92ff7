import type { RunVerdict } from "../../engine/verdicts.ts";
import { type PlainText, say, sayWord } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import type { Report } from "../report.ts";
import { blockedReasons, endsOf, subjectText } from "../subject.ts";
import { countsText, runVerdictWords, shownColumns, verdictPhrase } from "../words.ts";
import { heading, html, type Markup, type Piece } from "./markup.ts";

/** Where in a page a report stands: a page of several reports has several places. */
export interface Place {
  /** Before every id. */
  prefix: string;
  /** Level of its sections' headings. */
  level: number;
}

const text = {
  verdict: "Verdict",
  profiles: "Profiles",
  target: "What was tested",
  ends: "What ended early",
  blocked: "Not tested, and what unlocks it",
  leftovers: "Left on the node",
  leftoversHint: "Archives that the run made; remove them when you are done:",
  reason: "Reason",
  requirements: "Requirements",
} as const satisfies Record<string, PlainText>;

export const colours: Readonly<Record<RunVerdict, string>> = { conformant: "good", "not-conformant": "bad", incomplete: "odd" };

export function verdictSection(report: Report, { level }: Place): Markup {
  const verdict = (report.differential?.unexplained ?? 0) > 0 ? "not-conformant" : report.summary.verdict;
  return html`<section>
    ${heading(level, say(text.verdict))}
    <p class="verdict ${colours[verdict]}"><strong>${verdictPhrase(report)}</strong>: ${countsText(report)}</p>
  </section>`;
}

/** One row per profile: what this node supports. */
export function profilesSection({ profiles }: Pick<Report, "profiles">, { level }: Place): Markup {
  const columns = shownColumns(profiles);
  const rows = profiles.map(
    (profile) =>
      html`<tr>
        <th scope="row">${sayWord(profile.title)} <span class="faint">(${profile.profile})</span></th>
        <td><span class="mark ${colours[profile.verdict]}">${say(runVerdictWords[profile.verdict])}</span></td>
        ${columns.map(([member]) => html`<td class="number">${profile[member]}</td>`)}
      </tr>`,
  );
  const head = html`<tr>
    <th scope="col">${say("Profile")}</th>
    <th scope="col">${say(text.verdict)}</th>
    ${columns.map(([, title]) => html`<th scope="col" class="number">${say(title)}</th>`)}
  </tr>`;
  return html`<section>${heading(level, say(text.profiles))} ${table(say(text.profiles), head, rows)}</section>`;
}

export function targetSection(report: Report, { level }: Place): Markup {
  const { target, suite, startedAt, durationMs } = report;
  const facts = Object.entries(target.configuration).map(([fact, value]) => [fact, String(value)] as const);
  const fields: readonly (readonly [string, Piece])[] = [
    [say("server"), target.server],
    [say("node"), target.node ?? say("unknown")],
    ["Kubernetes", `${target.kubernetesVersion} (${say(target.versionSource)})`],
    [say("runtime's checkpoints"), target.runtime ?? say("unknown")],
    [say("requirements"), `${say("of Kubernetes {version}", { version: suite.requirementSet })}, ${suite.name} ${suite.version}`],
    ...(target.programSha256 === undefined ? [] : [[say("program's SHA-256"), target.programSha256] as const]),
    [say("started"), html`<time datetime="${startedAt}">${startedAt}</time>`],
    [say("took"), `${(durationMs / 1000).toFixed(1)} s`],
    ...facts,
  ];
  return html`<section>
    ${heading(level, say(text.target))}
    <dl>
      ${fields.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </section>`;
}

/** What ended early, what was not tested and what is left; nothing where there is nothing. */
export function remainderSections(report: Report, { level }: Place): Markup[] {
  const ends = endsOf(report);
  const blocked = blockedReasons(report);
  const { leftovers } = report;
  return [
    ...(ends.length === 0
      ? []
      : [
          html`<section>
            ${heading(level, say(text.ends))}
            ${ends.map(
              ({ name, message, detail }) =>
                html`<p><span class="mark bad">${translated(name)}</span> ${translated(message)}</p>
                  ${detail.length === 0 ? undefined : html`<pre>${detail.join("\n")}</pre>`}`,
            )}
          </section>`,
        ]),
    ...(blocked.length === 0
      ? []
      : [
          html`<section>
            ${heading(level, say(text.blocked))}
            ${table(
              say(text.blocked),
              html`<tr>
                <th scope="col" class="number">${say(text.requirements)}</th>
                <th scope="col">${say(text.reason)}</th>
              </tr>`,
              blocked.map(
                ([reason, count]) =>
                  html`<tr>
                    <td class="number">${count}</td>
                    <td>${translated(reason)}</td>
                  </tr>`,
              ),
            )}
          </section>`,
        ]),
    ...(leftovers.length === 0
      ? []
      : [
          html`<section>
            ${heading(level, say(text.leftovers))}
            <p>${say(text.leftoversHint)}</p>
            <ul>
              ${leftovers.map((path) => html`<li><code>${path}</code></li>`)}
            </ul>
          </section>`,
        ]),
  ];
}

/** Narrow screens scroll a table sideways, keyboards too. */
export function table(name: string, head: Markup, rows: readonly Markup[]): Markup {
  return html`<div class="wide" role="region" aria-label="${name}" tabindex="0">
    <table>
      <thead>
        ${head}
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** The title of a page about one kubelet. */
export function titleOf(report: Report): string {
  return `${translated(subjectText(report))}: ${verdictPhrase(report)}`;
}
