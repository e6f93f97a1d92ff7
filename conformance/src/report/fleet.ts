import { printable, shortened } from "../engine/text.ts";
import type { Report } from "./report.ts";

/** What came of one node of several. */
export interface FleetRow {
  node: string;
  version: string;
  runtime: string;
  /** Undefined: it could not be tested. */
  report: Pick<Report, "summary"> | undefined;
}

const head = ["NODE", "VERSION", "RUNTIME", "VERDICT", "PASSED", "FAILED", "BLOCKED"];

/** One table over nodes. */
export function fleetTable(rows: readonly FleetRow[]): string {
  const cells = rows.map(({ node, version, runtime, report }) => {
    const { verdict = "not tested", passed = "", failed = "", blocked = "" } = report?.summary ?? {};
    return [node, version || "unknown", runtime || "unknown", verdict, passed, failed, blocked].map((cell) =>
      printable(shortened(String(cell), 63)),
    );
  });
  const widths = head.map((title, index) => Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      // Numbers stand on the right.
      .map((cell, index) => (index < 4 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
  return `${[head, ...cells].map(line).join("\n")}\n`;
}
