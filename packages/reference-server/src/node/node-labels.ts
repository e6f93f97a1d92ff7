import type { LabelDeviation } from "../deviations/deviation.ts";
import { NodeFlagError } from "./flag-error.ts";
import { keyProblems, valueProblems } from "./label-syntax.ts";

/** Labels in the reserved namespaces that a kubelet may set on its own node (k8s.io/kubelet/pkg/apis). */
const allowedLabels = [
  "beta.kubernetes.io/arch",
  "beta.kubernetes.io/instance-type",
  "beta.kubernetes.io/os",
  "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "kubernetes.io/arch",
  "kubernetes.io/hostname",
  "kubernetes.io/os",
  "node.kubernetes.io/instance-type",
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
];
const allowedNamespaces = ["kubelet.kubernetes.io", "node.kubernetes.io"];

/** Those that a kubelet puts back on a node that was registered before. */
export const defaultLabels: readonly string[] = [...allowedLabels, "node.kubernetes.io/windows-build"];

/** The value of --node-labels: `key=value` pairs; a key alone has an empty value. */
export function parseLabels(text: string): Record<string, string> {
  const pairs = text.split(",").filter((pair) => pair !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair.trim(), ""] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

/** ValidateKubeletFlags: throws NodeFlagError for labels that a kubelet may not give itself, and for what is no label. */
export function checkLabels(given: Readonly<Record<string, string>>, { takes, words = (text) => text }: LabelDeviation = {}): void {
  const labels = Object.fromEntries(Object.entries(given).filter(([name, value]) => !takes?.(name, value)));
  const unknown = Object.keys(labels).filter((key) => isReserved(key) && !isAllowed(key));
  if (unknown.length > 0) {
    throw new NodeFlagError(
      words(
        `failed to validate kubelet flags: unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: [${unknown.toSorted().join(" ")}]\n` +
          `--node-labels in the 'kubernetes.io' namespace must begin with an allowed prefix (${allowedNamespaces.join(", ")}) or be in the specifically allowed set (${allowedLabels.join(", ")})`,
      ),
    );
  }
  const problems = Object.entries(labels)
    .flatMap(([key, value]) => [[key, keyProblems(key)] as const, [value, valueProblems(value)] as const])
    .filter(([, found]) => found.length > 0);
  if (problems.length > 0) {
    const texts = problems.map(([what, found]) => `'${what}' - ${found.join(", ")}`);
    throw new NodeFlagError(`failed to validate kubelet flags: invalid node labels: ${texts.join("; ")}`);
  }
}

function isReserved(key: string): boolean {
  return isWithin(namespaceOf(key), "kubernetes.io") || isWithin(namespaceOf(key), "k8s.io");
}

function isAllowed(key: string): boolean {
  return allowedLabels.includes(key) || allowedNamespaces.some((allowed) => isWithin(namespaceOf(key), allowed));
}

function isWithin(namespace: string, domain: string): boolean {
  return namespace === domain || namespace.endsWith(`.${domain}`);
}

function namespaceOf(key: string): string {
  return key.includes("/") ? key.slice(0, key.indexOf("/")) : "";
}
