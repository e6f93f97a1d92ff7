import { objectAt, objectsAt, textAt, timestamp } from "../api/json.ts";
import { ApiError, badRequest } from "../api/status-error.ts";
import type { Answer, Call, ServerContext } from "../server/call.ts";
import { existing } from "../verbs/read.ts";

/** What a scheduler does: puts a pod on a node, once. */
export function bind({ target, body }: Call, { state }: ServerContext): Answer {
  const pod = existing(state, target);
  const nodeName = textAt(body, "target.name");
  if (nodeName === "") throw badRequest("target.name: Required value");
  const present = textAt(pod, "spec.nodeName");
  if (present !== "") {
    const { name } = pod.metadata;
    const why = `pod ${name} is already assigned to node ${JSON.stringify(present)}`;
    const message = `Operation cannot be fulfilled on pods/binding ${JSON.stringify(name)}: ${why}`;
    throw new ApiError({ code: 409, reason: "Conflict", message, details: { name, kind: "pods/binding" } });
  }
  const scheduled = { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: timestamp() };
  const status = objectAt(pod, "status");
  const others = objectsAt(status, "conditions").filter((condition) => condition["type"] !== "PodScheduled");
  state.update("pods", { ...pod, status: { ...status, conditions: [...others, scheduled] } }, { subresource: "status" });
  const current = existing(state, target);
  state.update("pods", { ...current, spec: { ...objectAt(current, "spec"), nodeName } });
  return { code: 201, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 } };
}
