import { createHash } from "node:crypto";
import { unexplainedPoints } from "../differential/points.ts";
import { exitCode, type Verdict } from "../engine/verdicts.ts";
import { toJson } from "./json.ts";
import type { Report } from "./report.ts";
import { subjectText } from "./subject.ts";

/** https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md; `uri`, `digest` or `content` is there. */
export interface ResourceDescriptor {
  name?: string;
  uri?: string;
  digest?: Record<string, string>;
  mediaType?: string;
  annotations?: Record<string, unknown>;
}

/** An unsigned Statement, version 1, with a test result: https://in-toto.io/attestation/test-result/v0.1. */
export interface Statement {
  _type: "https://in-toto.io/Statement/v1";
  subject: ResourceDescriptor[];
  predicateType: "https://in-toto.io/attestation/test-result/v0.1";
  predicate: {
    result: "PASSED" | "WARNED" | "FAILED";
    configuration: ResourceDescriptor[];
    passedTests: string[];
    warnedTests: string[];
    failedTests: string[];
  };
}

export function toStatement(report: Report): Statement {
  const { suite } = report;
  const named = (...wanted: Verdict[]): string[] => report.results.filter(({ verdict }) => wanted.includes(verdict)).map(({ id }) => id);
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [subjectOf(report)],
    predicateType: "https://in-toto.io/attestation/test-result/v0.1",
    predicate: {
      result: resultOf(report),
      configuration: [
        {
          name: suite.name,
          uri: `pkg:npm/${suite.name}@${suite.version}`,
          annotations: { requirementSet: suite.requirementSet, profiles: report.profiles.map(({ profile }) => profile) },
        },
      ],
      passedTests: named("passed"),
      warnedTests: named("warned", "known-failure"),
      failedTests: [...named("failed", "suite-error"), ...unexplainedPoints(report).map(({ name }) => name)],
    },
  };
}

/**
 * A subject needs a digest: that of the kubelet's program where it is known. A kubelet that is asked over the network shows none, so there the subject is
 * the report about it, as `--report json=FILE` writes it.
 */
function subjectOf(report: Report): ResourceDescriptor {
  const { target, summary, startedAt, differential } = report;
  const sha256 = createHash("sha256").update(toJson(report)).digest("hex");
  const annotations = { about: subjectText(report), target, summary, startedAt, ...(differential ? { differential } : {}) };
  if (target.programSha256 === undefined) return { name: "report.json", digest: { sha256 }, mediaType: "application/json", annotations };
  return { name: "kubelet", digest: { sha256: target.programSha256 }, annotations: { ...annotations, report: { sha256 } } };
}

/** Passed is a run that found everything out and all of it right. */
function resultOf(report: Report): Statement["predicate"]["result"] {
  if (report.interrupted || exitCode(report) !== 0) return "FAILED";
  const { verdict, warned, knownFailure } = report.summary;
  return verdict === "conformant" && warned === 0 && knownFailure === 0 ? "PASSED" : "WARNED";
}
