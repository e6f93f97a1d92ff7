import type { RunVerdict, Verdict } from "../../engine/verdicts.ts";
import { say, sayTitle, sayWord } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { differentialSection } from "../html/differential.ts";
import { heading, html, type Markup, type Piece } from "../html/markup.ts";
import { page } from "../html/page.ts";
import { marks, requirementEntry } from "../html/requirement.ts";
import { colours, table } from "../html/summary.ts";
import { failureVerdicts } from "../problems.ts";
import { runVerdictWords } from "../words.ts";
import { differencesOf, type Finding, findingsOf, namesSaid, profileOf, profileRows } from "./findings.ts";
import { type FleetKubelet, type FleetReport, type FleetRequirement, isTested, reportOf, requirementsOf } from "./fleet-report.ts";
import { fleetCountsSaid, verdictOf, versionsText } from "./text.ts";

/** So many failures are shown open. */
const openAtMost = 10;

/** The report of many kubelets as one file for a browser: what they break, where they differ, and what each of them supports. */
export function toFleetHtml(report: FleetReport): string {
  const { summary, suite, startedAt, durationMs } = report;
  const title = fleetCountsSaid(report);
  return page({
    title,
    skipTo: "problems",
    body: html`<header>
        <h1>${title}</h1>
        <p class="faint">${say("What a conformance run found out about the node API of many kubelets. This certifies nothing.")}</p>
      </header>
      <main>
        <section>
          ${heading(2, say("Verdict"))}
          <p class="verdict ${colours[summary.verdict]}">
            <strong>${say(runVerdictWords[summary.verdict])}</strong>: ${fleetCountsSaid(report)};
            ${say("versions {versions}", { versions: versionsText(report) })}
          </p>
        </section>
        ${profilesSection(report)} ${problemsSection(report)} ${differencesSection(report)}
        ${report.kubelets.map((kubelet) => (isTested(kubelet) && kubelet.differential ? differentialSection(kubelet.differential, 2, kubelet.name) : undefined))}
        ${kubeletsSection(report)}
      </main>
      <footer>
        <p class="faint">
          ${say("Made by {suite}, {time}.", { suite: `${suite.name} ${suite.version}`, time: startedAt })} ${say("took")}:
          ${(durationMs / 1000).toFixed(1)} s${report.interrupted ? ` (${say("interrupted")})` : ""}
        </p>
      </footer>`,
  });
}

const runVerdicts: readonly RunVerdict[] = ["conformant", "not-conformant", "incomplete"];

function profilesSection(report: FleetReport): Markup {
  const rows = profileRows(report).map(
    ({ profile, title, counts }) =>
      html`<tr>
        <th scope="row">${sayWord(title)} <span class="faint">(${profile})</span></th>
        ${runVerdicts.map((verdict) => html`<td class="number">${counts[verdict]}</td>`)}
      </tr>`,
  );
  const head = html`<tr>
    <th scope="col">${say("Profile")}</th>
    ${runVerdicts.map((verdict) => html`<th scope="col" class="number">${say(runVerdictWords[verdict])}</th>`)}
  </tr>`;
  return html`<section>${heading(2, say("Profiles"))} ${table(say("Profiles"), head, rows)}</section>`;
}

function problemsSection(report: FleetReport): Markup {
  const findings = findingsOf(report);
  const requirements = requirementsOf(report);
  return html`<section class="requirements" id="problems">
    ${heading(2, `${say("Problems")} (${findings.length})`)}
    ${findings.length === 0 ? html`<p>${say("No kubelet breaks anything.")}</p>` : undefined}
    ${findings.map((finding, index) => findingEntry(finding, report, requirements, index < openAtMost && failureVerdicts.has(finding.verdict)))}
  </section>`;
}

/** As the first kubelet shows it, and all that it concerns, by what they answered. */
function findingEntry(finding: Finding, report: FleetReport, requirements: ReadonlyMap<string, FleetRequirement>, open: boolean): Markup {
  const [first] = finding.kubelets;
  const whole = first && reportOf(first.kubelet, requirements);
  const result = whole?.results.find(({ id }) => id === finding.requirement.id);
  if (!whole || !result) return html``;
  const answers = new Map<string, string[]>();
  for (const { kubelet, result: own } of finding.kubelets) {
    const answer = own.actual ?? translated(own.reason ?? "");
    answers.set(answer, [...(answers.get(answer) ?? []), kubelet.name]);
  }
  const sorted = [...answers].toSorted(([, a], [, b]) => b.length - a.length);
  const share = say("{count} of {all}", { count: finding.kubelets.length, all: report.kubelets.length });
  return html`<div class="concerned">
    <p><strong>${share}</strong>: <code>${finding.requirement.id}</code></p>
    <ul>
      ${sorted.slice(0, 10).map(([answer, names]) => html`<li>${names.length}: ${namesSaid(names, 20)}${answer === "" ? "" : html` (<code>${answer.slice(0, 300)}</code>)`}</li>`)}
      ${sorted.length > 10 ? html`<li>${say("{count} other answers", { count: sorted.length - 10 })}</li>` : undefined}
    </ul>
    ${requirementEntry(result, whole, { prefix: `${finding.verdict}-`, level: 1 }, "", open)}
  </div>`;
}

function differencesSection(report: FleetReport): Markup {
  const differences = differencesOf(report);
  if (differences.length === 0) return html``;
  const rows = differences.map(
    ({ requirement: { id, title }, verdicts }) =>
      html`<tr>
        <th scope="row"><code>${id}</code> <span class="faint">${sayTitle(title)}</span></th>
        <td>${verdicts.map(({ verdict, kubelets }) => html`<p>${mark(verdict)} ${kubelets.length}: ${namesSaid(kubelets, 8)}</p>`)}</td>
      </tr>`,
  );
  const head = html`<tr>
    <th scope="col">${say("Requirement")}</th>
    <th scope="col">${say("Kubelets by verdict")}</th>
  </tr>`;
  return html`<section>
    ${heading(2, `${say("What differs between kubelets")} (${differences.length})`)}
    ${table(say("What differs between kubelets"), head, rows)}
  </section>`;
}

function mark(verdict: Verdict): Markup {
  return html`<span class="mark ${marks[verdict]}">${say(verdict)}</span>`;
}

function kubeletsSection(report: FleetReport): Markup {
  const profiles = profileRows(report).map(({ profile }) => profile);
  const head = html`<tr>
    <th scope="col">${say("Kubelet")}</th>
    <th scope="col">${say("Version")}</th>
    <th scope="col">${say("Verdict")}</th>
    ${profiles.map((profile) => html`<th scope="col" class="number">${profile}</th>`)}
  </tr>`;
  return html`<section>
    ${heading(2, `${say("Kubelets")} (${report.kubelets.length})`)}
    ${table(
      say("Kubelets"),
      head,
      report.kubelets.map((kubelet) => kubeletRow(kubelet, profiles)),
    )}
  </section>`;
}

function kubeletRow(kubelet: FleetKubelet, profiles: readonly string[]): Markup {
  if (!isTested(kubelet))
    return html`<tr>
      <th scope="row">${kubelet.name}</th>
      <td></td>
      <td><span class="mark bad">${say("not tested")}</span></td>
      <td colspan="${Math.max(1, profiles.length)}">${translated(kubelet.notTested.message)}</td>
    </tr>`;
  const { target, summary, stoppedAnswering, interrupted } = kubelet;
  const cells = profiles.map((profile): Piece => {
    const found = profileOf(kubelet, profile);
    if (!found) return html`<td></td>`;
    const failed = found.failed > 0 ? html` <span class="mark bad">${say("{count} failed", { count: found.failed })}</span>` : undefined;
    return html`<td class="number">${found.passed}${failed}</td>`;
  });
  const end = stoppedAnswering ? ` (${say("stopped answering")})` : interrupted ? ` (${say("interrupted")})` : "";
  return html`<tr>
    <th scope="row">${kubelet.name}</th>
    <td>${target.kubernetesVersion}</td>
    <td><span class="mark ${colours[summary.verdict]}">${verdictOf(kubelet)}</span>${end}</td>
    ${cells}
  </tr>`;
}
