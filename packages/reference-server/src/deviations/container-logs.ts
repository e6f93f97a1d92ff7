import type { Deviation } from "./deviation.ts";
import { requestsDeviations } from "./container-logs-requests.ts";
import { linesDeviations } from "./container-logs-lines.ts";
import type { Id } from "./container-logs-matches.ts";

/** What breaks each requirement of `spec/requirements/container-logs.yaml`. */
export const containerLogs: Record<Id, Deviation> = {
  ...requestsDeviations,
  ...linesDeviations,
};
