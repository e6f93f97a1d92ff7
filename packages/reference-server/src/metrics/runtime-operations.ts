import type { Family } from "./exposition.ts";
import { createCounter, createHistogram } from "./counter.ts";

/** Counts what the kubelet asks of its runtime, as the instrumented service of pkg/kubelet/kuberuntime does. */
export interface RuntimeOperations {
  /** Runs an operation under the name that its metrics have, e.g. `checkpoint_container`. */
  run<T>(operation: string, action: () => Promise<T>): Promise<T>;
  families(): Family[];
}

/** ExponentialBuckets(.005, 2.5, 14). */
const bounds = Array.from({ length: 14 }, (_, power) => Number((0.005 * 2.5 ** power).toPrecision(16)));

export function createRuntimeOperations(): RuntimeOperations {
  const total = createCounter();
  const errors = createCounter();
  const durations = createHistogram(bounds);
  return {
    async run(operation, action) {
      const labels = { operation_type: operation };
      const start = performance.now();
      total.add(labels);
      try {
        return await action();
      } catch (error) {
        errors.add(labels);
        throw error;
      } finally {
        durations.observe(labels, (performance.now() - start) / 1000);
      }
    },
    families: () => [
      {
        name: "kubelet_runtime_operations_total",
        help: "[ALPHA] Cumulative number of runtime operations by operation type.",
        type: "counter",
        samples: total.samples(),
      },
      {
        name: "kubelet_runtime_operations_errors_total",
        help: "[ALPHA] Cumulative number of runtime operation errors by operation type.",
        type: "counter",
        samples: errors.samples(),
      },
      {
        name: "kubelet_runtime_operations_duration_seconds",
        help: "[ALPHA] Duration in seconds of runtime operations. Broken down by operation type.",
        type: "histogram",
        samples: durations.samples(),
      },
    ],
  };
}
