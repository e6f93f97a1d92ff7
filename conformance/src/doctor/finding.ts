import { createRedactor } from "@kubelet-conformance/exchange";
import type { WireClient } from "../target/wire.ts";
import { catalogue, type FindingId } from "./catalogue.ts";

/**
 * How much a finding matters. `to-do`: something is wrong, or will be with the next upgrade. `warning`: it works, at a risk that somebody should have
 * chosen. `soon`: Kubernetes has announced that it ends. `note`: worth knowing. `ok`: looked at, and right.
 */
export type FindingLevel = "to-do" | "warning" | "soon" | "note" | "ok";

/** Worst first. */
export const findingLevels: readonly FindingLevel[] = ["to-do", "warning", "soon", "note", "ok"];

/** Who can put it right: whoever asks, who runs the cluster, or who looks after this part of the node. */
export type Owner = "client" | "cluster-administrator" | "node" | "runtime" | "kubelet";

/** One thing that a doctor sees, and what to do about it, in this order. */
export interface Finding {
  level: FindingLevel;
  /** Stable. */
  id: FindingId;
  owner: Owner;
  text: string;
  steps: readonly Step[];
}

export interface Step {
  text: string;
  /** A page that explains it. */
  link?: string;
  /** A line for a shell. */
  command?: string;
  /** YAML for `kubectl apply`. */
  manifest?: string;
}

export function finding(level: FindingLevel, id: FindingId, text: string, steps: readonly Step[] = []): Finding {
  return { level, id, owner: catalogue[id].owner, text, steps };
}

/** Without what whoever asks is known by, which a server may have sent back. */
export function withoutSecrets(findings: readonly Finding[], client: WireClient | undefined): Finding[] {
  const secrets = [client?.authorization?.replace(/^Bearer /, ""), client?.certificate?.key].filter((secret) => secret !== undefined);
  const { text } = createRedactor(secrets);
  const optional = <Key extends string>(key: Key, value: string | undefined) => (value === undefined ? {} : { [key]: text(value) });
  return findings.map((found) => ({
    ...found,
    text: text(found.text),
    steps: found.steps.map((step) => ({
      ...step,
      text: text(step.text),
      ...optional("command", step.command),
      ...optional("manifest", step.manifest),
    })),
  }));
}

/** Worst first, else as they were found. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((one, other) => findingLevels.indexOf(one.level) - findingLevels.indexOf(other.level));
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
  ports: `${docs}/reference/networking/ports-and-protocols/`,
  kubeletFlags: `${docs}/reference/command-line-tools-reference/kubelet/`,
  kubeletConfiguration: `${docs}/reference/config-api/kubelet-config.v1beta1/`,
  kubeletAccess: `${docs}/reference/access-authn-authz/kubelet-authn-authz/`,
  servingCertificates: `${docs}/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs`,
  tlsBootstrap: `${docs}/reference/access-authn-authz/kubelet-tls-bootstrapping/`,
  certificates: `${docs}/tasks/administer-cluster/kubeadm/kubeadm-certs/`,
  tokens: `${docs}/reference/access-authn-authz/authentication/`,
  featureGates: `${docs}/reference/command-line-tools-reference/feature-gates/`,
  heartbeats: `${docs}/concepts/architecture/nodes/#node-heartbeats`,
  cgroups: `${docs}/concepts/architecture/cgroups/`,
  eviction: `${docs}/concepts/scheduling-eviction/node-pressure-eviction/`,
  skew: "https://kubernetes.io/releases/version-skew-policy/",
  patchReleases: "https://kubernetes.io/releases/patch-releases/",
  checkpointFlaw: "https://github.com/kubernetes/kubernetes/issues/130016",
  criu: "https://criu.org/Installation",
} as const;
