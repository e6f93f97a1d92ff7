import { compare } from "../../engine/compare.ts";
import type { Result, RunVerdict } from "../../engine/verdicts.ts";
import { problemVerdicts } from "../problems.ts";
import type { NotTested, Report } from "../report.ts";
import { subjectName } from "../subject.ts";
import { suiteVersion } from "../../version.ts";

/** What one run, or several that were merged, found out about many kubelets, in the form of `schemas/fleet-report.schema.json`. */
export interface FleetReport {
  schemaVersion: 1;
  kind: "fleet";
  suite: { name: "kubelet-conformance"; version: string };
  startedAt: string;
  durationMs: number;
  summary: FleetSummary;
  /** What the results of all kubelets are about. */
  requirements: FleetRequirement[];
  /** By name. */
  kubelets: FleetKubelet[];
  /** The part of all kubelets that it is about; it may have none of them. */
  shard?: FleetShard;
  /** The run was stopped before its end; kubelets whose turn had not come are not in it. */
  interrupted?: true;
}

export interface FleetShard {
  index: number;
  count: number;
  /** How many kubelets there are in all shards. */
  kubelets: number;
}

export type FleetKubelet = TestedKubelet | UntestedKubelet;

export interface FleetSummary {
  verdict: RunVerdict;
  kubelets: number;
  conformant: number;
  notConformant: number;
  incomplete: number;
  /** Not reached, or no kubelet. */
  notTested: number;
}

export type FleetRequirement = Pick<Result, "id" | "level" | "title" | "profile" | "sources">;

/** The node's name, else the URL of the kubelet; no two have the same. */
interface Named {
  name: string;
}

/** A report of its own in little room: a thousand of them must fit into one file. */
export interface TestedKubelet extends Named, Omit<Report, "schemaVersion" | "results" | "notTested"> {
  /** What needs a reader. The exchanges are left out where `evidence` kubelets show the same. */
  problems: FleetResult[];
  /** The rest, alike ones together. */
  others: ResultGroup[];
}

export type FleetResult = Omit<Result, "level" | "title" | "profile" | "sources">;

export interface ResultGroup extends Pick<Result, "verdict" | "reason" | "scored" | "notScoredReason"> {
  ids: string[];
}

export interface UntestedKubelet extends Named {
  /** Where it was looked for, as far as `name` does not say it. */
  target?: Partial<Pick<Report["target"], "node" | "cluster">>;
  notTested: NotTested;
}

/** So many kubelets with one verdict on a requirement keep their exchanges as the evidence. */
export const evidence = 10;

export function isTested(kubelet: FleetKubelet): kubelet is TestedKubelet {
  return "problems" in kubelet;
}

/** Takes in kubelets one by one and keeps of each no more than the report of all needs. */
export interface FleetCollector {
  add(report: Report): TestedKubelet;
  /** `cluster`: the API server whose node it is. */
  addUntested(name: string, error: unknown, cluster?: string): UntestedKubelet;
  /** Of an earlier fleet report. */
  addEntry(kubelet: FleetKubelet, requirements: readonly FleetRequirement[]): void;
  report(options: { startedAt: Date; durationMs: number; interrupted?: boolean; shard?: FleetShard | undefined }): FleetReport;
}

export function createFleetCollector(): FleetCollector {
  const kubelets: FleetKubelet[] = [];
  const requirements = new Map<string, FleetRequirement>();
  const shown = new Map<string, number>();
  const slim = (result: FleetResult): FleetResult => {
    const key = `${result.verdict} ${result.id}`;
    const count = shown.get(key) ?? 0;
    if (result.exchanges.length === 0) return result;
    shown.set(key, count + 1);
    return count < evidence ? result : { ...result, exchanges: [] };
  };
  const names = new Set<string>();
  /** Who is named twice is tested twice. */
  const unique = (name: string): string => {
    let free = name;
    for (let count = 2; names.has(free); count++) free = `${name} (${count})`;
    names.add(free);
    return free;
  };
  const addTested = (kubelet: TestedKubelet, known: readonly FleetRequirement[]): TestedKubelet => {
    for (const requirement of known) if (!requirements.has(requirement.id)) requirements.set(requirement.id, requirement);
    const added = { ...kubelet, name: unique(kubelet.name), problems: kubelet.problems.map(slim) };
    kubelets.push(added);
    return added;
  };
  return {
    add(report) {
      const { kubelet, requirements: own } = entryOf(report);
      return addTested(kubelet, own);
    },
    addUntested(name, error, cluster) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      const target = cluster === undefined ? {} : { target: { node: name, cluster } };
      const kubelet = {
        name: unique(name),
        ...target,
        notTested: { code, message: error instanceof Error ? error.message : String(error) },
      };
      kubelets.push(kubelet);
      return kubelet;
    },
    addEntry(kubelet, known) {
      if (isTested(kubelet)) addTested(kubelet, known);
      else kubelets.push({ ...kubelet, name: unique(kubelet.name) });
    },
    report: ({ startedAt, durationMs, interrupted = false, shard }) => ({
      schemaVersion: 1,
      kind: "fleet",
      suite: { name: "kubelet-conformance", version: suiteVersion() },
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(durationMs),
      summary: summarizeFleet(kubelets),
      requirements: [...requirements.values()].toSorted((a, b) => compare(a.id, b.id)),
      kubelets: kubelets.toSorted((a, b) => compare(a.name, b.name)),
      ...(shard ? { shard } : {}),
      ...(interrupted ? { interrupted: true } : {}),
    }),
  };
}

/** A report of one kubelet as a part of one of many, and the requirements that it is about. */
export function entryOf({ schemaVersion: _version, results, notTested: _none, ...rest }: Report): {
  kubelet: TestedKubelet;
  requirements: FleetRequirement[];
} {
  const problems: FleetResult[] = [];
  const others = new Map<string, ResultGroup>();
  const requirements = results.map(({ level, title, profile, sources, ...result }) => {
    if (problemVerdicts.has(result.verdict)) problems.push(result);
    else group(result, others);
    return { id: result.id, level, title, profile, sources };
  });
  return { kubelet: { name: subjectName(rest), ...rest, problems, others: [...others.values()] }, requirements };
}

function group({ id, verdict, reason, scored, notScoredReason }: FleetResult, groups: Map<string, ResultGroup>): void {
  const key = JSON.stringify([verdict, reason, notScoredReason]);
  const known = groups.get(key);
  if (known) known.ids.push(id);
  else {
    const why = { ...(reason === undefined ? {} : { reason }), ...(notScoredReason === undefined ? {} : { notScoredReason }) };
    groups.set(key, { verdict, ...(scored === undefined ? {} : { scored }), ...why, ids: [id] });
  }
}

function summarizeFleet(kubelets: readonly FleetKubelet[]): FleetSummary {
  const tested = kubelets.filter(isTested);
  const count = (verdict: RunVerdict): number => tested.filter(({ summary }) => summary.verdict === verdict).length;
  const [conformant, notConformant, incomplete] = [count("conformant"), count("not-conformant"), count("incomplete")];
  const notTested = kubelets.length - tested.length;
  const gaps = incomplete + notTested > 0 || kubelets.length === 0;
  const verdict = notConformant > 0 ? "not-conformant" : gaps ? "incomplete" : "conformant";
  return { verdict, kubelets: kubelets.length, conformant, notConformant, incomplete, notTested };
}

/** The report of one of them, as its own run would have made it, without the exchanges of what needs no reader. */
export function reportOf(kubelet: TestedKubelet, requirements: ReadonlyMap<string, FleetRequirement>): Report {
  const { name: _name, problems, others, ...rest } = kubelet;
  const whole = (result: FleetResult): Result => {
    const { level = "MUST", title = result.id, profile = "", sources = [] } = requirements.get(result.id) ?? {};
    return { ...result, level, title, profile, sources };
  };
  const quiet = others.flatMap(({ ids, ...same }) => ids.map((id) => whole({ id, ...same, exchanges: [], durationMs: 0 })));
  return { schemaVersion: 1, ...rest, results: [...problems.map(whole), ...quiet].toSorted((a, b) => compare(a.id, b.id)) };
}

export function requirementsOf({ requirements }: Pick<FleetReport, "requirements">): ReadonlyMap<string, FleetRequirement> {
  return new Map(requirements.map((requirement) => [requirement.id, requirement]));
}
