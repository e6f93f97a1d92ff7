import { printableJson } from "../../engine/text.ts";
import type { FleetReport } from "./fleet-report.ts";

/** A JSON file with a line for each requirement and each kubelet: diffs and `grep` work on it, and a thousand kubelets take no more room than they must. */
export function toFleetJson({ requirements, kubelets, ...head }: FleetReport): string {
  const list = (items: readonly unknown[]): string =>
    items.length === 0 ? "[]" : `[\n    ${items.map((item) => printableJson(item)).join(",\n    ")}\n  ]`;
  const start = printableJson(head, 2).slice(0, -"\n}".length);
  return `${start},\n  "requirements": ${list(requirements)},\n  "kubelets": ${list(kubelets)}\n}\n`;
}
