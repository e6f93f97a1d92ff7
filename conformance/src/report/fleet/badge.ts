import type { Badge } from "../badge.ts";
import type { FleetReport } from "./fleet-report.ts";

/** What an endpoint badge of shields.io says of many kubelets. */
export function toFleetBadge({ summary: { verdict, kubelets, conformant, notTested } }: FleetReport): Badge {
  return {
    schemaVersion: 1,
    label: "kubelet API",
    message: `${conformant} of ${kubelets} conformant`,
    color: { conformant: "brightgreen", "not-conformant": "red", incomplete: "yellow" }[verdict],
    ...(notTested === kubelets ? { isError: true } : {}),
  };
}
