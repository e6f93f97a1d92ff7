/** Wrong answers of a runtime, and what a kubelet does about them. Any number may be in force at once. */
export const runtimeFaults = [
  /** No service of CRI v1 is known, as in a runtime that stopped at v1alpha2: a kubelet from 1.26 on exits with code 1. */
  "v1alpha2-only",
  /** Version answers without its fields: a kubelet that starts exits with code 1. */
  "version-empty",
  /** Version answers with another version of the kubelet's runtime API than 0.1.0: the same. */
  "version-other",
  /** Version fails: a kubelet that starts exits with code 1; one that runs tells a version of "Unknown". */
  "version-failing",
  /** Status answers without conditions: the kubelet runs, is healthy, and starts no pod. */
  "status-without-conditions",
  /** Status says RuntimeReady=false: the same. */
  "runtime-not-ready",
  /** Status says NetworkReady=false: pods in the host's network run, others wait, the node is not ready. */
  "network-not-ready",
  /** RuntimeConfig is not known: the kubelet takes the cgroup driver of its configuration. */
  "runtime-config-unimplemented",
  /** RuntimeConfig says SYSTEMD. */
  "runtime-config-systemd",
  /** RuntimeConfig names a cgroup driver that nobody knows: a kubelet from 1.31 on exits with code 1. */
  "runtime-config-unknown-driver",
  /** RuntimeConfig fails: the same, after three tries. */
  "runtime-config-failing",
  /** ImageFsInfo is not known: a kubelet that starts exits with code 1. */
  "image-fs-info-unimplemented",
] as const;

/** The name of a wrong answer. */
export type RuntimeFault = (typeof runtimeFaults)[number];
