/** How a member is written, and what Go's encoder does with its zero value. */
export type MemberType =
  | { kind: "boolean" | "integer" | "number" | "string" | "duration" | "quantity" | "strings" | "map" | "any" }
  | { kind: "enum"; values: readonly string[] }
  | { kind: "object"; members: Readonly<Record<string, Member>> };

export type Member = MemberType & {
  /** First minor that knows it; absent: all covered ones. */
  since?: string;
  /** The same default in every minor that knows it. */
  default?: unknown;
  /** A pointer, or a field without omitempty: its zero value is shown. Otherwise false, 0, "", [] and {} are left out. */
  showZero?: true;
  /** Smallest and largest value of an integer. */
  range?: readonly [least: number, most: number];
};

type Extra = Omit<Member, "kind">;

const boolean = (value?: boolean, extra?: Extra): Member => ({
  kind: "boolean",
  ...(value === undefined ? {} : { default: value, showZero: true as const }),
  ...extra,
});
const integer = (value?: number, extra?: Extra): Member => ({
  kind: "integer",
  ...(value === undefined ? {} : { default: value }),
  ...extra,
});
const string = (value?: string, extra?: Extra): Member => ({
  kind: "string",
  ...(value === undefined ? {} : { default: value }),
  ...extra,
});
const duration = (value?: string, extra?: Extra): Member => ({
  kind: "duration",
  showZero: true,
  ...(value === undefined ? {} : { default: value }),
  ...extra,
});
const object = (members: Readonly<Record<string, Member>>, extra?: Extra): Member => ({
  kind: "object",
  members,
  showZero: true,
  default: {},
  ...extra,
});
const oneOf = (values: readonly string[], value?: string, extra?: Extra): Member => ({
  kind: "enum",
  values,
  ...(value === undefined ? {} : { default: value }),
  ...extra,
});
const plain = (kind: "number" | "quantity" | "strings" | "map" | "any", extra?: Extra): Member => ({ kind, ...extra });

const port = [0, 65_535] as const;
const percent = [0, 100] as const;
const jsonOptions = object({ splitStream: boolean(), infoBufferSize: plain("quantity", { default: "0", showZero: true }) });

/** Every member of KubeletConfiguration in the covered minors, in the order of the Go type, which is the order of /configz. */
export const configurationMembers: Readonly<Record<string, Member>> = {
  kind: string(),
  apiVersion: string(),
  enableServer: boolean(true),
  staticPodPath: string(),
  podLogsDir: string(undefined, { since: "1.30" }),
  syncFrequency: duration("1m0s"),
  fileCheckFrequency: duration("20s"),
  httpCheckFrequency: duration("20s"),
  staticPodURL: string(),
  staticPodURLHeader: plain("map"),
  address: string("0.0.0.0"),
  port: integer(10250, { range: port }),
  readOnlyPort: integer(undefined, { range: port }),
  tlsCertFile: string(),
  tlsPrivateKeyFile: string(),
  tlsCipherSuites: plain("strings"),
  tlsCurvePreferences: plain("any", { since: "1.36" }),
  tlsMinVersion: oneOf(["VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"]),
  rotateCertificates: boolean(),
  serverTLSBootstrap: boolean(),
  authentication: object({
    x509: object({ clientCAFile: string() }),
    webhook: object({ enabled: boolean(true), cacheTTL: duration("2m0s") }),
    anonymous: object({ enabled: boolean(false) }),
  }),
  authorization: object({
    mode: oneOf(["AlwaysAllow", "Webhook"], "Webhook"),
    webhook: object({ cacheAuthorizedTTL: duration("5m0s"), cacheUnauthorizedTTL: duration("30s") }),
  }),
  registryPullQPS: integer(5, { showZero: true, range: [0, 2 ** 31 - 1] }),
  registryBurst: integer(10, { range: [0, 2 ** 31 - 1] }),
  imagePullCredentialsVerificationPolicy: oneOf(
    ["NeverVerify", "NeverVerifyPreloadedImages", "NeverVerifyAllowlistedImages", "AlwaysVerify"],
    undefined,
    { since: "1.33" },
  ),
  preloadedImagesVerificationAllowlist: plain("strings", { since: "1.33" }),
  eventRecordQPS: integer(undefined, { showZero: true, range: [0, 2 ** 31 - 1] }),
  eventBurst: integer(undefined, { range: [0, 2 ** 31 - 1] }),
  enableDebuggingHandlers: boolean(true),
  enableContentionProfiling: boolean(),
  healthzPort: integer(10248, { showZero: true, range: port }),
  healthzBindAddress: string("127.0.0.1"),
  oomScoreAdj: integer(-999, { showZero: true, range: [-1000, 1000] }),
  clusterDomain: string(),
  clusterDNS: plain("strings"),
  streamingConnectionIdleTimeout: duration("4h0m0s"),
  nodeStatusUpdateFrequency: duration("10s"),
  nodeStatusReportFrequency: duration("5m0s"),
  nodeLeaseDurationSeconds: integer(40, { range: [1, 2 ** 31 - 1] }),
  imageMinimumGCAge: duration("2m0s"),
  imageMaximumGCAge: duration(undefined, { since: "1.29" }),
  imageGCHighThresholdPercent: integer(85, { showZero: true, range: percent }),
  imageGCLowThresholdPercent: integer(80, { showZero: true, range: percent }),
  volumeStatsAggPeriod: duration("1m0s"),
  kubeletCgroups: string(),
  systemCgroups: string(),
  cgroupRoot: string(),
  cgroupsPerQOS: boolean(true),
  cgroupDriver: oneOf(["cgroupfs", "systemd"], "cgroupfs"),
  cpuManagerPolicy: oneOf(["none", "static"], "none"),
  singleProcessOOMKill: boolean(undefined, { since: "1.32", showZero: true }),
  cpuManagerPolicyOptions: plain("map"),
  cpuManagerReconcilePeriod: duration("10s"),
  memoryManagerPolicy: oneOf(["None", "Static"], "None"),
  topologyManagerPolicy: oneOf(["none", "best-effort", "restricted", "single-numa-node"], "none"),
  topologyManagerScope: oneOf(["container", "pod"], "container"),
  topologyManagerPolicyOptions: plain("map", { since: "1.26" }),
  qosReserved: plain("map"),
  runtimeRequestTimeout: duration("2m0s"),
  hairpinMode: oneOf(["promiscuous-bridge", "hairpin-veth", "none"], "promiscuous-bridge"),
  maxPods: integer(110, { range: [0, 2 ** 31 - 1] }),
  podCIDR: string(),
  podPidsLimit: integer(-1, { showZero: true }),
  resolvConf: string("/etc/resolv.conf", { showZero: true }),
  runOnce: boolean(),
  cpuCFSQuota: boolean(true),
  cpuCFSQuotaPeriod: duration("100ms"),
  nodeStatusMaxImages: integer(50, { showZero: true, range: [-1, 2 ** 31 - 1] }),
  maxOpenFiles: integer(1_000_000, { range: [0, Number.MAX_SAFE_INTEGER] }),
  contentType: string("application/vnd.kubernetes.protobuf"),
  kubeAPIQPS: integer(undefined, { showZero: true, range: [0, 2 ** 31 - 1] }),
  kubeAPIBurst: integer(undefined, { range: [0, 2 ** 31 - 1] }),
  serializeImagePulls: boolean(true),
  maxParallelImagePulls: integer(undefined, { since: "1.27", showZero: true }),
  evictionHard: plain("map", {
    default: { "imagefs.available": "15%", "memory.available": "100Mi", "nodefs.available": "10%", "nodefs.inodesFree": "5%" },
  }),
  evictionSoft: plain("map"),
  evictionSoftGracePeriod: plain("map"),
  evictionPressureTransitionPeriod: duration("5m0s"),
  evictionMaxPodGracePeriod: integer(),
  evictionMinimumReclaim: plain("map"),
  mergeDefaultEvictionSettings: boolean(undefined, { since: "1.33", showZero: true }),
  podsPerCore: integer(undefined, { range: [0, 2 ** 31 - 1] }),
  enableControllerAttachDetach: boolean(true),
  protectKernelDefaults: boolean(),
  makeIPTablesUtilChains: boolean(true),
  iptablesMasqueradeBit: integer(14, { showZero: true, range: [0, 31] }),
  iptablesDropBit: integer(15, { showZero: true, range: [0, 31] }),
  featureGates: plain("map"),
  failSwapOn: boolean(true),
  memorySwap: object({ swapBehavior: oneOf(["", "NoSwap", "LimitedSwap", "UnlimitedSwap"]) }),
  containerLogMaxSize: plain("quantity", { default: "10Mi" }),
  containerLogMaxFiles: integer(5, { range: [2, 2 ** 31 - 1] }),
  containerLogMaxWorkers: integer(undefined, { since: "1.30", range: [1, 2 ** 31 - 1] }),
  containerLogMonitorInterval: duration(undefined, { since: "1.30" }),
  configMapAndSecretChangeDetectionStrategy: oneOf(["Get", "Cache", "Watch"], "Watch"),
  systemReserved: plain("map"),
  kubeReserved: plain("map"),
  reservedSystemCPUs: string(),
  showHiddenMetricsForVersion: string(),
  systemReservedCgroup: string(),
  kubeReservedCgroup: string(),
  enforceNodeAllocatable: plain("strings", { default: ["pods"] }),
  allowedUnsafeSysctls: plain("strings"),
  defaultPodSysctls: plain("map", { since: "1.37" }),
  volumePluginDir: string("/usr/libexec/kubernetes/kubelet-plugins/volume/exec/"),
  providerID: string(),
  kernelMemcgNotification: boolean(),
  logging: object({
    format: oneOf(["text", "json"], "text"),
    flushFrequency: plain("any", { default: "5s", showZero: true }),
    verbosity: integer(0, { showZero: true, range: [0, 2 ** 31 - 1] }),
    vmodule: plain("any"),
    options: object({ text: jsonOptions, json: jsonOptions }),
  }),
  enableSystemLogHandler: boolean(true),
  enableSystemLogQuery: boolean(undefined, { since: "1.27", showZero: true }),
  shutdownGracePeriod: duration("0s"),
  shutdownGracePeriodCriticalPods: duration("0s"),
  shutdownGracePeriodByPodPriority: plain("any"),
  crashLoopBackOff: object({ maxContainerRestartPeriod: duration(undefined) }, { since: "1.32" }),
  reservedMemory: plain("any"),
  enableProfilingHandler: boolean(true),
  enableDebugFlagsHandler: boolean(true),
  seccompDefault: boolean(false),
  memoryThrottlingFactor: plain("number"),
  memoryReservationPolicy: string(undefined, { since: "1.36" }),
  registerWithTaints: plain("any"),
  registerNode: boolean(true),
  tracing: plain("any"),
  localStorageCapacityIsolation: boolean(true),
  containerRuntimeEndpoint: string(undefined, { since: "1.27", showZero: true }),
  imageServiceEndpoint: string(undefined, { since: "1.27" }),
  failCgroupV1: boolean(undefined, { since: "1.31", showZero: true }),
  userNamespaces: plain("any", { since: "1.33" }),
};
