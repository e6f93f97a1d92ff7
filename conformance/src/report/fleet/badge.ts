import type { Badge } from "../badge.ts";
import { type FleetReport, isTested } from "./fleet-report.ts";

/** What an endpoint badge of shields.io says of many kubelets. */
export function toFleetBadge({ summary: { verdict, kubelets, conformant, notTested }, kubelets: all }: FleetReport): Badge {
  const unexplained = all.filter(isTested).reduce((sum, { differential }) => sum + (differential?.unexplained ?? 0), 0);
  return {
    schemaVersion: 1,
    label: "kubelet API",
    message: `${conformant} of ${kubelets} conformant${unexplained > 0 ? `, ${unexplained} unexplained` : ""}`,
    color: { conformant: "brightgreen", "not-conformant": "red", incomplete: "yellow" }[unexplained > 0 ? "not-conformant" : verdict],
    ...(notTested === kubelets ? { isError: true } : {}),
  };
}
