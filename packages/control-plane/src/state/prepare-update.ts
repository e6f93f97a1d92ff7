import { isDeepStrictEqual } from "node:util";
import { without, type Json, type JsonObject, type KubeObject } from "../api/json.ts";
import { apiVersionOf, resourceOf, type ResourceName } from "../api/resources.ts";
import { conflict, invalid, modified, type Subject } from "../api/status-error.ts";

export interface UpdateOptions {
  /** `status` writes everything but the spec. Default: everything but the status. */
  subresource?: "status" | undefined;
  /** A patch with another uid is invalid (422), a whole object is a conflict (409). Default false. */
  patch?: boolean;
}

/** Members of metadata that no client changes. */
const fixedMetadata = [
  "name",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
];

/** The object that replaces `current` when a client sends `sent`. Throws Conflict, Invalid. */
export function prepareUpdate(resource: ResourceName, current: KubeObject, sent: KubeObject, options: UpdateOptions): KubeObject {
  const about = resourceOf(resource);
  checkIdentity({ resource, group: about.group, name: current.metadata.name }, about.kind, current, sent, options);
  const isStatus = options.subresource === "status";
  // The strategies of nodes and pods: metadata comes through either way, owners of a pod only with the object itself.
  const spec = isStatus ? current["spec"] : sent["spec"];
  const status = isStatus || about.status === undefined ? sent["status"] : current["status"];
  const changed = !isDeepStrictEqual(spec, current["spec"]);
  return {
    kind: about.kind,
    apiVersion: apiVersionOf(about),
    ...without(sent, "kind", "apiVersion", "metadata", "spec", "status"),
    metadata: {
      ...picked(current.metadata, fixedMetadata),
      name: current.metadata.name,
      ...(about.generation && changed && { generation: Number(current.metadata["generation"] ?? 1) + 1 }),
      ...without(sent.metadata, ...fixedMetadata),
    },
    ...(spec !== undefined && { spec }),
    ...(status !== undefined && { status }),
  };
}

function checkIdentity(subject: Subject, kind: string, current: KubeObject, sent: KubeObject, { patch = false }: UpdateOptions): void {
  const { uid, resourceVersion } = sent.metadata;
  if (uid !== undefined && uid !== current.metadata.uid) {
    if (patch) {
      const message = `Invalid value: ${JSON.stringify(uid)}: field is immutable`;
      throw invalid(kind, subject.name, { reason: "FieldValueInvalid", field: "metadata.uid", message });
    }
    throw conflict(subject, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid ?? ""}`);
  }
  if (resourceVersion !== undefined && resourceVersion !== "" && resourceVersion !== current.metadata.resourceVersion) {
    throw conflict(subject, modified);
  }
}

function picked(object: JsonObject, names: readonly string[]): { [name: string]: Json } {
  return Object.fromEntries(names.flatMap((name): [string, Json][] => (object[name] === undefined ? [] : [[name, object[name]]])));
}
