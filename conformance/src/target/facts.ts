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
      splitStreams: record(configuration["featureGates"])?.["PodLogsQuerySplitStreams"] === true,
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

/** Gates that requirements depend on: the fact, and the table of their defaults. */
const gates = {
  ContainerCheckpoint: { fact: "checkpointGate", byDefault: "checkpoint-gate-default" },
  ExtendWebSocketsToKubelet: { fact: "webSocketGate", byDefault: "web-socket-gate-default" },
} as const;

/** Whether a feature gate is on: by metric (from 1.26 on), else by the configuration, else by the minor's default. */
export function gateFact(
  gate: keyof typeof gates,
  told: GatesInMetrics,
  configuration: Record<string, unknown> | undefined,
  minor: string,
): Condition {
  const { fact, byDefault } = gates[gate];
  const configured = record(configuration?.["featureGates"])?.[gate];
  const usual = configuration ? behaviourAt(byDefault, minor) : undefined;
  const value = told.get(gate) ?? (typeof configured === "boolean" ? configured : usual);
  return typeof value === "boolean" ? { [fact]: value } : {};
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
