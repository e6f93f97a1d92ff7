import { minorOf, requirementSet, vocabulary } from "@kubelet-conformance/spec";
import type { Differential } from "../differential/differential.ts";
import { type RunVerdict, type Strictness, type Summary, summarize, type Result } from "../engine/verdicts.ts";
import type { Score } from "../engine/scoring.ts";
import type { StoppedAnswering } from "../engine/stopped-answering.ts";
import type { Target } from "../target/target.ts";
import { suiteVersion } from "../version.ts";

/** What one run found out, in the form of `schemas/report.schema.json`. The other report kinds are made from it. */
export interface Report {
  schemaVersion: 1;
  suite: Suite;
  target: {
    server: string;
    kubernetesVersion: string;
    versionSource: Target["versionSource"];
    /** What the runtime does with a checkpoint: a class of outcomes; null: not known. */
    runtime: string | null;
    node: string | null;
    /** URL of the API server of its cluster, where that was named: nodes of two clusters may have one name. */
    cluster?: string;
    /** SHA-256 of the kubelet's program file, where that is known: in a testbed. */
    programSha256?: string;
    /** What is known of the configuration, as far as requirements depend on it. */
    configuration: Omit<Target["facts"], "runtime">;
  };
  startedAt: string;
  durationMs: number;
  summary: Summary;
  /** The verdict of each profile that the run was about. */
  profiles: ProfileSummary[];
  results: Result[];
  /** Archives that the run left on the node. */
  leftovers: string[];
  /** The run was stopped before its end. */
  interrupted?: true;
  /** The kubelet was gone before the end. What was not decided by then is blocked. */
  stoppedAnswering?: StoppedAnswering;
  /** How the same kubelet looks through its API server's node proxy. */
  differential?: Differential;
  /** The kubelet could not be tested, and why: there are no results. */
  notTested?: NotTested;
  /** Of a testbed: scenarios without an outcome, or with a part of one, and why. What only they decide is blocked. */
  notRun?: NotRun[];
}

/** What was tested with. */
export interface Suite {
  name: "kubelet-conformance";
  version: string;
  /** The Kubernetes minor whose set it is. */
  requirementSet: string;
  /** The day on which that set was frozen; absent: there is none of this minor. */
  frozen?: string;
  /** What counted: the set, or everything that was tested. */
  score: Score;
}

/** Why there is no result. */
export interface NotTested {
  /** Stable. */
  code: string;
  message: string;
}

/** Scenarios of one kubelet that did not start, or stopped answering. */
export interface NotRun {
  scenarios: string[];
  /** Stable. */
  code: string;
  message: string;
  /** Lines that explain it, such as the end of a log. */
  detail: string[];
  /** It was gone in the middle of the first of them, which has results up to then. */
  stoppedAnswering?: StoppedAnswering;
}

export interface ProfileSummary extends Summary {
  profile: string;
  title: string;
  verdict: RunVerdict;
}

/** What happens during a run, for whoever shows it. */
export type RunEvent =
  /** `total`: what all scenarios of a testbed will have planned in the end. */
  | { type: "planned"; target: Target; planned: number; scenario?: string; total?: number }
  | { type: "result"; result: Result; done: number; planned: number; scenario?: string }
  /** A check waits for something that takes its time. */
  | { type: "waiting"; id: string; what: string; seconds: number; scenario?: string }
  | { type: "finished"; report: Report };

export interface ReportInput {
  target: Target;
  planned: readonly { profile: string }[];
  results: readonly Result[];
  leftovers: readonly string[];
  startedAt: Date;
  strictness?: Strictness;
  score?: Score | undefined;
  interrupted?: boolean;
  stoppedAnswering?: StoppedAnswering | undefined;
  notRun?: readonly NotRun[];
  cluster?: string | undefined;
}

export function buildReport({
  target,
  cluster,
  planned,
  results,
  leftovers,
  startedAt,
  strictness = {},
  score = "frozen",
  interrupted = false,
  stoppedAnswering,
  notRun = [],
}: ReportInput): Report {
  const { runtime, ...configuration } = target.facts;
  const summary = summarize(results, planned.length, strictness);
  const isCut = stoppedAnswering !== undefined || notRun.length > 0;
  return {
    schemaVersion: 1,
    suite: suite(target.minor, score),
    target: {
      server: target.server,
      kubernetesVersion: target.kubernetesVersion,
      versionSource: target.versionSource,
      runtime: runtime?.join(",") ?? null,
      node: target.nodeName ?? null,
      ...(cluster === undefined ? {} : { cluster }),
      ...(target.programSha256 === undefined ? {} : { programSha256: target.programSha256 }),
      configuration,
    },
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    summary: isCut && summary.verdict === "conformant" ? { ...summary, verdict: "incomplete" } : summary,
    profiles: profileSummaries(planned, results, strictness),
    results: [...results],
    leftovers: [...leftovers],
    ...(interrupted ? { interrupted: true } : {}),
    ...(stoppedAnswering ? { stoppedAnswering } : {}),
    ...(notRun.length > 0 ? { notRun: [...notRun] } : {}),
  };
}

function suite(minor: string, score: Score): Suite {
  const known = minorOf(minor);
  const frozen = known === undefined ? {} : { frozen: requirementSet(known).frozen };
  return { name: "kubelet-conformance", version: suiteVersion(), requirementSet: minor, ...frozen, score };
}

function profileSummaries(planned: readonly { profile: string }[], results: readonly Result[], strictness: Strictness): ProfileSummary[] {
  const ids = new Set(planned.map(({ profile }) => profile));
  return vocabulary().profiles.flatMap(({ id, title }) => {
    if (!ids.has(id)) return [];
    const own = results.filter(({ profile }) => profile === id);
    return [{ profile: id, title, ...summarize(own, planned.filter(({ profile }) => profile === id).length, strictness) }];
  });
}
