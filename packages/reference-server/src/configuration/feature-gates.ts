import { inRange, nearest } from "@kubelet-conformance/spec";
import { behaviour } from "@kubelet-conformance/types";
import type { Refuse } from "./check-shape.ts";
import { knownGates } from "./known-gates.ts";

type Stage = "ALPHA" | "BETA" | "" | "DEPRECATED";

interface GateStage {
  since: string;
  stage: Stage;
  enabled: boolean;
  /** Generally available: it cannot be switched any more. */
  locked?: true;
}

/** The gates that change what a kubelet answers, with their history (pkg/features/kube_features.go of 1.37). Later stages first. */
const gates: Readonly<Record<string, readonly GateStage[]>> = {
  ComponentFlagz: [
    { since: "1.36", stage: "BETA", enabled: true },
    { since: "1.32", stage: "ALPHA", enabled: false },
  ],
  ComponentSLIs: [
    { since: "1.32", stage: "", enabled: true, locked: true },
    { since: "1.27", stage: "BETA", enabled: true },
    { since: "1.26", stage: "ALPHA", enabled: false },
  ],
  ComponentStatusz: [
    { since: "1.36", stage: "BETA", enabled: true },
    { since: "1.32", stage: "ALPHA", enabled: false },
  ],
  ContainerCheckpoint: [
    { since: "1.30", stage: "BETA", enabled: true },
    { since: "1.25", stage: "ALPHA", enabled: false },
  ],
  DisableNodeKubeProxyVersion: [
    { since: "1.36", stage: "DEPRECATED", enabled: true, locked: true },
    { since: "1.33", stage: "DEPRECATED", enabled: true },
    { since: "1.31", stage: "DEPRECATED", enabled: false },
    { since: "1.29", stage: "ALPHA", enabled: false },
  ],
  ExtendWebSocketsToKubelet: [{ since: "1.36", stage: "BETA", enabled: true }],
  InPlacePodLevelResourcesVerticalScaling: [
    { since: "1.36", stage: "BETA", enabled: true },
    { since: "1.35", stage: "ALPHA", enabled: false },
  ],
  InPlacePodVerticalScalingInitContainers: [
    { since: "1.37", stage: "", enabled: true, locked: true },
    { since: "1.36", stage: "BETA", enabled: true },
  ],
  KubeletAllocatedPodsEndpoint: [{ since: "1.37", stage: "ALPHA", enabled: false }],
  KubeletFineGrainedAuthz: [
    { since: "1.36", stage: "", enabled: true, locked: true },
    { since: "1.33", stage: "BETA", enabled: true },
    { since: "1.32", stage: "ALPHA", enabled: false },
  ],
  KubeletInUserNamespace: [
    { since: "1.37", stage: "BETA", enabled: true },
    { since: "1.25", stage: "ALPHA", enabled: false },
  ],
  KubeletPSI: [
    { since: "1.36", stage: "", enabled: true, locked: true },
    { since: "1.34", stage: "BETA", enabled: true },
    { since: "1.33", stage: "ALPHA", enabled: false },
  ],
  KubeletRegistrationGetOnExistsOnly: [{ since: "1.32", stage: "DEPRECATED", enabled: false }],
  NodeDeclaredFeatures: [
    { since: "1.37", stage: "", enabled: true, locked: true },
    { since: "1.36", stage: "BETA", enabled: true },
    { since: "1.35", stage: "ALPHA", enabled: false },
  ],
  NodeLogQuery: [
    { since: "1.36", stage: "", enabled: true, locked: true },
    { since: "1.30", stage: "BETA", enabled: false },
    { since: "1.27", stage: "ALPHA", enabled: false },
  ],
  NodeSwap: [
    { since: "1.34", stage: "", enabled: true, locked: true },
    { since: "1.30", stage: "BETA", enabled: true },
    { since: "1.28", stage: "BETA", enabled: false },
    { since: "1.25", stage: "ALPHA", enabled: false },
  ],
  PodLogsQuerySplitStreams: [{ since: "1.32", stage: "ALPHA", enabled: false }],
  RecursiveReadOnlyMounts: [
    { since: "1.33", stage: "", enabled: true, locked: true },
    { since: "1.31", stage: "BETA", enabled: true },
    { since: "1.30", stage: "ALPHA", enabled: false },
  ],
  ReloadKubeletClientCAFile: [{ since: "1.36", stage: "BETA", enabled: true }],
  RestartAllContainersOnContainerExits: [
    { since: "1.36", stage: "BETA", enabled: true },
    { since: "1.35", stage: "ALPHA", enabled: false },
  ],
  SupplementalGroupsPolicy: [
    { since: "1.35", stage: "", enabled: true, locked: true },
    { since: "1.33", stage: "BETA", enabled: true },
    { since: "1.31", stage: "ALPHA", enabled: false },
  ],
  UserNamespacesSupport: [
    { since: "1.36", stage: "", enabled: true, locked: true },
    { since: "1.33", stage: "BETA", enabled: true },
    { since: "1.30", stage: "BETA", enabled: false },
    { since: "1.25", stage: "ALPHA", enabled: false },
  ],
  WatchListClient: [
    { since: "1.35", stage: "BETA", enabled: true },
    { since: "1.30", stage: "BETA", enabled: false },
  ],
};

export interface FeatureGate {
  name: string;
  stage: Stage;
  enabled: boolean;
}

export interface FeatureGates {
  /** False for a gate that this minor does not have. */
  enabled(name: string): boolean;
  /** Every gate of this minor that is known here, by name. */
  list: readonly FeatureGate[];
}

/** The gates of a minor under the settings of `featureGates`. A gate that only the real kubelet acts on is accepted and does nothing. */
export function featureGates(settings: Readonly<Record<string, unknown>>, minor: string, refuse: Refuse): FeatureGates {
  const known = knownGates(minor);
  for (const [name, value] of Object.entries(settings)) {
    if (known !== undefined && !known.includes(name)) {
      const close = nearest(name, known);
      refuse(["featureGates", name], `unrecognized feature gate in ${minor}${close === undefined ? "" : `; did you mean ${close}?`}`);
    }
    if (typeof value !== "boolean") refuse(["featureGates", name], `is ${JSON.stringify(value)}, must be true or false`);
    const stage = stageAt(name, minor);
    if (stage?.locked && value !== stage.enabled) {
      refuse(["featureGates", name], `cannot be set to ${String(value)}, it is locked to ${stage.enabled} in ${minor}`);
    }
  }
  const list = Object.keys(gates).flatMap((name): FeatureGate[] => {
    const stage = stageAt(name, minor);
    if (stage === undefined) return [];
    const byDefault = name === "ContainerCheckpoint" ? behaviour("checkpoint-gate-default", minor) : stage.enabled;
    return [{ name, stage: stage.stage, enabled: settings[name] === undefined ? byDefault : settings[name] === true }];
  });
  return { enabled: (name) => list.some((gate) => gate.name === name && gate.enabled), list };
}

function stageAt(name: string, minor: string): GateStage | undefined {
  return Object.hasOwn(gates, name) ? gates[name]?.find((stage) => inRange(minor, { since: stage.since })) : undefined;
}
