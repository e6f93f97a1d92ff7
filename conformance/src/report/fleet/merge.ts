import { isDeepStrictEqual } from "node:util";
import { UsageError } from "../../errors.ts";
import { isFleet } from "../read.ts";
import type { Report } from "../report.ts";
import { createFleetCollector, entryOf, type FleetKubelet, type FleetReport, type FleetRequirement, isTested } from "./fleet-report.ts";

export interface MergeOptions {
  /** Of two reports about one kubelet, takes the one that was made last. Default: only the same twice is taken, and any other refused. */
  newest: boolean;
}

/** Joins reports one by one. */
export interface Merger {
  /** Throws a UsageError where another report says something else of the same kubelet. */
  add(file: string, report: Report | FleetReport): void;
  /** With what the kubelets were tested, most first. */
  versions(): [version: string, kubelets: number][];
  report(): FleetReport;
}

interface Known {
  file: string;
  kubelet: FleetKubelet;
  requirements: readonly FleetRequirement[];
}

export function createMerger({ newest }: MergeOptions): Merger {
  const known = new Map<string, Known>();
  /** Names by where the kubelets are: one that was not reached has no other name. */
  const places = new Map<string, string>();
  const times: [start: number, end: number][] = [];
  let interrupted = false;

  function take(one: Known): void {
    const { kubelet } = one;
    const place = isTested(kubelet) ? kubelet.target.server : kubelet.name;
    const name = known.has(kubelet.name) ? kubelet.name : (places.get(place) ?? kubelet.name);
    const earlier = known.get(name);
    if (earlier && !isDeepStrictEqual(bare(earlier.kubelet), bare(kubelet))) {
      if (!newest)
        throw new UsageError(
          "kubelet-twice",
          `${kubelet.name} is in ${earlier.file} and in ${one.file}, with different results; --newest takes what was tested last`,
        );
      if (!isNewer(kubelet, earlier.kubelet)) return;
      known.delete(name);
    }
    known.set(kubelet.name, one);
    places.set(place, kubelet.name);
  }

  return {
    add(file, report) {
      const start = Date.parse(report.startedAt);
      times.push([start, start + report.durationMs]);
      if (report.interrupted) interrupted = true;
      if (!isFleet(report)) return take({ file, ...entryOf(report) });
      for (const kubelet of report.kubelets) take({ file, kubelet, requirements: report.requirements });
    },
    versions() {
      const counts = new Map<string, number>();
      for (const { kubelet } of known.values())
        if (isTested(kubelet)) counts.set(kubelet.suite.version, (counts.get(kubelet.suite.version) ?? 0) + 1);
      return [...counts].toSorted(([, a], [, b]) => b - a);
    },
    report() {
      const collector = createFleetCollector();
      for (const { kubelet, requirements } of known.values()) collector.addEntry(kubelet, requirements);
      const start = Math.min(...times.map(([first]) => first));
      const end = Math.max(...times.map(([, last]) => last));
      return collector.report({ startedAt: new Date(start), durationMs: end - start, interrupted });
    },
  };
}

/** A report of many kubelets leaves out exchanges that the report of one of them has. */
function bare(kubelet: FleetKubelet): FleetKubelet {
  return isTested(kubelet) ? { ...kubelet, problems: kubelet.problems.map((result) => ({ ...result, exchanges: [] })) } : kubelet;
}

/** One that was tested is better than one that was not. */
function isNewer(one: FleetKubelet, other: FleetKubelet): boolean {
  if (!isTested(one) || !isTested(other)) return isTested(one) || !isTested(other);
  return Date.parse(one.startedAt) > Date.parse(other.startedAt);
}
