import { printable, shortened } from "../engine/text.ts";
import { type PlainText, say } from "../messages/say.ts";
import { translated } from "../messages/translate.ts";
import type { Style } from "../report/style.ts";
import { displayWidth, padColumns } from "../report/width.ts";
import { type Finding, type FindingLevel, findingLevels, type Owner, type Step, worstFirst } from "./finding.ts";

/** Somebody that was looked at. */
export interface Patient {
  /** `node web-1`. */
  name: string;
  /** `kubelet v1.23.17 on docker://20.10.7 (docker by dockershim)`. */
  about: string;
  findings: readonly Finding[];
}

const levels: Readonly<Record<FindingLevel, PlainText>> = { "to-do": "to do", warning: "warning", soon: "soon", note: "note", ok: "ok" };
const owners: Readonly<Record<Owner, PlainText>> = {
  client: "whoever asks",
  "cluster-administrator": "the cluster's administrator",
  node: "the node's administrator",
  runtime: "the node's runtime",
  kubelet: "the node's kubelet",
};

/** Columns of the level before each finding. */
function levelWidth(): number {
  return Math.max(...Object.values(levels).map((text) => displayWidth(say(text))));
}

/** Worst first, patients and findings. Steps that several have in common are written out once. */
export function doctorText(patients: readonly Patient[], style: Style): string {
  const known = new Map<string, string>();
  const width = levelWidth();
  const indent = " ".repeat(width + 4);
  const ordered = patients.toSorted((one, other) => worst(one) - worst(other));
  const lines = ordered.flatMap(({ name, about, findings }) => [
    style.strong(printable(shortened(`${translated(name)}: ${translated(about)}`))),
    ...worstFirst(findings).flatMap((finding) => {
      const { level, owner, text } = finding;
      const paint = { "to-do": style.bad, warning: style.odd, soon: style.odd, note: style.faint, ok: style.good }[level];
      const steps = finding.steps.flatMap((step, index) => stepLines(step, indent, finding.steps.length > 1 ? `${index + 1}. ` : ""));
      const same = known.get(steps.join("\n"));
      if (finding.steps.length > 1) known.set(steps.join("\n"), same ?? name);
      const whose = level === "to-do" || level === "warning" ? style.faint(` [${say("for {whom}", { whom: say(owners[owner]) })}]`) : "";
      return [
        `  ${paint(padColumns(say(levels[level]), width))}  ${printable(shortened(translated(text)))}${whose}`,
        ...(same === undefined ? steps : [`${indent}${say("the same steps as for {whom}", { whom: printable(translated(same)) })}`]),
      ];
    }),
    "",
  ]);
  return [...lines, conclusion(patients)].join("\n");
}

function worst({ findings }: Patient): number {
  return Math.min(findingLevels.length, ...findings.map(({ level }) => findingLevels.indexOf(level)));
}

/** A manifest stands at the margin, so that it can be pasted as it is. */
function stepLines({ text, link, command, manifest }: Step, indent: string, number: string): string[] {
  const below = `${indent}${" ".repeat(number.length)}`;
  return [
    `${indent}${number}${printable(translated(text))}`,
    ...(command === undefined ? [] : [`${below}$ ${printable(command)}`]),
    ...(link === undefined ? [] : [`${below}${link}`]),
    ...(manifest === undefined ? [] : ["kubectl apply -f - <<'EOF'", ...manifest.trimEnd().split("\n").map(printable), "EOF"]),
  ];
}

function conclusion(patients: readonly Patient[]): string {
  const ill = patients.filter(({ findings }) => findings.some(({ level }) => level === "to-do")).length;
  const warnings = patients.flatMap(({ findings }) => findings).filter(({ level }) => level === "warning").length;
  const also = warnings === 0 ? "" : `; ${warnings === 1 ? say("1 warning") : say("{count} warnings", { count: warnings })}`;
  const what = ill === 0 ? say("nothing to do") : say("something to do for {count} of {all}", { count: ill, all: patients.length });
  return `${what}${also}\n`;
}
