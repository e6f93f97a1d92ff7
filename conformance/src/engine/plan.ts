import { type Condition, holdsFor, type ProxyChange, proxyObstacle, type Requirement, vocabulary } from "@kubelet-conformance/spec";
import type { Target } from "../target/target.ts";
import { buildRequest } from "./exchange.ts";
import { MissingVariable } from "./variables.ts";

/** What will happen to one requirement, known before the first request of the run. */
export type PlanEntry = { requirement: Requirement } & (
  | { state: "runnable" }
  | { state: "not-applicable"; reason: string }
  | { state: "blocked"; need: string; reason: string }
);

/** Which requirements a run is about. */
export interface Selection {
  /** Ids of profiles; default all. */
  profiles?: readonly string[];
  /** Ids, or beginnings of ids up to a dot; default all. */
  focus?: readonly string[];
  skip?: readonly string[];
  /** Whole ids; default all. */
  only?: readonly string[] | undefined;
}

/** The requirements that a run is about, in catalogue order. What nothing outside the kubelet can see is left out. */
export function select(catalogue: readonly Requirement[], { profiles = [], focus = [], skip = [], only }: Selection): Requirement[] {
  return catalogue.filter(
    (requirement) =>
      requirement.unobservable === undefined &&
      (profiles.length === 0 || profiles.includes(requirement.profile)) &&
      (focus.length === 0 || focus.some((pattern) => names(pattern, requirement.id))) &&
      !skip.some((pattern) => names(pattern, requirement.id)) &&
      (only?.includes(requirement.id) ?? true),
  );
}

/** Whether `checkpoint.timeout` (or the whole id) names this requirement. */
export function names(pattern: string, id: string): boolean {
  return id === pattern || id.startsWith(`${pattern.replace(/[.*]+$/, "")}.`);
}

export function planRun(selected: readonly Requirement[], target: Target): PlanEntry[] {
  return selected.map((requirement) => planOne(requirement, target));
}

function planOne(requirement: Requirement, target: Target): PlanEntry {
  // A version that is not covered stands for the minor that was assumed in its place.
  if (!holdsFor(requirement, target.versionSource === "assumed" ? target.minor : target.kubernetesVersion)) {
    return { requirement, state: "not-applicable", reason: `${rangeText(requirement)}; this is ${target.kubernetesVersion}` };
  }
  // What takes a testbed is not unlocked by a way to the kubelet.
  const testbed = (requirement.needs ?? []).find((one) => !offers(one, requirement, target) && takesTestbed(one));
  if (target.unreached && !isDecidedWithout(requirement)) {
    const need = testbed ?? "kubelet";
    return { requirement, state: "blocked", need, reason: blockedReason(need, target.obstacles?.[need]) };
  }
  const unmet = conditionProblem(requirement.when ?? {}, target.facts);
  if (unmet?.state === "not-applicable") return { requirement, ...unmet };
  const obstacle = target.proxied === "decide" && testbed === undefined ? proxyObstacle(requirement) : undefined;
  if (obstacle) return { requirement, state: "blocked", need: "direct-connection", reason: proxyReason(obstacle) };
  if (unmet) return { requirement, ...unmet };
  const need =
    (requirement.needs ?? []).find((candidate) => !offers(candidate, requirement, target)) ?? needOfExchange(requirement, target);
  if (need === undefined) return { requirement, state: "runnable" };
  if (target.lacks?.includes(need)) return { requirement, state: "not-applicable", reason: `the target has none of: ${needTitle(need)}` };
  return { requirement, state: "blocked", need, reason: blockedReason(need, target.obstacles?.[need]) };
}

/** Why the node proxy does not do, and what does. */
function proxyReason({ title }: ProxyChange): string {
  return blockedReason("direct-connection", `${title}; ${unlockOf("direct-connection")}`);
}

/** Whether the cluster or the runtime may tell, without a word of the kubelet's. */
function isDecidedWithout({ needs = [], exchange }: Requirement): boolean {
  return !exchange && !needs.includes("credentials") && (needs.includes("node-object") || needs.includes("runtime-service"));
}

function takesTestbed(need: string): boolean {
  return (
    vocabulary()
      .needs.find(({ id }) => id === need)
      ?.unlock.startsWith("kubelet-conformance testbed") ?? false
  );
}

/** The versions a requirement speaks about, as a sentence. */
export function rangeText({ since, until, patches }: Requirement): string {
  const range =
    until === undefined
      ? `holds from Kubernetes ${since}`
      : since === until
        ? `holds for Kubernetes ${since}`
        : `holds for Kubernetes ${since} to ${until}`;
  return patches ? `${range} (in older minors from ${patches.join(", ")})` : range;
}

/** `obstacle`: why it could not be met; default: how to. */
export function blockedReason(need: string, obstacle?: string): string {
  const known = vocabulary().needs.find(({ id }) => id === need);
  return known ? `needs ${known.title}: ${obstacle ?? known.unlock}` : `needs ${need}: ${obstacle ?? `--declare ${need}=VALUE`}`;
}

function unlockOf(need: string): string {
  return vocabulary().needs.find(({ id }) => id === need)?.unlock ?? "";
}

function needTitle(need: string): string {
  return vocabulary().needs.find(({ id }) => id === need)?.title ?? need;
}

type Problem = { state: "not-applicable"; reason: string } | { state: "blocked"; need: string; reason: string };

/** How each fact is named in sentences and on the command line. */
const factNames = {
  checkpointGate: ["feature gate ContainerCheckpoint", "checkpoint-gate", "true|false"],
  webSocketGate: ["feature gate ExtendWebSocketsToKubelet", "web-socket-gate", "true|false"],
  debuggingHandlers: ["enableDebuggingHandlers", "debugging-handlers", "true|false"],
  systemLogHandler: ["enableSystemLogHandler", "system-log-handler", "true|false"],
  nodeLogQuery: ["the node log query (gate NodeLogQuery with enableSystemLogQuery)", "node-log-query", "true|false"],
  splitStreams: ["feature gate PodLogsQuerySplitStreams", "split-streams", "true|false"],
  profilingHandler: ["enableProfilingHandler", "profiling-handler", "true|false"],
  debugFlagsHandler: ["enableDebugFlagsHandler", "debug-flags-handler", "true|false"],
  statuszGate: ["feature gate ComponentStatusz", "statusz-gate", "true|false"],
  flagzGate: ["feature gate ComponentFlagz", "flagz-gate", "true|false"],
  allocatedPodsGate: ["feature gate KubeletAllocatedPodsEndpoint", "allocated-pods-gate", "true|false"],
  anonymous: ["authentication.anonymous.enabled", "anonymous", "true|false"],
  authorization: ["authorization.mode", "authorization", "AlwaysAllow|Webhook"],
  apiServer: ["the kubelet's API server", "api-server", "reachable|unreachable|failing"],
  runtime: ["the runtime's answer to a checkpoint", "runtime", "ok|unimplemented|…"],
} as const satisfies Record<keyof Condition, readonly [string, string, string]>;

function conditionProblem(when: Condition, facts: Condition): Problem | undefined {
  let unknown: Problem | undefined;
  for (const fact of Object.keys(factNames)) {
    // Object.keys forgets that the table has exactly the members of Condition.
    const name = fact as keyof Condition;
    const [wanted, actual] = [when[name], facts[name]];
    if (wanted === undefined) continue;
    const [title, flag, values] = factNames[name];
    if (actual === undefined) {
      const unlock = name === "runtime" ? "--checkpoint NAMESPACE/POD/CONTAINER" : `--declare ${flag}=${values}`;
      unknown ??= { state: "blocked", need: flag, reason: `needs to know ${title}: ${unlock}` };
    } else if (!overlap([wanted].flat(), [actual].flat())) {
      return {
        state: "not-applicable",
        reason: `holds where ${title} is ${[wanted].flat().join(" or ")}; here it is ${[actual].flat().join(", ")}`,
      };
    }
  }
  return unknown;
}

function overlap(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.some((value) => others.includes(value));
}

function offers(need: string, requirement: Requirement, target: Target): boolean {
  switch (need) {
    case "credentials":
      return target.credentials !== undefined;
    case "pod":
      return target.running !== undefined;
    case "waiting-container":
      return target.waiting !== undefined;
    case "ended-container":
      return target.ended !== undefined;
    case "checkpoint":
      return target.checkpoint !== undefined;
    case "restarted-container":
      return target.restarted !== undefined;
    case "long-line-container":
      return target.longLine !== undefined;
    case "command-container":
      return target.command !== undefined;
    case "listening-port":
      return target.listeningPort !== undefined;
    case "second-container":
      return target.second !== undefined;
    case "sidecar-container":
      return target.sidecar !== undefined;
    case "ephemeral-container":
      return target.ephemeral !== undefined;
    case "ticking-container":
      return target.longestSilenceMs !== undefined;
    case "time-zone":
      return target.timeZone !== undefined;
    case "node-root":
      return target.nodeRoot !== undefined;
    case "read-only-port":
      return target.readOnlyPort !== undefined;
    case "healthz-port":
      return target.healthzPort !== undefined;
    case "identities":
      return hasIdentity(requirement, target);
    case "restore":
      return target.restore !== undefined;
    case "runtime-double":
      return target.runtime !== undefined;
    case "device-plugin-directory":
    case "kubelet-restart":
      return target.devicePlugins !== undefined;
    case "runtime-service":
      return target.runtimeService !== undefined;
    case "node-object":
      return target.cluster !== undefined;
    case "five-minutes":
      // From this pace on they are seconds.
      return target.fiveMinutes === true || (target.controlPlane?.timeScale ?? 1) >= 50;
    case "control-plane-double":
    case "node-edit":
    case "api-server-fault":
      return target.controlPlane !== undefined;
    case "kubelet-launch":
      return target.launch !== undefined;
    case "long-wait":
      return target.longWaits === true;
    case "long-outage":
      return target.longOutages === true;
    case "disk-statistics":
    case "container-statistics":
      return target.lacks?.includes(need) !== true;
    default:
      return false;
  }
}

function hasIdentity({ exchange }: Requirement, { identities }: Target): boolean {
  const client = exchange?.request.client ?? "";
  return client.startsWith("identity:") ? Object.hasOwn(identities, client.slice("identity:".length)) : Object.keys(identities).length > 0;
}

/** An exchange may use a variable without its entry naming the need; it is blocked all the same. */
function needOfExchange(requirement: Requirement, target: Target): string | undefined {
  if (!requirement.exchange) return undefined;
  try {
    const { client, listener } = buildRequest(requirement.exchange, requirement, target);
    if (client === "credentials" && listener === "main" && !target.credentials) return "credentials";
    if (listener === "read-only" && target.readOnlyPort === undefined) return "read-only-port";
    if (listener === "healthz" && target.healthzPort === undefined) return "healthz-port";
    return undefined;
  } catch (error) {
    if (error instanceof MissingVariable) return error.need;
    throw error;
  }
}
