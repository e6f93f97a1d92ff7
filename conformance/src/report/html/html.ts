import { say } from "../../messages/say.ts";
import type { Report } from "../report.ts";
import { differentialSection } from "./differential.ts";
import { html, type Markup } from "./markup.ts";
import { page } from "./page.ts";
import { filterStyle, requirementsSection } from "./requirements.ts";
import { type Place, profilesSection, remainderSections, targetSection, titleOf, verdictSection } from "./summary.ts";

/** The report as one file for a browser: it loads nothing, runs nothing and can be printed. */
export function toHtml(report: Report): string {
  const { suite, startedAt, profiles } = report;
  const title = titleOf(report);
  const place: Place = { prefix: "", level: 2 };
  return page({
    title,
    skipTo: "requirements",
    extraStyle: filterStyle(profiles.length),
    body: html`<header>
        <h1>${title}</h1>
        <p class="faint">${say("What a conformance run found out about the node API of one kubelet. This certifies nothing.")}</p>
      </header>
      <main>${reportSections(report, place)}</main>
      <footer>
        <p class="faint">${say("Made by {suite}, {time}.", { suite: `${suite.name} ${suite.version}`, time: startedAt })}</p>
      </footer>`,
  });
}

/** All that a page says of one report. */
export function reportSections(report: Report, place: Place): Markup[] {
  return [
    verdictSection(report, place),
    ...(report.differential ? [differentialSection(report.differential, place.level)] : []),
    profilesSection(report, place),
    ...remainderSections(report, place),
    requirementsSection(report, place),
    targetSection(report, place),
  ];
}
