import { isScored } from "../engine/scoring.ts";
import { printable } from "../engine/text.ts";
import { blockedLines, conclusionLine, headLine, leftoverLines, notScoredLines, problemLines, profileTable } from "./lines.ts";
import type { Report, RunEvent } from "./report.ts";
import { createStyle, type Style } from "./style.ts";

/** The part of a stream that reporters use. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

export type Reporter = (event: RunEvent) => void;

/** For people: a progress line while it runs, then the table, then what needs a reader. */
export function prettyReporter(out: Output, environment: Record<string, string | undefined>): Reporter {
  const style = createStyle(out.isTTY === true && !environment["NO_COLOR"]);
  let failed = 0;
  return (event) => {
    if (event.type === "planned") {
      const scenario = event.scenario === undefined ? "" : ` [${event.scenario}]`;
      if (!out.isTTY || event.scenario === undefined) out.write(`${headLine(event.target)}${scenario}\n`);
    } else if (event.type === "result") {
      if (event.result.verdict === "failed" && isScored(event.result)) failed++;
      const where = event.scenario === undefined ? "" : ` ${event.scenario}`;
      if (out.isTTY) out.write(`\r\u001b[2K${event.done}/${event.planned}${where}${failed > 0 ? `, ${failed} failed` : ""}`);
    } else if (event.type === "waiting") {
      if (out.isTTY) out.write(`\r\u001b[2K${waitingText(event)}`);
      else out.write(`${waitingText(event)}\n`);
    } else {
      if (out.isTTY) out.write("\r\u001b[2K");
      out.write(`${finalLines(event.report, style).join("\n")}\n`);
    }
  };
}

/** For logs: a line for each result as it comes, then the same end. */
export function plainReporter(out: Output): Reporter {
  const style = createStyle(false);
  return (event) => {
    if (event.type === "planned") {
      out.write(`${headLine(event.target)}${event.scenario === undefined ? "" : ` [${event.scenario}]`}: ${event.planned} planned\n`);
    } else if (event.type === "result") {
      const { verdict, id, expected, actual, reason } = event.result;
      const detail = expected === undefined ? reason : `expected ${expected}, got ${actual}`;
      const apart = isScored(event.result) ? "" : " (not scored)";
      out.write(`${verdict.padEnd(14)} ${id}${apart}${detail === undefined ? "" : `: ${printable(detail)}`}\n`);
    } else if (event.type === "waiting") {
      out.write(`${"waiting".padEnd(14)} ${event.id}: ${forWhat(event)}\n`);
    } else {
      out.write(`${finalLines(event.report, style).join("\n")}\n`);
    }
  };
}

type Waiting = Extract<RunEvent, { type: "waiting" }>;

function waitingText(event: Waiting): string {
  return `waiting ${forWhat(event)}${event.scenario === undefined ? "" : ` [${event.scenario}]`}`;
}

function forWhat({ what, seconds }: Waiting): string {
  const about = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `for ${printable(what)}, about ${about}`;
}

/** For programs: the report and nothing else. */
export function jsonReporter(out: Output): Reporter {
  return (event) => {
    if (event.type === "finished") out.write(`${JSON.stringify(event.report)}\n`);
  };
}

function finalLines(report: Report, style: Style): string[] {
  return [
    "",
    ...profileTable(report, style),
    ...leftoverLines(report),
    ...blockedLines(report.results.filter(isScored), style),
    ...notScoredLines(report.results, style),
    ...problemLines(report.results.filter(isScored), style),
    "",
    conclusionLine(report, style),
  ];
}
