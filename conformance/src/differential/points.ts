import { printable } from "../engine/text.ts";
import type { Differential, HeaderDifference, RequirementDifference, Side } from "./differential.ts";

/** A difference as programs read it, in English. */
export interface DifferencePoint {
  /** Tells it from others, the same in every run. */
  name: string;
  /** A requirement that shows it. */
  id: string;
  /** One printable line. */
  text: string;
  /** What the node proxy changes there; undefined: nothing that is known. */
  change: string | undefined;
}

/** All differences of a report that compared two ways; none of another. */
export function differencePoints({ differential }: { differential?: Differential }): DifferencePoint[] {
  return differential ? [...differential.differences.map(ofRequirement), ...differential.headers.map(ofHeader)] : [];
}

/** Those that fail a run. */
export function unexplainedPoints(report: { differential?: Differential }): DifferencePoint[] {
  return differencePoints(report).filter(({ change }) => change === undefined);
}

function ofRequirement({ id, proxy, direct, change }: RequirementDifference): DifferencePoint {
  const text = printable(`through the node proxy ${sideText(proxy)}; direct ${sideText(direct)}`);
  return { name: `node proxy: ${id}`, id, text, change: change?.id };
}

function ofHeader({ name, kind, answers, example, change }: HeaderDifference): DifferencePoint {
  const text = printable(`${kind} by the node proxy in ${answers} answers, such as that of ${example}`);
  return { name: printable(`node proxy: header ${name} ${kind}`), id: example, text, change: change?.id };
}

function sideText({ verdict, reason, expected, actual }: Side): string {
  const detail = expected === undefined ? reason : `expected ${expected}, got ${actual ?? "no answer"}`;
  return detail === undefined ? verdict : `${verdict} (${detail})`;
}
