import { printable, printableJson, shortened } from "../../engine/text.ts";
import { say, sayTitle } from "../../messages/say.ts";
import { translated } from "../../messages/translate.ts";
import { type FleetRow, fleetTable } from "../fleet.ts";
import { failureVerdicts, problemFields, problemVerdicts } from "../problems.ts";
import { createStyle, type Style, wantsColours } from "../style.ts";
import type { Output } from "../terminal.ts";
import { cutToWidth, displayWidth, padColumns, padColumnsStart } from "../width.ts";
import { countsText } from "../words.ts";
import { type Finding, findingsOf, namesSaid, namesText, profileRows } from "./findings.ts";
import { type FleetKubelet, type FleetReport, isTested, reportOf, requirementsOf } from "./fleet-report.ts";
import { fleetCountsSaid } from "./text.ts";

/** Shows how the test of many kubelets goes, and what came of it. */
export interface FleetReporter {
  /** `place`: where it is looked for. */
  begun(place: string): void;
  /** `left`: those that are not over. */
  over(place: string, kubelet: FleetKubelet, left: number): void;
  /** `rows`: what the cluster says of the nodes, where it was asked. */
  finished(report: FleetReport, rows: readonly Omit<FleetRow, "report">[]): void;
}

export function chooseFleetReporter(
  form: "pretty" | "plain" | "json" | undefined,
  out: Output,
  environment: Record<string, string | undefined>,
): FleetReporter {
  switch (form ?? (out.isTTY ? "pretty" : "plain")) {
    case "json":
      return { begun: () => {}, over: () => {}, finished: (report) => void out.write(`${printableJson(report)}\n`) };
    case "pretty":
      return prettyFleetReporter(out, environment);
    case "plain":
      return plainFleetReporter(out);
  }
}

/** For people: one line with counts and an estimate, then the end. */
export function prettyFleetReporter(
  out: Output,
  environment: Record<string, string | undefined>,
  now: () => number = Date.now,
): FleetReporter {
  const style = createStyle(wantsColours(out, environment));
  const startedAt = now();
  const counts = { broken: 0, untested: 0 };
  const under = new Set<string>();
  let done = 0;
  const show = (left: number): void => {
    if (!out.isTTY) return;
    const problems = [
      counts.broken > 0 ? say("{count} not conformant", { count: counts.broken }) : "",
      counts.untested > 0 ? say("{count} not tested", { count: counts.untested }) : "",
    ];
    const seconds = done === 0 ? 0 : (((now() - startedAt) / done) * left) / 1000;
    const estimate =
      seconds < 2
        ? ""
        : seconds < 100
          ? say("about {count} s left", { count: Math.round(seconds) })
          : say("about {count} min left", { count: Math.round(seconds / 60) });
    const at = under.size === 0 ? "" : say("at {names}", { names: namesSaid([...under].map(printable), 3) });
    const text = [say("{done}/{all} kubelets", { done, all: done + left }), ...problems, estimate, at].filter(Boolean).join(", ");
    out.write(`\r\u001b[2K${cutToWidth(text, (out.columns || 80) - 1)}`);
  };
  return {
    begun: (place) => void under.add(place),
    over(place, kubelet, left) {
      done++;
      under.delete(place);
      if (!isTested(kubelet)) counts.untested++;
      else if (kubelet.summary.verdict === "not-conformant") counts.broken++;
      show(left);
    },
    finished(report, rows) {
      if (out.isTTY) out.write("\r\u001b[2K");
      out.write(`${finalLines(report, rows, style).join("\n")}\n`);
    },
  };
}

/** For logs: a line for each kubelet as it is over, then the same end. */
export function plainFleetReporter(out: Output): FleetReporter {
  const style = createStyle(false);
  return {
    begun: () => {},
    over: (_place, kubelet) => void out.write(`${kubeletLine(kubelet)}\n`),
    finished: (report, rows) => void out.write(`${finalLines(report, rows, style).join("\n")}\n`),
  };
}

function kubeletLine(kubelet: FleetKubelet): string {
  if (!isTested(kubelet))
    return `${padColumns(say("not tested"), 14)} ${printable(kubelet.name)}: ${printable(translated(kubelet.notTested.message))}`;
  const { name, target, summary, durationMs } = kubelet;
  const about = `${printable(name)}: ${countsText(kubelet)} (${printable(target.kubernetesVersion)}, ${(durationMs / 1000).toFixed(1)} s)`;
  return `${padColumns(say(summary.verdict), 14)} ${about}`;
}

/** A table of more rows would push the rest off the screen. */
const mostRows = 40;

export function finalLines(report: FleetReport, rows: readonly Omit<FleetRow, "report">[], style: Style): string[] {
  return [
    "",
    ...kubeletLines(report, rows),
    "",
    ...profileLines(report, style),
    ...findingLines(report, style),
    "",
    conclusion(report, style),
  ];
}

/** Those that need a reader first. */
function kubeletLines(report: FleetReport, nodes: readonly Omit<FleetRow, "report">[]): string[] {
  const known = new Map(nodes.map((node) => [node.node, node]));
  const isGood = (kubelet: FleetKubelet): boolean => isTested(kubelet) && kubelet.summary.verdict === "conformant";
  const all =
    report.kubelets.length > mostRows ? report.kubelets.toSorted((a, b) => Number(isGood(a)) - Number(isGood(b))) : report.kubelets;
  const rows = all.slice(0, mostRows).map((kubelet): FleetRow => {
    const tested = isTested(kubelet) ? kubelet : undefined;
    const { version = tested?.target.kubernetesVersion ?? "", runtime = "" } = known.get(kubelet.name) ?? {};
    return { node: kubelet.name, version, runtime, report: tested };
  });
  const rest = all.slice(mostRows);
  const good = rest.filter(isGood).length;
  const more =
    rest.length === 0 ? [] : [say("and {count} more, of which {good} are conformant; --report writes all", { count: rest.length, good })];
  return [...fleetTable(rows).trimEnd().split("\n"), ...more];
}

function profileLines(report: FleetReport, style: Style): string[] {
  const rows = profileRows(report);
  if (rows.length === 0) return [];
  const head = say("PROFILE");
  const width = Math.max(displayWidth(head), ...rows.map(({ profile }) => profile.length));
  const cells = (values: readonly (string | number)[]): string => values.map((value) => padColumnsStart(String(value), 16)).join("");
  return [
    style.faint(`${padColumns(head, width)}${cells([say("CONFORMANT"), say("NOT CONFORMANT"), say("INCOMPLETE")])}`),
    ...rows.map(
      ({ profile, counts }) => `${profile.padEnd(width)}${cells([counts.conformant, counts["not-conformant"], counts.incomplete])}`,
    ),
  ];
}

/** Each requirement that is broken, with where: what fails the run is ready to paste into an issue. */
function findingLines(report: FleetReport, style: Style): string[] {
  return findingsOf(report)
    .filter(({ verdict }) => problemVerdicts.has(verdict))
    .flatMap((finding) => [
      "",
      ...(failureVerdicts.has(finding.verdict) ? issue(finding, report, style) : shortly(finding, report, style)),
    ]);
}

function issue(finding: Finding, report: FleetReport, style: Style): string[] {
  const [first] = finding.kubelets;
  const whole = first && reportOf(first.kubelet, requirementsOf(report));
  const result = whole?.results.find(({ id }) => id === finding.requirement.id);
  const fields = whole && result ? problemFields(result, whole) : [];
  const { title } = finding.requirement;
  return [
    style.faint("```text"),
    `${style.bad(finding.verdict)}  ${style.strong(finding.requirement.id)}`,
    `    ${title}`,
    ...(sayTitle(title) === title ? [] : [`    ${sayTitle(title)}`]),
    `    ${style.faint("on".padEnd(9))}${concerned(finding, report)}`,
    ...fields.map(([name, text]) => `    ${style.faint(name.padEnd(9))}${text}`),
    style.faint("```"),
  ];
}

function shortly(finding: Finding, report: FleetReport, style: Style): string[] {
  const names = printable(namesSaid(finding.kubelets.map(({ kubelet }) => kubelet.name)));
  const kubelets = say("{count} of {all}: {names}", { count: finding.kubelets.length, all: report.kubelets.length, names });
  const { expected, actual, reason } = finding.kubelets[0]?.result ?? {};
  const detail =
    expected === undefined
      ? translated(reason ?? "")
      : say("expected {expected}, got {actual}", { expected: shortened(expected), actual: shortened(actual ?? say("no answer")) });
  return [
    `${style.odd(say(finding.verdict))}  ${say("{requirement} on {kubelets}", { requirement: style.strong(finding.requirement.id), kubelets })}`,
    `    ${printable(detail)}`,
  ];
}

/** In a block that is ready to paste: English. */
function concerned({ kubelets }: Finding, report: FleetReport): string {
  return `${kubelets.length} of ${report.kubelets.length}: ${printable(namesText(kubelets.map(({ kubelet }) => kubelet.name)))}`;
}

function conclusion(report: FleetReport, style: Style): string {
  const { summary, durationMs, interrupted } = report;
  const paint = { conformant: style.good, "not-conformant": style.bad, incomplete: style.odd }[summary.verdict];
  return `${interrupted ? `${say("interrupted")}: ` : ""}${paint(say(summary.verdict))}: ${fleetCountsSaid(report)} (${(durationMs / 1000).toFixed(1)} s)`;
}
