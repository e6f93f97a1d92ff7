/** Tells for any kubelet whether its node API keeps its promises. */
export type { ClusterOptions } from "./target/open-target.ts";
export { type ConformanceOptions, runConformance } from "./run-conformance.ts";
export { runDifferential } from "./differential/run-differential.ts";
export type { Differential } from "./differential/differential.ts";
export { runTestbed, type TestbedOptions } from "./testbed/testbed.ts";
export { type Scenario, scenarios } from "./testbed/scenarios.ts";
export type { ProfileSummary, Report, RunEvent } from "./report/report.ts";
export { type Result, type RunVerdict, type Strictness, type Summary, type Verdict, exitCode } from "./engine/verdicts.ts";
export type { KnownFailure } from "./engine/known-failures.ts";
export type { Score } from "./engine/scoring.ts";
export type { RecordedExchange } from "./engine/record.ts";
export { TargetError, UsageError } from "./errors.ts";
export { type CredentialOptions, loadCredentials } from "./target/credentials.ts";
export type { ContainerReference, Target } from "./target/target.ts";
export type { WireClient } from "./target/wire.ts";
