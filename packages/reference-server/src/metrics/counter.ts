import type { Labels, Sample } from "./exposition.ts";

/** A set of counted series, one per combination of labels. */
export interface Counter {
  add(labels: Labels, amount?: number): void;
  /** Sorted by labels. */
  samples(): Sample[];
}

export function createCounter(): Counter {
  const series = new Map<string, { labels: Labels; value: number }>();
  return {
    add(labels, amount = 1) {
      const key = Object.values(labels).join("\0");
      const entry = series.get(key);
      if (entry === undefined) series.set(key, { labels, value: amount });
      else entry.value += amount;
    },
    samples: () => [...series].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => ({ ...entry })),
  };
}

/** Observed durations in buckets, one set per combination of labels. */
export interface Histogram {
  observe(labels: Labels, seconds: number): void;
  samples(): Sample[];
}

/** DefBuckets of the Prometheus client. */
export const defaultBounds: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `bounds`: upper bounds in seconds, ascending, without +Inf. */
export function createHistogram(bounds: readonly number[]): Histogram {
  const series = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>();
  return {
    observe(labels, seconds) {
      const key = Object.values(labels).join("\0");
      let entry = series.get(key);
      if (entry === undefined) series.set(key, (entry = { labels, counts: bounds.map(() => 0), sum: 0, count: 0 }));
      entry.sum += seconds;
      entry.count++;
      for (let index = bounds.length - 1; index >= 0 && seconds <= (bounds[index] ?? 0); index--) {
        entry.counts[index] = (entry.counts[index] ?? 0) + 1;
      }
    },
    samples: () =>
      [...series]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, { labels, counts, sum, count }]) => [
          ...bounds.map((le, index) => ({ suffix: "_bucket", labels: { ...labels, le: String(le) }, value: counts[index] ?? 0 })),
          { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count },
          { suffix: "_sum", labels, value: sum },
          { suffix: "_count", labels, value: count },
        ]),
  };
}
