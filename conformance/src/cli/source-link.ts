import { minors, type Requirement, type Source } from "@kubelet-conformance/spec";

/** Pages of kubernetes.io by the slug that requirements name. */
const pages: Record<string, string> = {
  "kubelet-checkpoint-api": "https://kubernetes.io/docs/reference/node/kubelet-checkpoint-api/",
  "kubelet-authn-authz": "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",
  kubelet: "https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/",
  "node-labels": "https://kubernetes.io/docs/reference/node/node-labels/",
  nodes: "https://kubernetes.io/docs/concepts/architecture/nodes/",
  leases: "https://kubernetes.io/docs/concepts/architecture/leases/",
  "node-status": "https://kubernetes.io/docs/reference/node/node-status/",
  "device-plugins": "https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/",
  "device-plugin-api-versions": "https://kubernetes.io/docs/reference/node/device-plugin-api-versions/",
  "labels-annotations-taints": "https://kubernetes.io/docs/reference/labels-annotations-taints/",
  "reserve-compute-resources": "https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/",
  "container-runtimes": "https://kubernetes.io/docs/setup/production-environment/container-runtimes/",
  cri: "https://kubernetes.io/docs/concepts/containers/cri/",
  "check-if-dockershim-removal-affects-you":
    "https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/",
  "find-out-runtime-you-use": "https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/find-out-runtime-you-use/",
  "kubelet-config-v1beta1": "https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/",
};

/** Libraries whose code decides, where a source names one instead of a file of Kubernetes. */
const libraries: Record<string, string> = {
  "go-restful": "https://github.com/emicklei/go-restful",
  "net/http": "https://pkg.go.dev/net/http",
  "net/url": "https://pkg.go.dev/net/url",
};

/** Where a reader finds a source, in one line. */
export function sourceLink(source: Source, { until }: Requirement): string {
  const { document, section, code, symbol, recording, advisory, proposal } = source;
  const part = section === undefined ? "" : ` (section "${section}")`;
  if (document !== undefined) return `${pages[document] ?? `https://kubernetes.io/docs/ (${document})`}${part}`;
  if (proposal !== undefined) return `https://github.com/kubernetes/enhancements/tree/master/${proposal}${part}`;
  if (code !== undefined) return `${codeLink(code, until ?? minors.at(-1) ?? "")}${symbol === undefined ? "" : ` (${symbol})`}`;
  if (advisory !== undefined) return advisory.startsWith("CVE-") ? `https://www.cve.org/CVERecord?id=${advisory}` : advisory;
  return `recorded from real kubelets: ${recording}`;
}

function codeLink(code: string, minor: string): string {
  const library = libraries[code];
  if (library !== undefined) return library;
  const path = code.startsWith("k8s.io/") ? `staging/src/${code}` : code;
  return `https://github.com/kubernetes/kubernetes/blob/release-${minor}/${path}`;
}
