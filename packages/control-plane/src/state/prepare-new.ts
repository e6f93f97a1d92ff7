import { objectAt, objectsAt, textAt, timestamp, without, type JsonObject, type KubeObject } from "../api/json.ts";
import { apiVersionOf, resourceOf, type ResourceName } from "../api/resources.ts";
import { badRequest, invalid } from "../api/status-error.ts";
import { defaultPod } from "./pod-defaults.ts";

/** A new object as the API server would store it: identity, and the admission and defaults that kubelets depend on. Throws ApiError. */
export function prepareNew(resource: ResourceName, object: JsonObject, uid: string): KubeObject {
  const about = resourceOf(resource);
  const given = objectAt(object, "metadata");
  const generateName = textAt(given, "generateName");
  const name = textAt(given, "name") || (generateName === "" ? "" : `${generateName}${uid.slice(0, 5)}`);
  if (name === "") {
    const message = "Required value: name or generateName is required";
    throw invalid(about.kind, "", { reason: "FieldValueRequired", field: "metadata.name", message });
  }
  const namespace = textAt(given, "namespace");
  if (about.namespaced && namespace === "") throw badRequest(`an object of ${resource} needs metadata.namespace`);
  const stored = {
    kind: about.kind,
    apiVersion: apiVersionOf(about),
    ...without(object, "kind", "apiVersion", "metadata"),
    metadata: {
      name,
      ...(generateName !== "" && { generateName }),
      ...(about.namespaced && { namespace }),
      uid,
      ...(about.generation && { generation: 1 }),
      creationTimestamp: timestamp(),
      ...without(given, "name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp"),
    },
  };
  if (resource === "pods") return { ...stored, ...defaultPod(stored) };
  return resource === "nodes" ? { ...stored, spec: notReady(stored) } : stored;
}

/** The TaintNodesByCondition admission: a node starts with the taint, whoever creates it. */
function notReady(node: JsonObject): JsonObject {
  const spec = objectAt(node, "spec");
  const key = "node.kubernetes.io/not-ready";
  const taints = objectsAt(spec, "taints");
  if (taints.some((taint) => taint["key"] === key)) return spec;
  return { ...spec, taints: [...taints, { key, effect: "NoSchedule" }] };
}
