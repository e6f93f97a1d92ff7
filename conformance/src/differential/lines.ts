import { printable } from "../engine/text.ts";
import type { Change, Differential, HeaderDifference, RequirementDifference, Side } from "./differential.ts";

/** The comparison for a reader: what is not explained at length, the rest by what the proxy changes. */
export function differentialLines({ compared, alike, differences, headers, unexplained }: Differential): string[] {
  const open = differences.filter(({ change }) => change === null);
  const openHeaders = headers.filter(({ change }) => change === null);
  const rows = byChange(differences, headers).map(({ change, ids, names }) => {
    const what = [ids === 0 ? "" : `${ids} ${ids === 1 ? "requirement" : "requirements"}`, names.join(", ")].filter(Boolean).join("; ");
    return [`  ${change.id}: ${change.title}`, `    ${what}`];
  });
  return [
    `node proxy and direct: ${alike} of ${compared} requirements alike, ${differences.length} differ, ${unexplained} unexplained`,
    ...(rows.length === 0 ? [] : ["", "what the proxy changes:", ...rows.flat()]),
    ...(unexplained === 0 ? [] : ["", "differences without an explanation:", ...open.flatMap(difference), ...openHeaders.map(header)]),
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
    if (change) rowOf(change).names.push(`${name} ${kind} in ${answers} ${answers === 1 ? "answer" : "answers"}`);
  }
  return [...found.values()];
}

function difference({ id, proxy, direct }: RequirementDifference): string[] {
  return [`  ${id}`, `    through the proxy ${sideText(proxy)}`, `    direct            ${sideText(direct)}`];
}

function header({ name, kind, answers, example }: HeaderDifference): string {
  return `  header ${printable(name)}: ${kind} in ${answers} ${answers === 1 ? "answer" : "answers"}, such as that of ${example}`;
}

function sideText({ verdict, reason, expected, actual }: Side): string {
  const detail = expected === undefined ? reason : `expected ${expected}, got ${actual}`;
  return printable(detail === undefined ? verdict : `${verdict}: ${detail}`);
}
