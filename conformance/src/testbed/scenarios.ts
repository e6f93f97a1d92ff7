import { type Condition, inRange, minorOf, type Requirement } from "@kubelet-conformance/spec";
import type { CheckpointOutcome } from "@kubelet-conformance/cri/double";
import { indiaTime, type TimeZone } from "./time-zone.ts";

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

/** What is true of the testbed's own configuration, whatever the minor. */
export const commonFacts: Condition = {
  checkpointGate: true,
  debuggingHandlers: true,
  profilingHandler: true,
  debugFlagsHandler: true,
  anonymous: false,
  authorization: "AlwaysAllow",
  runtime: ["ok"],
};

/** What is true of a kubelet of that version in a scenario. */
export function factsOf({ facts }: Scenario, version: string): Condition {
  const hasZpages = inRange(minorOf(version) ?? version, { since: "1.36" });
  return { ...commonFacts, statuszGate: hasZpages, flagzGate: hasZpages, ...facts };
}

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
    name: "handlers-off",
    title: "handlers of profiling and debug flags off",
    configuration: { enableProfilingHandler: false, enableDebugFlagsHandler: false },
    facts: { profilingHandler: false, debugFlagsHandler: false },
    decides: ({ when }) => when?.profilingHandler === false || when?.debugFlagsHandler === false,
  },
  {
    name: "z-pages",
    title: "feature gates of /statusz and /flagz on",
    since: "1.33",
    until: "1.35",
    configuration: { featureGates: { ContainerCheckpoint: true, ComponentStatusz: true, ComponentFlagz: true } },
    facts: { statuszGate: true, flagzGate: true },
    decides: ({ when }) => when?.statuszGate === true || when?.flagzGate === true,
  },
  {
    name: "z-pages-off",
    title: "feature gates of /statusz and /flagz off",
    since: "1.36",
    configuration: { featureGates: { ContainerCheckpoint: true, ComponentStatusz: false, ComponentFlagz: false } },
    facts: { statuszGate: false, flagzGate: false },
    decides: ({ when }) => when?.statuszGate === false || when?.flagzGate === false,
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
  {
    name: "time-zone",
    title: "a node in India",
    timeZone: indiaTime,
    decides: ({ id }) => id.startsWith("archive.name."),
  },
  runtime("unimplemented", "does not know CheckpointContainer", "unimplemented", "unimplemented"),
  runtime("stub", "has only a stub of CheckpointContainer", "stub", "unimplemented"),
  runtime("support-off", "has checkpoint support switched off", "unavailable", "support-off"),
  runtime("no-criu", "finds no CRIU", "no-criu", "no-criu"),
  runtime("failing", "fails to dump the process", "failing", "dump-failed"),
  runtime("busy", "is checkpointing the container already", "busy", "busy"),
  leavingFiles(runtime("disk-full", "finds no space for the archive", "disk-full", "disk-full")),
  runtime("not-writable", "may not write the archive", "not-writable", "not-writable"),
  runtime("container-lost", "has lost the container", "not-found", "container-lost"),
  runtime("dying", "dies during the call", "dying", "runtime-gone"),
  // Ends its group: a kubelet needs a while to find a runtime again.
  runtime("gone", "is gone", "dead", "runtime-gone"),
  // The deadline of a checkpoint is this at least, whatever the client asks for; each of the checks here waits for it.
  { ...runtime("hanging", "never answers", "hanging", "timeout"), configuration: { runtimeRequestTimeout: "2s" } },
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

/** A double that leaves what real runtimes leave says nothing about the kubelet above it. */
function leavingFiles({ decides, ...scenario }: Scenario): Scenario {
  return { ...scenario, decides: (requirement) => requirement.id !== "archive.failure.nothing-left" && decides?.(requirement) !== false };
}

/** Whether a kubelet of that version can be configured as the scenario says. */
export function isPossible(scenario: Scenario, version: string): boolean {
  return inRange(minorOf(version) ?? version, scenario);
}

/** Scenarios that one kubelet can go through, each group in order: the surroundings change while it runs, its configuration does not. */
export function groupsOf(wanted: readonly Scenario[]): Scenario[][] {
  const alike = wanted.filter(({ configuration, webhook, timeZone }) =>
    [configuration, webhook, timeZone].every((own) => own === undefined),
  );
  const rest = wanted.filter((scenario) => !alike.includes(scenario)).map((scenario) => [scenario]);
  return alike.length === 0 ? rest : [alike, ...rest];
}

/** The identities of the `authorization` scenario: each holds exactly `nodes/<name>`, `none` nothing. */
export const identityNames = ["checkpoint", "proxy", "pods", "healthz", "configz", "metrics", "stats", "log", "spec", "none"] as const;
