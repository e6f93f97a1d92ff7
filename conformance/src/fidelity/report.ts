import type { Difference } from "./difference.ts";
import type { Outcome } from "./replay-stage.ts";

export interface Tally {
  compared: number;
  differ: number;
  outOfScope: number;
}

/** Counts the outcomes of a stage, or of several. */
export function tally(outcomes: readonly Outcome[]): Tally {
  const compared = outcomes.filter((outcome) => "differences" in outcome);
  return {
    compared: compared.length,
    differ: compared.filter(({ differences }) => differences.length > 0).length,
    outOfScope: outcomes.length - compared.length,
  };
}

/** One line per stage, then a block per exchange that differs: `-` recorded, `+` answered. */
export function describeStage(name: string, outcomes: readonly Outcome[], verbose: boolean): string {
  const reasons = new Set(outcomes.map((outcome) => ("outOfScope" in outcome ? outcome.outOfScope : undefined)));
  const [only] = reasons;
  // What is left out altogether should not have to be asked for.
  const lines = [`${name}: ${describeTally(tally(outcomes))}${reasons.size === 1 && only !== undefined ? ` (${only})` : ""}`];
  for (const outcome of outcomes) {
    if ("outOfScope" in outcome) {
      if (verbose) lines.push(`  out of scope: ${outcome.id}: ${outcome.outOfScope}`);
    } else if (outcome.differences.length > 0) {
      lines.push("", `  ${outcome.id}  (${outcome.request})`, ...outcome.differences.flatMap(describeDifference));
    }
  }
  return lines.join("\n");
}

export function describeTally({ compared, differ, outOfScope }: Tally): string {
  return `${compared} compared, ${differ} differ, ${outOfScope} out of scope`;
}

/** Why exchanges were not compared: one line for each reason, with how many it holds for. */
export function describeOutOfScope(outcomes: readonly Outcome[]): readonly string[] {
  const left = outcomes.filter((outcome) => "outOfScope" in outcome);
  return [...Map.groupBy(left, ({ outOfScope }) => outOfScope)].map(([reason, { length }]) => `  ${length} out of scope: ${reason}`);
}

/** How much of a long text is shown, and how much of that before the first character that differs. */
const shown = { length: 240, before: 60 };

function describeDifference({ field, recorded, answered }: Difference): readonly string[] {
  let same = 0;
  while (same < recorded.length && recorded[same] === answered[same]) same++;
  const from = Math.max(0, same - shown.before);
  const cut = (text: string) => {
    const part = text.slice(from, from + shown.length);
    return JSON.stringify(part) + (from + shown.length < text.length ? ` … (${text.length} characters)` : "");
  };
  return [`    ${field}${from > 0 ? ` (from character ${from})` : ""}`, `    - ${cut(recorded)}`, `    + ${cut(answered)}`];
}
