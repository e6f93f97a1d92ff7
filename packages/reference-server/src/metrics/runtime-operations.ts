import type { Family, Sample } from "./exposition.ts";
import { createCounter, createHistogram, defaultBounds } from "./counter.ts";

/** Counts what the kubelet asks of its runtime, as the instrumented service of pkg/kubelet/kuberuntime does. */
export interface RuntimeOperations {
  /** Runs an operation under the name that its metrics have, e.g. `checkpoint_container`. */
  run<T>(operation: string, action: () => Promise<T>): Promise<T>;
  families(): Family[];
  /** How long sandboxes took to start, by runtime handler. */
  sandboxStarts(): Sample[];
}

/** ExponentialBuckets(.005, 2.5, 14): each bound is the one before it times the factor, rounded as it comes. */
const bounds: readonly number[] = Array.from({ length: 13 }).reduce<number[]>((all) => [...all, (all.at(-1) ?? 0) * 2.5], [0.005]);

export function createRuntimeOperations(): RuntimeOperations {
  const total = createCounter();
  const errors = createCounter();
  const durations = createHistogram(bounds);
  const sandboxes = createHistogram(defaultBounds);
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
        const seconds = (performance.now() - start) / 1000;
        durations.observe(labels, seconds);
        if (operation === "run_podsandbox") sandboxes.observe({ runtime_handler: "" }, seconds);
      }
    },
    sandboxStarts: () => sandboxes.samples(),
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
