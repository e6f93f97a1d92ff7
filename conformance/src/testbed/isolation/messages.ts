import type { Report, RunEvent } from "../../report/report.ts";
import type { KubeletProgram } from "../subject/kubelet-program.ts";
import type { RealRuntime } from "../subject/real-runtime.ts";
import type { ScenarioOptions } from "../testbed.ts";

/** What the two halves of an isolated testbed say to each other: who was called outside, who drives everything inside. */
export interface Job extends Pick<
  ScenarioOptions,
  "profiles" | "focus" | "skip" | "timeoutMs" | "concurrency" | "strict" | "knownFailures"
> {
  program: KubeletProgram;
  /** Names. */
  scenarios: readonly string[];
  nodeAddress: string;
  userNamespace: boolean;
  extraFlags: readonly string[];
  /** In place of the runtime double. */
  runtime?: RealRuntime | undefined;
  /** Leave to make containers of archives in it. */
  restore?: boolean | undefined;
  /** Where everything of the testbed lies: one of the namespaces' own, or one that a real runtime sees as well. */
  directory: string;
}

export type ToInside = { type: "start"; job: Job } | { type: "stop" };

export type FromInside =
  | { type: "ready" }
  | { type: "event"; event: RunEvent }
  | { type: "report"; report: Report }
  | { type: "error"; error: SentError };

/** An error on its way between processes. */
export interface SentError {
  name: string;
  message: string;
  /** Stable; present for what a user can put right. */
  code?: string;
  detail?: readonly string[];
  stack?: string;
}
