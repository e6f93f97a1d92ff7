import { isScored } from "../engine/scoring.ts";
import type { Result, Verdict } from "../engine/verdicts.ts";
import { madeBy } from "./read.ts";
import type { Report } from "./report.ts";

/** `lost` and `gained` are about what was seen both times; `changed` is any other difference of one requirement. */
export const changes = ["lost", "gained", "changed", "new", "gone"] as const;
export type Change = (typeof changes)[number];

/** What two reports say differently about one requirement. */
export interface Difference {
  id: string;
  change: Change;
  title: string;
  /** The newer report's result counts; `lost` is of consequence only then. */
  scored: boolean;
  was?: Side;
  is?: Side;
  /** Of testbeds: scenarios in which it was kept and is broken now, and the other way round. */
  lostIn?: string[];
  gainedIn?: string[];
}

/** What one report says about it. */
export type Side = Pick<Result, "verdict" | "level" | "scored" | "expected" | "actual" | "reason">;

export interface ReportDiff {
  /** Circumstances that differ, by name, older first. */
  circumstances: { name: string; was: string; is: string }[];
  /** What a reader must know before believing the rest. */
  notes: string[];
  differences: Difference[];
  counts: Record<Change | "same", number>;
}

/** Compares two reports. */
export function diffReports(older: Report, newer: Report): ReportDiff {
  const before = new Map(older.results.map((result) => [result.id, result]));
  const after = new Map(newer.results.map((result) => [result.id, result]));
  const found = [
    ...newer.results.map((result) => compare(before.get(result.id), result)),
    ...older.results.filter(({ id }) => !after.has(id)).map((result) => compare(result, undefined)),
  ].filter((difference) => difference !== undefined);
  const differences = changes.flatMap((change) => found.filter((difference) => difference.change === change));
  const count = (change: Change): number => found.filter((difference) => difference.change === change).length;
  const same = newer.results.length - found.filter(({ is }) => is !== undefined).length;
  const counts = { lost: count("lost"), gained: count("gained"), changed: count("changed"), new: count("new"), gone: count("gone"), same };
  return { circumstances: circumstancesOf(older, newer), notes: notesOf(older, newer), differences, counts };
}

/** Whether something that counts was lost. */
export function hasLost({ differences }: ReportDiff): boolean {
  return differences.some(({ change, scored }) => change === "lost" && scored);
}

/** How much of a requirement was seen to hold; undefined: nothing was seen. */
function standing(verdict: Verdict): number | undefined {
  switch (verdict) {
    case "passed":
      return 2;
    case "warned":
      return 1;
    case "failed":
    case "known-failure":
      return 0;
    case "blocked":
    case "not-applicable":
    case "suite-error":
      return undefined;
  }
}

/** Below 0: lost. Above: gained. 0: neither, or not seen both times. */
function step(was: Verdict, is: Verdict): number {
  const [before, after] = [standing(was), standing(is)];
  return before === undefined || after === undefined ? 0 : after - before;
}

function compare(was: Result | undefined, is: Result | undefined): Difference | undefined {
  const subject = is ?? was;
  if (!subject) return undefined;
  const head = { id: subject.id, title: subject.title, scored: isScored(subject) };
  if (!was || !is) return { ...head, change: is ? "new" : "gone", ...(was ? { was: side(was) } : {}), ...(is ? { is: side(is) } : {}) };
  const { lostIn, gainedIn } = scenariosOf(was, is);
  const change = changeOf(was, is, lostIn, gainedIn);
  if (!change) return undefined;
  const where = { ...(lostIn.length > 0 ? { lostIn } : {}), ...(gainedIn.length > 0 ? { gainedIn } : {}) };
  return { ...head, change, was: side(was), is: side(is), ...where };
}

function changeOf(was: Result, is: Result, lostIn: readonly string[], gainedIn: readonly string[]): Change | undefined {
  const moved = step(was.verdict, is.verdict);
  if (moved < 0 || lostIn.length > 0) return "lost";
  if (moved > 0) return "gained";
  const isOther = was.verdict !== is.verdict || was.level !== is.level || isScored(was) !== isScored(is);
  return isOther || gainedIn.length > 0 ? "changed" : undefined;
}

function side({ verdict, level, scored, expected, actual, reason }: Result): Side {
  return {
    verdict,
    level,
    ...(scored === undefined ? {} : { scored }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function scenariosOf(was: Result, is: Result): { lostIn: string[]; gainedIn: string[] } {
  const before = new Map((was.scenarios ?? []).map(({ name, verdict }) => [name, verdict]));
  const stepIn = ({ name, verdict }: { name: string; verdict: Verdict }): number => step(before.get(name) ?? verdict, verdict);
  const now = is.scenarios ?? [];
  const names = (wanted: (way: number) => boolean): string[] => now.filter((one) => wanted(stepIn(one))).map(({ name }) => name);
  return { lostIn: names((way) => way < 0), gainedIn: names((way) => way > 0) };
}

function circumstancesOf(older: Report, newer: Report): ReportDiff["circumstances"] {
  const [before, after] = [factsOf(older), factsOf(newer)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name) ?? "unknown", after.get(name) ?? "unknown"];
    return was === is ? [] : [{ name, was, is }];
  });
}

function factsOf(report: Report): Map<string, string> {
  const { suite, target, profiles } = report;
  const command = madeBy(report);
  return new Map([
    ["command", command],
    // A testbed's is one of several, each at a free port.
    ["server", command === "run" ? target.server : "the testbed's"],
    ["node", target.node ?? "unknown"],
    ["Kubernetes version", target.kubernetesVersion],
    ["runtime", target.runtime ?? "unknown"],
    ...Object.entries(target.configuration).map(([name, value]) => [name, String(value)] as const),
    ["suite version", suite.version],
    ["requirement set", suite.requirementSet],
    ["set frozen on", suite.frozen ?? "unknown"],
    ["score", suite.score ?? "all"],
    ["profiles", profiles.map(({ profile }) => profile).join(", ")],
    ["verdict", report.summary.verdict],
  ]);
}

function notesOf(older: Report, newer: Report): string[] {
  const cut = ({ interrupted, stoppedAnswering, summary }: Report): boolean =>
    interrupted === true || stoppedAnswering !== undefined || summary.emitted < summary.planned;
  // Different kubelets may be tested in any order.
  const isSame = older.target.kubernetesVersion === newer.target.kubernetesVersion && older.target.node === newer.target.node;
  return [
    ...(isSame && Date.parse(newer.startedAt) < Date.parse(older.startedAt) ? ["NEW was made before OLD: are they swapped?"] : []),
    ...(cut(older) ? ["OLD is of a run that did not come to its end: what it did not get to is new"] : []),
    ...(cut(newer) ? ["NEW is of a run that did not come to its end: what it did not get to is gone or blocked"] : []),
  ];
}
