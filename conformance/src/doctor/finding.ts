/**
 * How much a finding matters. `to-do`: something is wrong, or will be with the next upgrade. `soon`: Kubernetes has announced that it ends.
 * `note`: worth knowing. `ok`: looked at, and right.
 */
export type FindingLevel = "to-do" | "soon" | "note" | "ok";

/** One thing that a doctor sees, and what to do about it, in this order. */
export interface Finding {
  level: FindingLevel;
  /** Stable. */
  id: string;
  text: string;
  steps: readonly Step[];
}

export interface Step {
  text: string;
  /** A page that explains it. */
  link?: string;
}

export function finding(level: FindingLevel, id: string, text: string, steps: readonly Step[] = []): Finding {
  return { level, id, text, steps };
}

const docs = "https://kubernetes.io/docs";
const migrating = `${docs}/tasks/administer-cluster/migrating-from-dockershim`;

/** Pages that steps lead to. */
export const pages = {
  runtimes: `${docs}/setup/production-environment/container-runtimes/`,
  cgroupDrivers: `${docs}/setup/production-environment/container-runtimes/#cgroup-drivers`,
  criVersions: `${docs}/setup/production-environment/container-runtimes/#cri-versions`,
  checkpoint: `${docs}/reference/node/kubelet-checkpoint-api/`,
  findOut: `${migrating}/find-out-runtime-you-use/`,
  affected: `${migrating}/check-if-dockershim-removal-affects-you/`,
  toContainerd: `${migrating}/change-runtime-containerd/`,
  toCriDockerd: `${migrating}/migrate-dockershim-dockerd/`,
  agents: `${migrating}/migrating-telemetry-and-security-agents/`,
  cni: `${migrating}/troubleshooting-cni-plugin-related-errors/`,
  drain: `${docs}/tasks/administer-cluster/safely-drain-node/`,
  debugNodes: `${docs}/tasks/debug/debug-cluster/`,
} as const;
