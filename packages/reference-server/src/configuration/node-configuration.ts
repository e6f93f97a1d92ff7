import { configuredTaints, type Taint } from "../node/taints.ts";
import { parseDuration } from "./duration.ts";

/** What the configuration says of the node object and its heartbeats. */
export interface NodeConfiguration {
  register: boolean;
  taints: readonly Taint[];
  statusUpdateMs: number;
  statusReportMs: number;
  leaseDurationSeconds: number;
  /** -1: all. */
  maxImages: number;
  maxPods: number;
  /** 0: no matter how many there are. */
  podsPerCore: number;
  /** Quantities by resource. */
  systemReserved: Readonly<Record<string, string>>;
  kubeReserved: Readonly<Record<string, string>>;
  /** Quantities or percentages by signal. */
  evictionHard: Readonly<Record<string, string>>;
  /** Whether pods have a common cgroup, which a limit is set on, whatever else is enforced. */
  limitsPods: boolean;
  /** Whether the disk counts as a resource. */
  isolatesLocalStorage: boolean;
  providerId: string;
  controllerAttachDetach: boolean;
}

/** Of members with their defaults filled in. */
export function nodeConfiguration(all: Readonly<Record<string, unknown>>): NodeConfiguration {
  const number = (name: string): number => Number(all[name] ?? 0);
  const ms = (name: string): number => (parseDuration(String(all[name])) ?? 0) / 1e6;
  return {
    register: all["registerNode"] === true,
    taints: configuredTaints(all["registerWithTaints"]),
    statusUpdateMs: ms("nodeStatusUpdateFrequency"),
    statusReportMs: ms("nodeStatusReportFrequency"),
    leaseDurationSeconds: number("nodeLeaseDurationSeconds"),
    maxImages: number("nodeStatusMaxImages"),
    maxPods: number("maxPods"),
    podsPerCore: number("podsPerCore"),
    systemReserved: texts(all["systemReserved"]),
    kubeReserved: texts(all["kubeReserved"]),
    evictionHard: texts(all["evictionHard"]),
    limitsPods: all["cgroupsPerQOS"] === true,
    isolatesLocalStorage: all["localStorageCapacityIsolation"] === true,
    providerId: typeof all["providerID"] === "string" ? all["providerID"] : "",
    controllerAttachDetach: all["enableControllerAttachDetach"] === true,
  };
}

function texts(map: unknown): Record<string, string> {
  if (typeof map !== "object" || map === null) return {};
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, String(value)]));
}
