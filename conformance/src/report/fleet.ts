import { printable, shortened } from "../engine/text.ts";
import { say } from "../messages/say.ts";
import type { Report } from "./report.ts";
import { displayWidth, padColumns, padColumnsStart } from "./width.ts";

/** What came of one node of several. */
export interface FleetRow {
  node: string;
  version: string;
  runtime: string;
  /** Undefined: it could not be tested. */
  report: Pick<Report, "summary"> | undefined;
}

const head = ["NODE", "VERSION", "RUNTIME", "VERDICT", "PASSED", "FAILED", "BLOCKED"] as const;

/** One table over nodes. */
export function fleetTable(rows: readonly FleetRow[]): string {
  const titles = head.map((title) => say(title));
  const cells = rows.map(({ node, version, runtime, report }) => {
    const { verdict, passed = "", failed = "", blocked = "" } = report?.summary ?? {};
    return [node, version || say("unknown"), runtime || say("unknown"), say(verdict ?? "not tested"), passed, failed, blocked].map((cell) =>
      printable(shortened(String(cell), 63)),
    );
  });
  const widths = titles.map((title, index) => Math.max(displayWidth(title), ...cells.map((row) => displayWidth(row[index] ?? ""))));
  const line = (row: readonly string[]): string =>
    row
      // Numbers stand on the right.
      .map((cell, index) => (index < 4 ? padColumns(cell, widths[index] ?? 0) : padColumnsStart(cell, widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
  return `${[titles, ...cells].map(line).join("\n")}\n`;
}
