import type { CheckpointOutcome } from "@kubelet-conformance/cri/double";
import { inRange } from "@kubelet-conformance/spec";
import type { KubeletConfiguration } from "@kubelet-conformance/reference-server";

/** How the recorded node was configured in one stage, beyond what all stages share. */
export interface Stage {
  /** Added to the node's configuration. */
  configuration?: KubeletConfiguration;
  /** Feature gates that are switched on, and the first minor that has each. */
  gatesOn?: Readonly<Record<string, string>>;
  /** ContainerCheckpoint is switched on where the minor has it off (up to 1.29). Default true. */
  checkpointGate?: false;
  /** What the runtime answered to CheckpointContainer. Default `ok`. */
  checkpoint?: CheckpointOutcome;
}

/** Users `u-X` of the authorization matrix authenticate with the token `tok-X`. */
export const authorizationStage = "cluster/authz";

/** What the kubelet wrote to its API server, in the place of what it answered. */
export const objectsStage = "cluster/api";

/** The stages whose answers are compared. */
export const stages: Readonly<Record<string, Stage>> = {
  default: {},
  "gate-off": {
    configuration: { featureGates: { ContainerCheckpoint: false } },
    checkpointGate: false,
  },
  "debug-off": { configuration: { enableDebuggingHandlers: false } },
  "handlers-off": {
    configuration: {
      enableSystemLogHandler: false,
      enableProfilingHandler: false,
      enableDebugFlagsHandler: false,
    },
  },
  zpages: {
    configuration: { enableSystemLogQuery: true },
    gatesOn: { NodeLogQuery: "1.27", PodLogsQuerySplitStreams: "1.32", ComponentStatusz: "1.33", ComponentFlagz: "1.33" },
    checkpointGate: false,
  },
  anonymous: { configuration: { authentication: { anonymous: { enabled: true } } } },
  "cri-pass": {},
  "cri-unimplemented": { checkpoint: "unimplemented" },
  "cri-stub": { checkpoint: "stub" },
  "cri-unavailable": { checkpoint: "unavailable" },
  // The recording proxy named a container `abc` whatever it was asked for.
  "cri-nocriu": {
    checkpoint: {
      code: "Unknown",
      text: "CRIU binary not found or too old (<31600). Failed to checkpoint container abc",
    },
  },
  "cri-notfound": {
    checkpoint: { code: "NotFound", text: 'container "abc" in namespace not found' },
  },
  [authorizationStage]: {
    configuration: {
      authentication: { webhook: { enabled: true } },
      authorization: { mode: "Webhook" },
    },
  },
};

/** How the recorded kubelet was started. */
export function commandLineOf(version: string): readonly string[] {
  const own = ["--config=/etc/kubernetes/kubelet.yaml", "--hostname-override=lab-node", "--v=2", "--node-ip=192.0.2.10"];
  const runtime = ["--container-runtime-endpoint=unix:///run/containerd/containerd.sock", "--container-runtime=remote"];
  return [`/labbin/kubelet-${version}`, ...own, ...(inRange(version, { until: "1.26" }) ? runtime : [])];
}

/** Where the recorded node kept its files. */
export const recordedNode = {
  rootDirectory: "/var/lib/kubelet",
  manifests: "/etc/kubernetes/manifests",
  certificates: "/lab/pki",
  logs: "/var/log",
} as const;

/** The KubeletConfiguration of the recorded node in a stage, with its files at the given places. */
export function configurationOf(stage: Stage, minor: string, places: { manifests: string; certificates: string }): KubeletConfiguration {
  const { authentication, ...rest } = stage.configuration ?? {};
  const release = Number(minor.split(".")[1]);
  const gates = Object.entries(stage.gatesOn ?? {}).filter(([, since]) => inRange(minor, { since }));
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    staticPodPath: places.manifests,
    failSwapOn: false,
    cgroupDriver: "cgroupfs",
    enforceNodeAllocatable: [],
    oomScoreAdj: 0,
    imageGCHighThresholdPercent: 100,
    evictionHard: { "memory.available": "1Mi" },
    tlsCertFile: `${places.certificates}/server.crt`,
    tlsPrivateKeyFile: `${places.certificates}/server.key`,
    readOnlyPort: 10255,
    // The recorded machine had cgroup v1, which 1.35 refuses by default.
    ...(release >= 35 ? { failCgroupV1: false } : {}),
    // A flag of the same name carried it up to 1.26.
    ...(release >= 27 ? { containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock" } : {}),
    ...(stage.checkpointGate !== false && release < 30 ? { featureGates: { ContainerCheckpoint: true } } : {}),
    ...(gates.length === 0 ? {} : { featureGates: Object.fromEntries(gates.map(([name]) => [name, true])) }),
    authorization: { mode: "AlwaysAllow" },
    ...rest,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: false },
      x509: { clientCAFile: `${places.certificates}/ca.crt` },
      ...authentication,
    },
  };
}
