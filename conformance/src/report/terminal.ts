import { isScored } from "../engine/scoring.ts";
import { printable, printableJson, shortened } from "../engine/text.ts";
import { say } from "../messages/say.ts";
import { translated } from "../messages/translate.ts";
import { blockedLines, conclusionLine, headLine, leftoverLines, notScoredLines, problemLines, profileTable } from "./lines.ts";
import { createProgress } from "./progress.ts";
import type { Report, RunEvent } from "./report.ts";
import { createStyle, type Style, wantsColours } from "./style.ts";
import { cutToWidth, padColumns } from "./width.ts";

/** The part of a stream that reporters use. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  /** Of a terminal: how many characters a line has. */
  columns?: number;
}

export type Reporter = (event: RunEvent) => void;

/** For people: a progress line while it runs, then the table, then what needs a reader. */
export function prettyReporter(out: Output, environment: Record<string, string | undefined>, now: () => number = Date.now): Reporter {
  const style = createStyle(wantsColours(out, environment));
  const progress = createProgress(now);
  // One column stays free: some terminals wrap when the last one is written to.
  const show = (text: string): void => void out.write(`\r\u001b[2K${cutToWidth(text, (out.columns || 80) - 1)}`);
  return (event) => {
    if (event.type !== "finished") progress.note(event);
    if (event.type === "planned") {
      const scenario = event.scenario === undefined ? "" : ` [${event.scenario}]`;
      if (!out.isTTY || event.scenario === undefined) out.write(`${headLine(event.target)}${scenario}\n`);
    } else if (event.type === "result") {
      if (out.isTTY) show(progress.text());
    } else if (event.type === "waiting") {
      if (out.isTTY) show(`${progress.text()}, ${waitingText(event)}`);
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
      out.write(
        `${headLine(event.target)}${event.scenario === undefined ? "" : ` [${event.scenario}]`}: ${say("{count} planned", { count: event.planned })}\n`,
      );
    } else if (event.type === "result") {
      const { verdict, id, expected, actual, reason } = event.result;
      const detail =
        expected === undefined
          ? reason && translated(reason)
          : say("expected {expected}, got {actual}", { expected: shortened(expected), actual: shortened(actual ?? "nothing") });
      const apart = isScored(event.result) ? "" : ` (${say("not scored")})`;
      out.write(`${padColumns(say(verdict), 14)} ${id}${apart}${detail === undefined ? "" : `: ${printable(detail)}`}\n`);
    } else if (event.type === "waiting") {
      out.write(`${padColumns(say("waiting"), 14)} ${event.id}: ${forWhat(event)}\n`);
    } else {
      out.write(`${finalLines(event.report, style).join("\n")}\n`);
    }
  };
}

type Waiting = Extract<RunEvent, { type: "waiting" }>;

function waitingText(event: Waiting): string {
  return `${say("waiting")} ${forWhat(event)}${event.scenario === undefined ? "" : ` [${event.scenario}]`}`;
}

function forWhat({ what, seconds }: Waiting): string {
  const about = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return say("for {what}, about {time}", { what: printable(translated(what)), time: about });
}

/** For programs: the report and nothing else. */
export function jsonReporter(out: Output): Reporter {
  return (event) => {
    if (event.type === "finished") out.write(`${printableJson(event.report)}\n`);
  };
}

function finalLines(report: Report, style: Style): string[] {
  return [
    "",
    ...profileTable(report, style),
    ...leftoverLines(report),
    ...blockedLines(report.results.filter(isScored), style),
    ...notScoredLines(report.results, style),
    ...problemLines(report, style),
    "",
    conclusionLine(report, style),
  ];
}
