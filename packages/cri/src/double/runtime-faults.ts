/** Wrong answers of a runtime, and what a kubelet does about them. Any number may be in force at once. */
export const runtimeFaults = [
  /** Version answers without its fields: a kubelet that starts exits with code 1. */
  "version-empty",
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
  /** ImageFsInfo is not known: a kubelet that starts exits with code 1. */
  "image-fs-info-unimplemented",
] as const;

/** The name of a wrong answer. */
export type RuntimeFault = (typeof runtimeFaults)[number];
