import { createHash } from "node:crypto";
import { unexplainedPoints } from "../../differential/points.ts";
import type { Verdict } from "../../engine/verdicts.ts";
import type { Statement } from "../in-toto.ts";
import { type FleetReport, isTested } from "./fleet-report.ts";
import { toFleetJson } from "./json.ts";
import { fleetCountsText } from "./text.ts";

/** A test result about the report of many kubelets, as `--report json=FILE` writes it. A test is passed where no kubelet broke it. */
export function toFleetStatement(report: FleetReport): Statement {
  const { suite, summary, startedAt, kubelets } = report;
  const failed = new Set<string>();
  const warned = new Set<string>();
  const passed = new Set<string>();
  const place: Partial<Record<Verdict, Set<string>>> = { failed, "suite-error": failed, warned, "known-failure": warned, passed };
  for (const { problems, others } of kubelets.filter(isTested)) {
    for (const { id, verdict } of problems) place[verdict]?.add(id);
    for (const { ids, verdict } of others) for (const id of ids) place[verdict]?.add(id);
  }
  const without = (ids: Set<string>, ...worse: Set<string>[]): string[] => [...ids].filter((id) => worse.every((other) => !other.has(id)));
  const differences = kubelets
    .filter(isTested)
    .flatMap((kubelet) => unexplainedPoints(kubelet).map(({ name }) => `${kubelet.name}: ${name}`));
  const isEmpty = kubelets.length === 0 && report.shard !== undefined && !report.interrupted;
  const isGood = summary.verdict === "conformant" && differences.length === 0 && !report.interrupted;
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [
      {
        name: "fleet-report.json",
        digest: { sha256: createHash("sha256").update(toFleetJson(report)).digest("hex") },
        mediaType: "application/json",
        annotations: { about: fleetCountsText(report), summary, startedAt },
      },
    ],
    predicateType: "https://in-toto.io/attestation/test-result/v0.1",
    predicate: {
      // A shard without a kubelet failed nothing, and nothing was seen to pass.
      result: isEmpty || (isGood && warned.size > 0) ? "WARNED" : isGood ? "PASSED" : "FAILED",
      configuration: [{ name: suite.name, uri: `pkg:npm/${suite.name}@${suite.version}` }],
      passedTests: without(passed, failed, warned),
      warnedTests: without(warned, failed),
      failedTests: [...failed, ...differences],
    },
  };
}
