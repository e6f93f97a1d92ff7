const metadata = { "metadata.ownerReferences": "uid" };

const container = { "": "name", ".ports": "containerPort", ".env": "name", ".volumeMounts": "mountPath", ".volumeDevices": "devicePath" };

function containers(...lists: readonly string[]): Record<string, string> {
  return Object.fromEntries(lists.flatMap((list) => Object.entries(container).map(([path, key]) => [`spec.${list}${path}`, key])));
}

/**
 * Lists that a strategic merge patch merges item by item: path to the member that tells the items apart, from the
 * patchMergeKey tags of k8s.io/api. Every other list is replaced.
 */
const keysByKind: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Node: { "status.conditions": "type", "status.addresses": "type" },
  Pod: {
    ...containers("containers", "initContainers", "ephemeralContainers"),
    "spec.volumes": "name",
    "spec.imagePullSecrets": "name",
    "spec.hostAliases": "ip",
    "spec.topologySpreadConstraints": "topologyKey",
    "spec.schedulingGates": "name",
    "spec.resourceClaims": "name",
    "status.conditions": "type",
    "status.podIPs": "ip",
    "status.hostIPs": "ip",
    "status.resourceClaimStatuses": "name",
  },
  Service: { "spec.ports": "port", "status.conditions": "type" },
  ServiceAccount: { secrets: "name", imagePullSecrets: "name" },
  CSINode: { "spec.drivers": "name" },
  Namespace: { "status.conditions": "type" },
  PersistentVolumeClaim: { "status.conditions": "type" },
};

/** Lists of plain values that are merged as sets. */
const sets = new Set(["metadata.finalizers", "spec.podCIDRs"]);

/** How a patch treats a list: by this key, as a set, or (undefined) as a whole. */
export function listStrategy(kind: string, path: string): { key: string } | "set" | undefined {
  if (sets.has(path)) return "set";
  const key = { ...metadata, ...keysByKind[kind] }[path];
  return key === undefined ? undefined : { key };
}
