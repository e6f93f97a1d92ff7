/** One kind of object that the API serves. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Has a `status` that only the status subresource writes. */
  readonly status?: true;
  /** Counts changes of its spec in metadata.generation. */
  readonly generation?: true;
}

const core = { group: "", version: "v1" };
const storage = { group: "storage.k8s.io", version: "v1", namespaced: false };
const certificates = { group: "certificates.k8s.io", version: "v1", status: true } as const;

/** Everything that kubelets of 1.30 to 1.37 read or write, and what a test needs to place before them. Creating a review stores nothing. */
export const resources = {
  nodes: { ...core, kind: "Node", namespaced: false, status: true },
  pods: { ...core, kind: "Pod", namespaced: true, status: true, generation: true },
  events: { ...core, kind: "Event", namespaced: true },
  services: { ...core, kind: "Service", namespaced: true, status: true },
  configmaps: { ...core, kind: "ConfigMap", namespaced: true },
  secrets: { ...core, kind: "Secret", namespaced: true },
  serviceaccounts: { ...core, kind: "ServiceAccount", namespaced: true },
  namespaces: { ...core, kind: "Namespace", namespaced: false, status: true },
  persistentvolumes: { ...core, kind: "PersistentVolume", namespaced: false, status: true },
  persistentvolumeclaims: { ...core, kind: "PersistentVolumeClaim", namespaced: true, status: true },
  leases: { group: "coordination.k8s.io", version: "v1", kind: "Lease", namespaced: true },
  endpointslices: { group: "discovery.k8s.io", version: "v1", kind: "EndpointSlice", namespaced: true },
  runtimeclasses: { group: "node.k8s.io", version: "v1", kind: "RuntimeClass", namespaced: false },
  csidrivers: { ...storage, kind: "CSIDriver" },
  csinodes: { ...storage, kind: "CSINode" },
  volumeattachments: { ...storage, kind: "VolumeAttachment", status: true },
  resourceslices: { group: "resource.k8s.io", version: "v1", kind: "ResourceSlice", namespaced: false },
  resourceclaims: { group: "resource.k8s.io", version: "v1", kind: "ResourceClaim", namespaced: true, status: true },
  podcertificaterequests: { ...certificates, kind: "PodCertificateRequest", namespaced: true },
  certificatesigningrequests: { ...certificates, kind: "CertificateSigningRequest", namespaced: false },
  tokenreviews: { group: "authentication.k8s.io", version: "v1", kind: "TokenReview", namespaced: false },
  subjectaccessreviews: { group: "authorization.k8s.io", version: "v1", kind: "SubjectAccessReview", namespaced: false },
} as const satisfies Readonly<Record<string, Resource>>;

/** Plural name of a resource. */
export type ResourceName = keyof typeof resources;

export function isResourceName(name: string): name is ResourceName {
  return Object.hasOwn(resources, name);
}

/** The table's row, without the narrowness of its literal type. */
export function resourceOf(name: ResourceName): Resource {
  return resources[name];
}

/** `v1`, or `coordination.k8s.io/v1`. */
export function apiVersionOf({ group, version }: Resource): string {
  return group === "" ? version : `${group}/${version}`;
}
