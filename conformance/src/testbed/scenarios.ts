import { type Condition, inRange, minorOf, type Requirement } from "@kubelet-conformance/spec";
import type { CheckpointOutcome } from "@kubelet-conformance/cri/double";
import { gateFacts, gatesInMetrics } from "../target/facts.ts";
import { nodeAreas, nodeScenarios } from "./node-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { indiaTime } from "./time-zone.ts";

export type { Scenario } from "./scenario.ts";

/** What is true of the testbed's own configuration, whatever the minor. */
export const commonFacts: Condition = {
  checkpointGate: true,
  debuggingHandlers: true,
  systemLogHandler: true,
  nodeLogQuery: false,
  splitStreams: false,
  allocatedPodsGate: false,
  profilingHandler: true,
  debugFlagsHandler: true,
  anonymous: false,
  authorization: "AlwaysAllow",
  apiServer: ["reachable"],
  runtime: ["ok"],
};

/** The API server decides who may do what. */
const webhook = { authentication: { webhook: { enabled: true } }, authorization: { mode: "Webhook" } };

/** What is true of a kubelet of that version in a scenario; without one, in the testbed's own configuration. */
export function factsOf(scenario: Scenario | undefined, version: string): Condition {
  // Gates that no scenario sets: a kubelet that does not have them would not start.
  const unset = gateFacts({}, gatesInMetrics(""), minorOf(version) ?? version);
  return { ...unset, ...commonFacts, ...scenario?.facts };
}

export const scenarios: readonly Scenario[] = [
  {
    name: "default",
    title: "client certificates, every request allowed, a runtime that checkpoints",
    decides: ({ area }) => !nodeAreas.includes(area),
  },
  {
    name: "gate-off",
    title: "feature gate ContainerCheckpoint off",
    configuration: { featureGates: { ContainerCheckpoint: false } },
    facts: { checkpointGate: false },
    decides: (requirement) => isForEveryKubelet(requirement) || requirement.when?.checkpointGate === false,
  },
  {
    name: "debugging-off",
    title: "debugging handlers off",
    configuration: { enableDebuggingHandlers: false },
    facts: { debuggingHandlers: false },
    decides: (requirement) => isForEveryKubelet(requirement) || requirement.when?.debuggingHandlers === false,
  },
  {
    name: "system-logs-off",
    title: "handler of the node's logs off",
    configuration: { enableSystemLogHandler: false },
    facts: { systemLogHandler: false },
    decides: ({ when }) => when?.systemLogHandler === false,
  },
  {
    name: "node-log-query",
    title: "node log query on",
    since: "1.27",
    configuration: { enableSystemLogQuery: true, featureGates: { ContainerCheckpoint: true, NodeLogQuery: true } },
    facts: { nodeLogQuery: true },
    decides: ({ when }) => when?.nodeLogQuery === true,
  },
  {
    name: "split-streams",
    title: "container logs by stream",
    since: "1.32",
    configuration: { featureGates: { ContainerCheckpoint: true, PodLogsQuerySplitStreams: true } },
    facts: { splitStreams: true },
    decides: ({ when }) => when?.splitStreams === true,
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
    name: "allocated-pods",
    title: "feature gate of /allocatedPods on",
    since: "1.37",
    configuration: { ...webhook, featureGates: { ContainerCheckpoint: true, KubeletAllocatedPodsEndpoint: true } },
    webhook: true,
    facts: { authorization: "Webhook", allocatedPodsGate: true },
    decides: ({ when }) => when?.allocatedPodsGate === true,
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
    configuration: webhook,
    webhook: true,
    facts: { authorization: "Webhook" },
    decides: ({ when, needs = [] }) => when?.authorization !== undefined || needs.includes("identities"),
  },
  withoutApiServer("failing", {
    name: "authorization-failing",
    title: "tokens and permissions to review, and an API server that answers 500",
    configuration: webhook,
    webhook: true,
    facts: { authorization: "Webhook" },
  }),
  withoutApiServer("unreachable", {
    name: "authorization-outage",
    title: "tokens and permissions to review, and the API server gone",
    configuration: webhook,
    webhook: true,
    facts: { authorization: "Webhook" },
  }),
  {
    name: "time-zone",
    title: "a node in India",
    timeZone: indiaTime,
    decides: ({ id }) => id.startsWith("archive.name."),
  },
  {
    name: "api-pod",
    title: "a pod from an API server, with a sidecar and an ephemeral container",
    apiPod: true,
    decides: ({ needs = [] }) => needs.includes("sidecar-container") || needs.includes("ephemeral-container"),
  },
  ...nodeScenarios,
  withoutApiServer("unreachable", { name: "outage", title: "every request allowed, and the API server gone", apiPod: true }),
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

/**
 * A connection that is refused tells a kubelet at once; where it is answered 500 it tries again for 4 to 5 seconds. No scenario waits for what it
 * does with 429, 503 and silence: the same, after half a minute and more.
 */
function withoutApiServer(apiServer: NonNullable<Scenario["apiServer"]>, scenario: Scenario): Scenario {
  return {
    ...scenario,
    apiServer,
    facts: { ...scenario.facts, apiServer: [apiServer] },
    decides: ({ when }) => when?.apiServer?.includes(apiServer) === true,
  };
}

/** What shows only while a real runtime is at work for a while. */
const largeScenarios: readonly Scenario[] = [
  {
    name: "large",
    title: "a container with much memory",
    large: true,
    decides: ({ id }) => isAboutHarm(id) || /^archive\.(file|format|content)\./.test(id),
  },
  {
    name: "large-deadline",
    title: "a container with much memory, and a deadline that is shorter than its dump",
    large: true,
    configuration: { runtimeRequestTimeout: "1s" },
    decides: ({ id }) => id === "checkpoint.deadline.container-ticks",
  },
];

function isAboutHarm(id: string): boolean {
  return id.endsWith(".container-ticks") || id.startsWith("archive.overlap.") || id.startsWith("archive.disconnect.");
}

/** The scenarios that a testbed has: a runtime double misbehaves as told, a real one only when it is given something to do. */
export function scenariosFor(under: "double" | "real"): readonly Scenario[] {
  return under === "double" ? scenarios : [...scenarios.filter(({ checkpoint }) => checkpoint === undefined), ...largeScenarios];
}

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

/** The other profiles are decided with everything on; a switch that is not theirs changes nothing there. */
function isForEveryKubelet({ profile }: Requirement): boolean {
  return profile === "checkpoint" || profile === "core";
}

/** Scenarios that one kubelet can go through, each group in order: the surroundings change while it runs, its configuration does not. */
export function groupsOf(wanted: readonly Scenario[]): Scenario[][] {
  const own = ({ configuration, webhook: reviews, apiPod, node, devicePlugins: plugins, timeZone, large }: Scenario) =>
    JSON.stringify([configuration, reviews, apiPod, node, plugins, timeZone, large]);
  return [...Map.groupBy(wanted, own).values()];
}

/** The identities of the `authorization` scenario: each holds exactly `nodes/<name>`, `none` nothing. The last two are for outages. */
export const identityNames = [
  "checkpoint",
  "proxy",
  "pods",
  "healthz",
  "configz",
  "metrics",
  "stats",
  "log",
  "spec",
  "none",
  "reviewed",
  "unreviewed",
] as const;
