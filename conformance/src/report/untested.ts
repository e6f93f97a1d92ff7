import { minorOf, minors } from "@kubelet-conformance/spec";
import type { Score } from "../engine/scoring.ts";
import type { TargetError } from "../errors.ts";
import { buildReport, type Report } from "./report.ts";

/** What is known of a kubelet that could not be tested. */
export interface Untested {
  server: string;
  nodeName?: string | undefined;
  /** The API server's URL. */
  cluster?: string | undefined;
  /** What its user says. */
  kubernetesVersion?: string | undefined;
  score?: Score | undefined;
  startedAt: Date;
}

/** The report of it: who reads reports must see that there was a run, and why nothing came of it. */
export function untestedReport(
  { server, nodeName, cluster, kubernetesVersion, score, startedAt }: Untested,
  { code, message }: TargetError,
): Report {
  const target = {
    server,
    kubernetesVersion: kubernetesVersion ?? "unknown",
    minor: minorOf(kubernetesVersion ?? "") ?? minors[minors.length - 1] ?? "",
    versionSource: kubernetesVersion === undefined ? ("assumed" as const) : ("declared" as const),
    identities: {},
    facts: {},
    ...(nodeName === undefined ? {} : { nodeName }),
  };
  return { ...buildReport({ target, cluster, planned: [], results: [], leftovers: [], startedAt, score }), notTested: { code, message } };
}
