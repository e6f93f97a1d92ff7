import { behaviourAt, type Condition } from "@kubelet-conformance/spec";
import { samples } from "./prometheus.ts";

/** What `/configz` says, as far as requirements depend on it. */
export interface ConfigurationFacts {
  facts: Condition;
  readOnlyPort?: number;
  healthzPort?: number;
  healthzBindAddress?: string;
}

/** The effective configuration in a `/configz` body; undefined when it is none. */
export function parseConfiguration(body: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return record(record(parsed)?.["kubeletconfig"]);
  } catch {
    return undefined;
  }
}

/** Reads the facts. A member that the kubelet leaves out is at Go's zero value, since only those are omitted. */
export function configurationFacts(configuration: Record<string, unknown>): ConfigurationFacts {
  const anonymous = record(record(configuration["authentication"])?.["anonymous"])?.["enabled"];
  const mode = record(configuration["authorization"])?.["mode"];
  return {
    facts: {
      debuggingHandlers: configuration["enableDebuggingHandlers"] !== false,
      systemLogHandler: configuration["enableSystemLogHandler"] !== false,
      // A kubelet whose gate NodeLogQuery is off does not start with it.
      nodeLogQuery: configuration["enableSystemLogQuery"] === true,
      profilingHandler: configuration["enableProfilingHandler"] !== false,
      debugFlagsHandler: configuration["enableDebugFlagsHandler"] !== false,
      anonymous: anonymous === true,
      ...(mode === "AlwaysAllow" || mode === "Webhook" ? { authorization: mode } : {}),
    },
    readOnlyPort: numberOr(configuration["readOnlyPort"], 0),
    healthzPort: numberOr(configuration["healthzPort"], 0),
    ...(typeof configuration["healthzBindAddress"] === "string" ? { healthzBindAddress: configuration["healthzBindAddress"] } : {}),
  };
}

/** Gates that requirements depend on: the fact, and the table of their defaults; without one they are off in every minor. */
const gates = [
  { name: "ContainerCheckpoint", fact: "checkpointGate", byDefault: "checkpoint-gate-default" },
  { name: "ExtendWebSocketsToKubelet", fact: "webSocketGate", byDefault: "web-socket-gate-default" },
  { name: "PodLogsQuerySplitStreams", fact: "splitStreams", byDefault: undefined },
  { name: "ComponentStatusz", fact: "statuszGate", byDefault: "zpages-gate-default" },
  { name: "ComponentFlagz", fact: "flagzGate", byDefault: "zpages-gate-default" },
  { name: "KubeletAllocatedPodsEndpoint", fact: "allocatedPodsGate", byDefault: undefined },
] as const;

/** Which feature gates are on: by the configuration where it sets them, else by metric (from 1.26 on), else by the minor's default. */
export function gateFacts(configuration: Record<string, unknown> | undefined, told: GatesInMetrics, minor: string): Condition {
  const set = record(configuration?.["featureGates"]);
  const facts: Condition = {};
  for (const { name, fact, byDefault } of gates) {
    // Where the configuration is not known, nobody knows whether it sets the gate.
    const usual = configuration && (byDefault === undefined ? false : behaviourAt(byDefault, minor));
    const value = [set?.[name], told.get(name), usual].find((one) => typeof one === "boolean");
    if (value !== undefined) facts[fact] = value;
  }
  return facts;
}

/** What the metrics say of each gate; empty: nothing, as in 1.25. */
export type GatesInMetrics = ReadonlyMap<string | undefined, boolean>;

export function gatesInMetrics(metrics: string): GatesInMetrics {
  return new Map(samples(metrics, "kubernetes_feature_enabled").map(({ labels, value }) => [labels["name"], value === 1]));
}

function record(value: unknown): Record<string, unknown> | undefined {
  // An object's members stay unknown.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
