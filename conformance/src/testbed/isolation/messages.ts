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
  /** A port of 127.0.0.1 outside, where the pod's network is on a real runtime, that answers HTTP requests. */
  listeningPort?: number | undefined;
  /** Whether 127.0.0.1 is another one inside. */
  ownNetwork: boolean;
  /** Leave to let its surroundings fail for half a minute. */
  longChecks?: boolean | undefined;
  /** Leave to make containers of archives in it. */
  restore?: boolean | undefined;
  /** Where everything of the testbed lies: one of the namespaces' own, or one that a real runtime sees as well. */
  directory: string;
}

/** Where a runtime serves streams outside. */
export interface StreamAddress {
  /** An IP address. */
  host: string;
  port: number;
}

/** `streams` answers the inner half's: what keeps connections from being passed on, if anything does. */
export type ToInside = { type: "start"; job: Job } | { type: "stop" } | { type: "streams"; problem?: string | undefined };

export type FromInside =
  | { type: "ready" }
  | { type: "event"; event: RunEvent }
  /** Comes with a socket that listens on that address inside. */
  | { type: "streams"; address: StreamAddress }
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
