import { say, sayTitle } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { runVerdictWords } from "../words.ts";
import { differentialParts } from "../markdown/differential.ts";
import { block, code, plain, table } from "../markdown/escape.ts";
import { joinWithin } from "../markdown/within.ts";
import { problemFields } from "../problems.ts";
import { differencesOf, type Finding, findingsOf, namesSaid, namesText, profileRows } from "./findings.ts";
import { type FleetReport, isTested, reportOf, requirementsOf } from "./fleet-report.ts";
import { fleetCountsSaid, verdictOf, versionsText } from "./text.ts";

/** GitHub takes 1 MiB for the summaries of one step. */
const mostBytes = 1_000_000;
/** A table of more rows says nothing to anybody. */
const mostRows = 100;
const mostFieldCharacters = 2_000;

/** The report of many kubelets for a job's summary: what needs a reader first, as far as there is room. */
export function toFleetMarkdown(report: FleetReport): string {
  const { summary, suite, durationMs, kubelets } = report;
  const findings = findingsOf(report);
  return `${joinWithin(mostBytes, [
    `## ${fleetCountsSaid(report)}`,
    `**${say(runVerdictWords[summary.verdict])}**${report.interrupted ? `, ${say("interrupted")}` : ""}: ${plain(versionsText(report))} (${(durationMs / 1000).toFixed(1)} s, ${plain(`${suite.name} ${suite.version}`)})`,
    profilesPart(report),
    ...(findings.length === 0 ? [] : [`### ${say("Problems")} (${findings.length})`]),
    ...findings.map((finding) => findingPart(finding, report)),
    ...untestedPart(report),
    ...differencesPart(report),
    ...kubelets.flatMap((kubelet) =>
      isTested(kubelet) && kubelet.differential ? differentialParts(kubelet.differential, 3, kubelet.name) : [],
    ),
    `### ${say("Kubelets")} (${kubelets.length})`,
    kubeletsPart(report),
  ])}\n`;
}

function profilesPart(report: FleetReport): string {
  const rows = profileRows(report).map(({ profile, counts }) => [
    plain(profile),
    String(counts.conformant),
    String(counts["not-conformant"]),
    String(counts.incomplete),
  ]);
  return table([say("Profile"), say("Conformant"), say("Not conformant"), say("Incomplete")], ["left", "right", "right", "right"], rows);
}

function findingPart({ requirement: { id, title }, verdict, kubelets }: Finding, report: FleetReport): string {
  const [first] = kubelets;
  if (!first) return "";
  const whole = reportOf(first.kubelet, requirementsOf(report));
  const result = whole.results.find((one) => one.id === id);
  const fields = result ? problemFields(result, whole) : [];
  const names = namesText(kubelets.map(({ kubelet }) => kubelet.name));
  const share = say("{count} of {all}", { count: kubelets.length, all: report.kubelets.length });
  return [
    `<details><summary>${say(verdict)}: ${say("{requirement} on {kubelets}", { requirement: `<code>${plain(id)}</code>`, kubelets: share })}</summary>`,
    "",
    block([
      `${verdict}  ${id}`,
      `    ${title}`,
      ...(sayTitle(title) === title ? [] : [`    ${sayTitle(title)}`]),
      `    on       ${names}`,
      ...fields.map(([name, value]) => `    ${name.padEnd(9)}${value.slice(0, mostFieldCharacters)}`),
    ]),
    "",
    "</details>",
  ].join("\n");
}

function untestedPart({ kubelets }: FleetReport): string[] {
  const rows = kubelets.flatMap((kubelet) =>
    isTested(kubelet) ? [] : [[code(kubelet.name), plain(translated(kubelet.notTested.message))]],
  );
  if (rows.length === 0) return [];
  return [`### ${say("Not tested")} (${rows.length})`, table([say("Kubelet"), say("Reason")], ["left", "left"], rows.slice(0, mostRows))];
}

function differencesPart(report: FleetReport): string[] {
  const rows = differencesOf(report).map(({ requirement: { id }, verdicts }) => [
    code(id),
    verdicts.map(({ verdict, kubelets }) => `${say(verdict)} ${kubelets.length}: ${plain(namesSaid(kubelets, 3))}`).join("; "),
  ]);
  if (rows.length === 0) return [];
  return [
    `### ${say("What differs between kubelets")} (${rows.length})`,
    table([say("Requirement"), say("Verdicts")], ["left", "left"], rows.slice(0, mostRows)),
  ];
}

/** Kubelets x profiles; those that need a reader come first. */
function kubeletsPart(report: FleetReport): string {
  const profiles = profileRows(report).map(({ profile }) => profile);
  const sorted = report.kubelets.toSorted((a, b) => Number(isGood(a)) - Number(isGood(b)));
  const rows = sorted.slice(0, mostRows).map((kubelet) => [
    code(kubelet.name),
    plain(isTested(kubelet) ? kubelet.target.kubernetesVersion : ""),
    verdictOf(kubelet),
    ...profiles.map((profile) => {
      const found = isTested(kubelet) ? kubelet.profiles.find((one) => one.profile === profile) : undefined;
      return found ? `${found.passed}${found.failed > 0 ? `, **${say("{count} failed", { count: found.failed })}**` : ""}` : "";
    }),
  ]);
  const more =
    sorted.length > rows.length
      ? `\n\n${say("{count} more; the json and html reports have all.", { count: sorted.length - rows.length })}`
      : "";
  return `${table([say("Kubelet"), say("Version"), say("Verdict"), ...profiles], ["left", "left", "left", ...profiles.map(() => "right" as const)], rows)}${more}`;
}

function isGood(kubelet: FleetReport["kubelets"][number]): boolean {
  return isTested(kubelet) && kubelet.summary.verdict === "conformant";
}
