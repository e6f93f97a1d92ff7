import type { JsonObject } from "@kubelet-conformance/control-plane";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { ApiRequest } from "../api-server/api-client.ts";
import type { Deviation } from "./deviation.ts";

/** What breaks `node-status.events.*`. */
export const events = {
  "node-status.events.starting": {
    summary: "starts without a word",
    ...telling((event) => (event["reason"] === "Starting" ? undefined : event)),
  },
  "node-status.events.conditions": {
    summary: "does not say that it has memory",
    ...telling((event) => (event["reason"] === "NodeHasSufficientMemory" ? undefined : event)),
  },
  "node-status.events.ready": {
    summary: "is not ready without a word",
    ...telling((event) => (event["reason"] === "NodeNotReady" ? undefined : event)),
  },
  "node-status.events.schedulable": {
    summary: "does not notice that it is cordoned",
    ...telling((event) => (event["reason"] === "NodeNotSchedulable" ? undefined : event)),
  },
  "node-status.events.rebooted": {
    summary: "does not notice that its machine was started anew",
    ...telling((event) => (event["reason"] === "Rebooted" ? undefined : event)),
  },
  "node-status.events.source": {
    summary: "does not say on which node it is",
    ...telling((event) => ({ ...event, source: { component: "kubelet" } })),
  },
  "node-status.events.namespace": {
    summary: "tells of its node in the namespace of the system",
    api: (client) => ({
      ...client,
      send: (request) => {
        if (!isEvent(request) || request.body === undefined) return client.send(request);
        // An event's metadata is an object.
        const metadata = { ...(request.body["metadata"] as JsonObject), namespace: "kube-system" };
        const path = request.path.replace("/namespaces/default/", "/namespaces/kube-system/");
        return client.send({ ...request, path, body: { ...request.body, metadata } });
      },
    }),
  },
} satisfies Partial<Record<ObservableRequirementId["node-status"], Deviation>>;

function isEvent({ method, path }: ApiRequest): boolean {
  return method === "POST" && path.includes("/events");
}

/** Changes events before they are written, or keeps them back. */
function telling(change: (event: JsonObject) => JsonObject | undefined): Pick<Deviation, "api"> {
  return {
    api: (client) => ({
      ...client,
      send: async (request) => {
        if (!isEvent(request) || request.body === undefined) return client.send(request);
        const body = change(request.body);
        return body === undefined ? { code: 201, body: request.body } : client.send({ ...request, body });
      },
    }),
  };
}
