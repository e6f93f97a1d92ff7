import { objectAt, textAt, timestamp, type JsonObject, type KubeObject } from "../api/json.ts";
import { resourceOf, type ResourceName } from "../api/resources.ts";
import { conflict } from "../api/status-error.ts";

export interface DeleteOptions {
  /** Pods only. Default: the pod's own terminationGracePeriodSeconds. 0 deletes at once. */
  gracePeriodSeconds?: number | undefined;
  /** Only the object with this uid. Default any. */
  uid?: string | undefined;
}

/** The object marked for deletion, or undefined when it goes at once (podStrategy.CheckGracefulDelete). Throws Conflict. */
export function gracefulDeletion(
  resource: ResourceName,
  object: KubeObject,
  { gracePeriodSeconds, uid }: DeleteOptions,
): KubeObject | undefined {
  const { metadata } = object;
  if (uid !== undefined && uid !== metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid ?? ""}). The object might have been deleted and then recreated`;
    throw conflict({ resource: resourceOf(resource).kind, group: "", name: metadata.name }, why);
  }
  if (resource !== "pods" || textAt(object, "spec.nodeName") === "") return undefined;
  if (["Succeeded", "Failed"].includes(textAt(object, "status.phase"))) return undefined;
  const asked = gracePeriodSeconds ?? graceOf(objectAt(object, "spec"));
  const grace = asked < 0 ? 1 : asked;
  if (grace === 0) return undefined;
  const present = metadata["deletionGracePeriodSeconds"];
  if (typeof present === "number" && present <= grace) return object;
  return {
    ...object,
    metadata: {
      ...metadata,
      generation: Number(metadata["generation"] ?? 1) + 1,
      deletionTimestamp: timestamp(Date.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
    },
  };
}

function graceOf(spec: JsonObject): number {
  return Number(spec["terminationGracePeriodSeconds"] ?? 30);
}
