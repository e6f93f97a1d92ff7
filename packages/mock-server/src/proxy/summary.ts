import { printable } from "@kubelet-conformance/exchange";
import type { Finding } from "./findings.ts";

/** Counts what went through, and tells each kind of violation once. */
export interface Tally {
  /** A line for a violation; undefined when the same was told before. */
  told(finding: Finding, method: string, path: string): string | undefined;
  exchange(wasChecked: boolean): void;
  /** A few lines for the end. */
  summary(): string;
}

export function createTally(minor: string): Tally {
  const times = new Map<string, number>();
  let exchanges = 0;
  let unchecked = 0;
  return {
    told: ({ direction, operationId, text }, method, path) => {
      const line = printable(`violation of the ${direction}, ${operationId ?? "no operation"}, ${method} ${path}: ${text}`);
      const count = (times.get(line) ?? 0) + 1;
      times.set(line, count);
      return count === 1 ? line : undefined;
    },
    exchange: (wasChecked) => {
      exchanges++;
      if (!wasChecked) unchecked++;
    },
    summary: () => {
      const all = [...times.values()].reduce((sum, count) => sum + count, 0);
      const skipped = unchecked === 0 ? [] : [`${counted(unchecked, "body", "bodies")} not checked: too long, or in an unknown encoding`];
      const repeated = [...times].filter(([, count]) => count > 1).map(([line, count]) => `${count} times: ${line}`);
      const kinds = times.size === all ? "" : ` of ${counted(times.size, "kind")}`;
      const first = `${counted(exchanges, "exchange")}, ${counted(all, "violation")} of the spec of Kubernetes ${minor}${kinds}`;
      return [first, ...repeated, ...skipped].join("\n");
    },
  };
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
