import { minors, type Source } from "@kubelet-conformance/spec";

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
  "extended-resource-node": "https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/",
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

/** A source as a reader finds it. */
export interface SourceReference {
  /** Absent: it is no page, such as a recording. */
  url?: string;
  /** A page's or a file's name. */
  title: string;
  /** The place in it. */
  detail?: string;
}

/** `until` is the last minor that the requirement holds for: code is shown as it was then. */
export function sourceReference(
  { document, section, code, symbol, recording, advisory, proposal }: Source,
  until?: string,
): SourceReference {
  if (document !== undefined) {
    const page = pages[document];
    const place = section === undefined ? {} : { detail: `section "${section}"` };
    return page === undefined
      ? { url: "https://kubernetes.io/docs/", title: document, ...place }
      : { url: page, title: `kubernetes.io: ${document}`, ...place };
  }
  if (proposal !== undefined) {
    const url = `https://github.com/kubernetes/enhancements/tree/master/${proposal}`;
    return { url, title: `Kubernetes enhancement: ${proposal}`, ...(section === undefined ? {} : { detail: `section "${section}"` }) };
  }
  if (code !== undefined)
    return { url: codeLink(code, until ?? minors.at(-1) ?? ""), title: code, ...(symbol === undefined ? {} : { detail: symbol }) };
  if (advisory !== undefined)
    return {
      ...(advisory.startsWith("CVE-") ? { url: `https://www.cve.org/CVERecord?id=${advisory}` } : {}),
      title: advisory,
    };
  return { title: `recorded from real kubelets: ${recording}` };
}

/** Where a reader finds a source, in one line. */
export function sourceLink(source: Source, { until }: { until?: string | undefined }): string {
  const { url, title, detail } = sourceReference(source, until);
  const unknownPage = url === "https://kubernetes.io/docs/" ? ` (${title})` : "";
  return `${url ?? title}${unknownPage}${detail === undefined ? "" : ` (${detail})`}`;
}

function codeLink(code: string, minor: string): string {
  return libraries[code] ?? `https://github.com/kubernetes/kubernetes/blob/release-${minor}/${codePath(code)}`;
}

/** The file in the Kubernetes repository; undefined for a library. */
export function codePath(code: string): string | undefined {
  if (libraries[code] !== undefined) return undefined;
  return code.startsWith("k8s.io/") ? `staging/src/${code}` : code;
}
