import { isDeepStrictEqual } from "node:util";
import { UsageError } from "../../errors.ts";
import { isFleet } from "../read.ts";
import { subjectName } from "../subject.ts";
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
  /** By each place where the kubelet is. */
  const known = new Map<string, Known>();
  const times: [start: number, end: number][] = [];
  let interrupted = false;

  function take(one: Known): void {
    const { kubelet } = one;
    const places = placesOf(kubelet);
    const earlier = places.map((place) => known.get(place)).find((found) => found !== undefined);
    if (earlier && !isDeepStrictEqual(bare(earlier.kubelet), bare(kubelet))) {
      if (!newest)
        throw new UsageError(
          "kubelet-twice",
          `${kubelet.name} is in ${earlier.file} and in ${one.file}, with different results; --newest takes what was tested last`,
        );
      if (!isNewer(kubelet, earlier.kubelet)) return;
    }
    if (earlier) for (const place of placesOf(earlier.kubelet)) known.delete(place);
    for (const place of places) known.set(place, one);
  }

  return {
    add(file, report) {
      const start = Date.parse(report.startedAt);
      times.push([start, start + report.durationMs]);
      if (report.interrupted) interrupted = true;
      if (!isFleet(report)) return take({ file, ...(untestedEntry(report) ?? entryOf(report)) });
      for (const kubelet of report.kubelets) take({ file, kubelet, requirements: report.requirements });
    },
    versions() {
      const counts = new Map<string, number>();
      for (const { kubelet } of new Set(known.values()))
        if (isTested(kubelet)) counts.set(kubelet.suite.version, (counts.get(kubelet.suite.version) ?? 0) + 1);
      return [...counts].toSorted(([, a], [, b]) => b - a);
    },
    report() {
      const collector = createFleetCollector();
      const all = [...new Set(known.values())];
      const named = new Map<string, number>();
      for (const { kubelet } of all) named.set(nameOf(kubelet), (named.get(nameOf(kubelet)) ?? 0) + 1);
      for (const { kubelet, requirements } of all) {
        const name = nameOf(kubelet);
        collector.addEntry({ ...kubelet, name: named.get(name) === 1 ? name : `${name} (${homeOf(kubelet)})` }, requirements);
      }
      const start = Math.min(...times.map(([first]) => first));
      const end = Math.max(...times.map(([, last]) => last));
      return collector.report({ startedAt: new Date(start), durationMs: end - start, interrupted });
    },
  };
}

/** Of the report of a kubelet that could not be tested. */
function untestedEntry({ target: { server, node, cluster }, notTested }: Report): Omit<Known, "file"> | undefined {
  if (!notTested) return undefined;
  const kubelet = cluster === undefined ? { name: server, notTested } : { name: node ?? server, target: { node, cluster }, notTested };
  return { kubelet, requirements: [] };
}

/** What tells it from all others: its URL, and in a cluster that was named its node there. */
function placesOf(kubelet: FleetKubelet): string[] {
  const { node, cluster } = kubelet.target ?? {};
  const url = isTested(kubelet) ? kubelet.target.server : kubelet.name;
  return cluster === undefined ? [url] : [...(isTested(kubelet) ? [url] : []), `${cluster} ${node}`];
}

function nameOf(kubelet: FleetKubelet): string {
  return isTested(kubelet) ? subjectName(kubelet) : (kubelet.target?.node ?? kubelet.name);
}

/** Tells nodes with one name apart. */
function homeOf(kubelet: FleetKubelet): string {
  const url = kubelet.target?.cluster ?? (isTested(kubelet) ? kubelet.target.server : kubelet.name);
  return URL.canParse(url) ? new URL(url).host : url;
}

/** A report of many kubelets leaves out exchanges that the report of one of them has, and may have another name for it. */
function bare(kubelet: FleetKubelet): FleetKubelet {
  const name = nameOf(kubelet);
  if (!isTested(kubelet)) return { ...kubelet, name };
  return { ...kubelet, name, problems: kubelet.problems.map((result) => ({ ...result, exchanges: [] })) };
}

/** One that was tested is better than one that was not. */
function isNewer(one: FleetKubelet, other: FleetKubelet): boolean {
  if (!isTested(one) || !isTested(other)) return isTested(one) || !isTested(other);
  return Date.parse(one.startedAt) > Date.parse(other.startedAt);
}
