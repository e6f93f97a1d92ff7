import { createCounter, type Counter } from "./counter.ts";
import type { Family } from "./exposition.ts";

/** What /metrics/slis tells of the health checks; a check shows once it has run. */
export interface HealthChecks {
  record(name: string, isHealthy: boolean): void;
  reset(): void;
  /** Somebody has reset them. The process's start time, which /metrics/slis and /metrics/probes share, is gone then as well, for good. */
  readonly wasReset: boolean;
  families(stage: string): Family[];
}

export function createHealthChecks(): HealthChecks {
  let latest = new Map<string, boolean>();
  let total: Counter = createCounter();
  let wasReset = false;
  return {
    record(name, isHealthy) {
      latest.set(name, isHealthy);
      total.add({ name, status: isHealthy ? "success" : "error", type: "healthz" });
    },
    reset() {
      latest = new Map();
      total = createCounter();
      wasReset = true;
    },
    get wasReset() {
      return wasReset;
    },
    families: (stage) => [
      {
        name: "kubernetes_healthcheck",
        help: `[${stage}] This metric records the result of a single healthcheck.`,
        type: "gauge",
        samples: [...latest]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, isHealthy]) => ({ labels: { name, type: "healthz" }, value: isHealthy ? 1 : 0 })),
      },
      {
        name: "kubernetes_healthchecks_total",
        help: `[${stage}] This metric records the results of all healthcheck.`,
        type: "counter",
        samples: total.samples(),
      },
    ],
  };
}
