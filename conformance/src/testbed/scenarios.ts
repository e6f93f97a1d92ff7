import type { Condition, Requirement } from "@kubelet-conformance/spec";
import type { CheckpointOutcome } from "@kubelet-conformance/cri/double";

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
  /** What differs from the testbed's own facts. */
  facts?: Condition;
  /** What this scenario is asked; default everything. */
  decides?(requirement: Requirement): boolean;
}

/** What is true of the testbed's own configuration. */
export const commonFacts: Condition = {
  checkpointGate: true,
  debuggingHandlers: true,
  anonymous: false,
  authorization: "AlwaysAllow",
  runtime: ["ok"],
};

export const scenarios: readonly Scenario[] = [
  { name: "default", title: "client certificates, every request allowed, a runtime that checkpoints" },
  {
    name: "gate-off",
    title: "feature gate ContainerCheckpoint off",
    configuration: { featureGates: { ContainerCheckpoint: false } },
    facts: { checkpointGate: false },
  },
  {
    name: "debugging-off",
    title: "debugging handlers off",
    configuration: { enableDebuggingHandlers: false },
    facts: { debuggingHandlers: false },
  },
  {
    name: "anonymous",
    title: "requests without credentials allowed",
    configuration: { authentication: { anonymous: { enabled: true } } },
    facts: { anonymous: true },
    decides: ({ when }) => when?.anonymous !== undefined,
  },
  {
    name: "authorization",
    title: "tokens and permissions as an API server would decide",
    configuration: { authentication: { webhook: { enabled: true } }, authorization: { mode: "Webhook" } },
    webhook: true,
    facts: { authorization: "Webhook" },
    decides: ({ when, needs = [] }) => when?.authorization !== undefined || needs.includes("identities"),
  },
  runtime("unimplemented", "does not know CheckpointContainer", "unimplemented", "unimplemented"),
  runtime("stub", "has only a stub of CheckpointContainer", "stub", "unimplemented"),
  runtime("support-off", "has checkpoint support switched off", "unavailable", "support-off"),
  runtime("no-criu", "finds no CRIU", "no-criu", "no-criu"),
  runtime("failing", "fails to dump the process", "failing", "dump-failed"),
  runtime("busy", "is checkpointing the container already", "busy", "busy"),
  runtime("disk-full", "finds no space for the archive", "disk-full", "disk-full"),
  runtime("not-writable", "may not write the archive", "not-writable", "not-writable"),
  runtime("container-lost", "has lost the container", "not-found", "container-lost"),
  runtime(
    "gone",
    "does not answer",
    {
      code: "Unavailable",
      text: 'connection error: desc = "transport: Error while dialing: dial unix {socket}: connect: connection refused"',
    },
    "runtime-gone",
  ),
];

/** A runtime that fails in one way; only what requirements say about that way is asked. */
function runtime(name: string, title: string, checkpoint: CheckpointOutcome, outcome: string): Scenario {
  return {
    name: `runtime-${name}`,
    title: `the runtime ${title}`,
    checkpoint,
    facts: { runtime: [outcome] },
    decides: ({ when }) => when?.runtime?.includes(outcome) === true,
  };
}

/** The identities of the `authorization` scenario: each holds exactly `nodes/<name>`, `none` nothing. */
export const identityNames = ["checkpoint", "proxy", "pods", "healthz", "configz", "metrics", "stats", "log", "spec", "none"] as const;
