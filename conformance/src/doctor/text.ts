import { printable, shortened } from "../engine/text.ts";
import type { Style } from "../report/style.ts";
import type { Finding, FindingLevel } from "./finding.ts";

/** Somebody that was looked at. */
export interface Patient {
  /** `node web-1: kubelet v1.23.17 on docker://20.10.7 (docker by dockershim)`. */
  title: string;
  findings: readonly Finding[];
}

const levels: Readonly<Record<FindingLevel, string>> = { "to-do": "to do", soon: "soon", note: "note", ok: "ok" };
const width = Math.max(...Object.values(levels).map((text) => text.length));

/** Steps that several have in common are written out once. */
export function doctorText(patients: readonly Patient[], style: Style): string {
  const known = new Map<string, string>();
  const lines = patients.flatMap(({ title, findings }) => [
    style.strong(printable(shortened(title))),
    ...findings.flatMap((finding) => {
      const paint = { "to-do": style.bad, soon: style.odd, note: style.faint, ok: style.good }[finding.level];
      const steps = stepLines(finding);
      const same = known.get(steps.join("\n"));
      if (finding.steps.length > 1) known.set(steps.join("\n"), same ?? title);
      return [
        `  ${paint(levels[finding.level].padEnd(width))}  ${printable(shortened(finding.text))}`,
        ...(same === undefined ? steps : [`${" ".repeat(width + 4)}the same steps as for ${printable(same.split(":")[0] ?? same)}`]),
      ];
    }),
    "",
  ]);
  return [...lines, conclusion(patients)].join("\n");
}

function stepLines({ steps }: Finding): string[] {
  const indent = " ".repeat(width + 4);
  return steps.flatMap(({ text, link }, index) => {
    const number = steps.length > 1 ? `${index + 1}. ` : "";
    return [`${indent}${number}${printable(text)}`, ...(link === undefined ? [] : [`${indent}${" ".repeat(number.length)}${link}`])];
  });
}

function conclusion(patients: readonly Patient[]): string {
  const ill = patients.filter(({ findings }) => findings.some(({ level }) => level === "to-do")).length;
  if (ill === 0) return "nothing to do\n";
  return `something to do for ${ill} of ${patients.length}\n`;
}
