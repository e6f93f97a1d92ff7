import type { CheckpointOutcome } from "@kubelet-conformance/cri/double";
import type { Condition, Requirement } from "@kubelet-conformance/spec";
import type { TimeZone } from "./time-zone.ts";

/** One way to configure a kubelet and what is under it. Together the scenarios reach every branch. */
export interface Scenario {
  name: string;
  title: string;
  /** Members of the KubeletConfiguration that differ from the testbed's own. */
  configuration?: Readonly<Record<string, unknown>>;
  /** What the runtime does with CheckpointContainer. Default `ok`. */
  checkpoint?: CheckpointOutcome;
  /** Tokens and rules stand in for the API server's reviews, and the identities are there. */
  webhook?: true;
  /** There is an API server, and it hands the kubelet a pod: with a sidecar, and with an ephemeral container, which static pods cannot have. */
  apiPod?: true;
  /** The kubelet registers its node with an API server. The clock of the reference kubelet runs so many times faster than ours. */
  node?: { timeScale: number };
  /** Checks play device plugins to the kubelet, in a directory that no other kubelet has. */
  devicePlugins?: true;
  /** What becomes of the API server before the first question. One client has been reviewed by then. */
  apiServer?: "unreachable" | "failing";
  /** The opted-in container holds so much memory that a checkpoint of it takes seconds. */
  large?: true;
  /** Default: that of the machine. */
  timeZone?: TimeZone;
  /** First and last minor whose kubelets can be configured so, or need to be; absent: all covered ones. */
  since?: string;
  until?: string;
  /** What differs from the testbed's own facts. */
  facts?: Condition;
  /** What this scenario is asked; default everything. */
  decides?: (requirement: Requirement) => boolean;
}
