import { isObject, objectAt, objectsAt, textAt, type JsonObject } from "../api/json.ts";

/** SetDefaults_PodSpec: for a pod of its own manifests the kubelet fills them in itself. */
export const podSpecDefaults = {
  restartPolicy: "Always",
  terminationGracePeriodSeconds: 30,
  dnsPolicy: "ClusterFirst",
  securityContext: {},
  schedulerName: "default-scheduler",
  enableServiceLinks: true,
} as const;

/**
 * The defaults that a kubelet leaves to the API server (pkg/apis/core/v1/defaults.go). Without `securityContext` it
 * would recreate the sandbox for ever.
 */
export function defaultPod(pod: JsonObject): { spec: JsonObject; status: JsonObject } {
  const given = objectAt(pod, "spec");
  const containers = (name: string) => {
    const list = given[name];
    return list !== undefined && { [name]: objectsAt(given, name).map((item) => defaultContainer(item, given["hostNetwork"] === true)) };
  };
  const spec = {
    ...podSpecDefaults,
    ...given,
    ...containers("initContainers"),
    ...containers("containers"),
    ...(given["volumes"] !== undefined && { volumes: objectsAt(given, "volumes").map(defaultVolume) }),
  };
  return { spec, status: { phase: "Pending", qosClass: qosClass(spec), ...objectAt(pod, "status") } };
}

function defaultContainer(container: JsonObject, hostNetwork: boolean): JsonObject {
  const resources = objectAt(container, "resources");
  const requests = { ...objectAt(resources, "limits"), ...objectAt(resources, "requests") };
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"].filter((name) => isObject(container[name]));
  const lists = {
    ports: (port: JsonObject) => ({ protocol: "TCP", ...(hostNetwork && { hostPort: port["containerPort"] }), ...port }),
    env: (variable: JsonObject) =>
      isObject(variable["valueFrom"]) ? { ...variable, valueFrom: versioned(variable["valueFrom"]) } : variable,
  };
  return {
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: isLatest(textAt(container, "image")) ? "Always" : "IfNotPresent",
    ...container,
    resources: { ...resources, ...(Object.keys(requests).length > 0 && { requests }) },
    ...mapLists(container, lists),
    ...Object.fromEntries(probes.map((name) => [name, defaultProbe(objectAt(container, name))])),
  };
}

function defaultProbe(probe: JsonObject): JsonObject {
  const { httpGet } = probe;
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...probe,
    ...(isObject(httpGet) && { httpGet: { path: "/", scheme: "HTTP", ...httpGet } }),
  };
}

function isLatest(image: string): boolean {
  if (image.includes("@")) return false;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag === undefined || tag === "latest";
}

/** 0644 for the files of volumes that the kubelet writes; it refuses a volume without a mode. */
function defaultVolume(volume: JsonObject): JsonObject {
  const names = ["configMap", "secret", "downwardAPI", "projected"].filter((name) => isObject(volume[name]));
  const filled = names.map((name) => {
    const source = objectAt(volume, name);
    return [name, { defaultMode: 420, ...source, ...mapLists(source, { items: versioned, sources: defaultProjection }) }];
  });
  return { ...volume, ...Object.fromEntries(filled) };
}

function defaultProjection(source: JsonObject): JsonObject {
  const { serviceAccountToken: token, downwardAPI } = source;
  return {
    ...source,
    ...(isObject(token) && { serviceAccountToken: { expirationSeconds: 3600, ...token } }),
    ...(isObject(downwardAPI) && { downwardAPI: { ...downwardAPI, ...mapLists(downwardAPI, { items: versioned }) } }),
  };
}

/** A reference to a field of the pod names a version; without one: "unsupported pod version". */
function versioned(holder: JsonObject): JsonObject {
  const { fieldRef } = holder;
  return isObject(fieldRef) ? { ...holder, fieldRef: { apiVersion: "v1", ...fieldRef } } : holder;
}

/** Those lists of an object that it has, each item changed. */
function mapLists(object: JsonObject, changes: Readonly<Record<string, (item: JsonObject) => JsonObject>>): JsonObject {
  const present = Object.entries(changes).filter(([name]) => object[name] !== undefined);
  return Object.fromEntries(present.map(([name, change]) => [name, objectsAt(object, name).map(change)]));
}

function qosClass(spec: JsonObject): string {
  const all = [...objectsAt(spec, "containers"), ...objectsAt(spec, "initContainers")].map((container) => objectAt(container, "resources"));
  const parts = all.map((resources) => ({ limits: objectAt(resources, "limits"), requests: objectAt(resources, "requests") }));
  if (parts.every(({ limits, requests }) => Object.keys({ ...limits, ...requests }).length === 0)) return "BestEffort";
  const fixed = parts.every(({ limits, requests }) =>
    ["cpu", "memory"].every((name) => limits[name] !== undefined && limits[name] === requests[name]),
  );
  return fixed ? "Guaranteed" : "Burstable";
}
