import type { JsonObject } from "@kubelet-conformance/control-plane";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import type { ApiAnswer, ApiClient, ApiRequest } from "../api-server/api-client.ts";
import type { Wait } from "../clock.ts";
import type { Deviation } from "./deviation.ts";
import { conditions, objectOf } from "./node-object.ts";

type Send = ApiClient["send"];
type Objects = readonly JsonObject[];

/** What breaks each requirement of `spec/requirements/heartbeat.yaml`. */
export const heartbeat: Record<ObservableRequirementId["heartbeat"], Deviation> = {
  "heartbeat.lease.exists": {
    summary: "keeps no lease",
    ...sending(
      (send) => async (request) =>
        isLease(request) && request.method === "POST" ? { code: 201, body: request.body ?? {} } : send(request),
    ),
  },
  "heartbeat.lease.holder": { summary: "names another holder", ...leasing((lease) => withSpec(lease, { holderIdentity: "kubelet" })) },
  "heartbeat.lease.duration": {
    summary: "holds the lease longer than configured",
    ...leasing((lease) => withSpec(lease, { leaseDurationSeconds: 41 })),
  },
  "heartbeat.lease.owner": {
    summary: "leaves its lease behind when the node goes",
    ...leasing((lease) => ({ ...lease, metadata: { ...objectOf(lease["metadata"]), ownerReferences: [] } })),
  },
  "heartbeat.lease.renew-time": {
    summary: "writes renewTime in milliseconds",
    ...leasing((lease) => withSpec(lease, { renewTime: textOf(objectOf(lease["spec"])["renewTime"]).replace(/\d{3}Z$/, "Z") })),
  },
  "heartbeat.lease.renewed": {
    summary: "renews its lease when more than half of it is over",
    ...waiting("lease-renewal", (ms) => ms * 3.6),
  },
  "heartbeat.lease.not-more-often": {
    summary: "renews its lease four times as often as it must",
    ...waiting("lease-renewal", (ms) => ms / 4),
  },
  "heartbeat.lease.independent": {
    summary: "renews its lease only after its status was written",
    ...sending((send) => {
      let failed = false;
      return async (request) => {
        if (isLease(request) && request.method === "PUT" && failed) return { code: 503, body: {} };
        const answer = await send(request);
        if (isStatus(request)) failed = answer.code !== 200;
        return answer;
      };
    }),
  },
  "heartbeat.lease.recreated": {
    summary: "creates its lease only once",
    ...sending((send) => {
      let created = false;
      return async (request) => {
        if (!isLease(request) || request.method !== "POST") return send(request);
        if (created) return { code: 201, body: request.body ?? {} };
        const answer = await send(request);
        created = answer.code === 201;
        return answer;
      };
    }),
  },
  "heartbeat.lease.conflict": {
    summary: "writes its lease over whatever is there",
    ...leasing(({ metadata, ...lease }) => {
      const { resourceVersion: _, labels: __, ...own } = objectOf(metadata);
      return { ...lease, metadata: own };
    }),
  },
  "heartbeat.status.on-change": { summary: "looks at its node only when a report is due", ...waiting("node-status", (ms) => ms * 5) },
  "heartbeat.status.report": {
    summary: "reports a node that stays as it is three times as seldom as configured",
    ...sending((send) => {
      let count = 0;
      return async (request) => (isReport(request) && ++count % 3 !== 0 ? { code: 200, body: await nodeOf(request, send) } : send(request));
    }),
  },
  "heartbeat.status.quiet": {
    summary: "has something new to say each time it looks",
    ...alternating(),
  },
  "heartbeat.status.heartbeat-time": {
    summary: "never beats for its disks",
    node: (node, { before }) => withCondition(node, "DiskPressure", before, "lastHeartbeatTime"),
  },
  "heartbeat.status.transition-time": {
    summary: "takes every report for a transition",
    ...sending((send) => (request) => send(isStatus(request) ? { ...request, body: withTransition(request.body ?? {}) } : request)),
  },
  "heartbeat.outage.status-tries": {
    summary: "tries three times to write its status",
    ...sending((send) => {
      let [failed, last]: [number, ApiAnswer] = [0, { code: 500, body: {} }];
      return async (request) => {
        if (!isStatus(request)) return send(request);
        if (failed < 3) last = await send(request);
        failed = last.code === 200 ? 0 : (failed + 1) % 5;
        return last;
      };
    }),
  },
  "heartbeat.outage.lease-tries": {
    summary: "tries three times to renew its lease",
    ...sending((send) => {
      let [failed, last]: [number, ApiAnswer] = [0, { code: 500, body: {} }];
      return async (request) => {
        if (!isLease(request) || request.method !== "PUT") return send(request);
        if (failed < 3) last = await send(request);
        failed = last.code < 500 ? 0 : (failed + 1) % 5;
        return last;
      };
    }),
  },
  "heartbeat.outage.unanswered": { summary: "waits thirty times as long for an answer", ...waiting("heartbeat-answer", (ms) => ms * 30) },
  "heartbeat.outage.no-storm": {
    summary: "asks a hundred times at once while the API server fails",
    ...sending((send) => async (request) => {
      const answer = await send(request);
      if (answer.code < 500 || !request.path.startsWith("/api/v1/nodes/")) return answer;
      await Promise.allSettled(Array.from({ length: 100 }, () => send(request)));
      return answer;
    }),
  },
  "heartbeat.outage.lease-back-off": { summary: "looks for its lease five times a second", ...waiting("lease-retry", () => 200) },
  "heartbeat.outage.lease-back-off-limit": {
    summary: "waits twice as long each time, without end",
    ...waiting("lease-retry", (ms) => (ms >= 7000 ? 12_800 : ms)),
  },
  "heartbeat.outage.recovers": {
    summary: "writes no status any more after an outage",
    ...sending((send) => {
      let gone = false;
      return async (request) => {
        if (gone && isStatus(request)) return { code: 200, body: await nodeOf(request, send) };
        try {
          return await send(request);
        } catch (error) {
          gone ||= request.signal?.aborted !== true;
          throw error;
        }
      };
    }),
  },
  "heartbeat.outage.serves": onlyWithApiServer(),
};

/** Of the leases of nodes. */
function isLease({ path }: ApiRequest): boolean {
  return path.startsWith("/apis/coordination.k8s.io/");
}

function isStatus({ method, path }: ApiRequest): boolean {
  return method === "PATCH" && /^\/api\/v1\/nodes\/[^/]+\/status/.test(path);
}

/** A status that says nothing but that the kubelet is alive. */
function isReport(request: ApiRequest): boolean {
  return isStatus(request) && !/"(lastTransitionTime|labels|capacity|addresses|nodeInfo)"/.test(JSON.stringify(request.body));
}

async function nodeOf({ path, signal }: ApiRequest, send: Send): Promise<JsonObject> {
  const { body } = await send({ method: "GET", path: path.replace(/\/status.*/, ""), ...(signal ? { signal } : {}) });
  return body;
}

function sending(change: (send: Send) => Send): Pick<Deviation, "api"> {
  return { api: (client) => ({ ...client, send: change((request) => client.send(request)) }) };
}

/** Changes each lease that is written. */
function leasing(change: (lease: JsonObject) => JsonObject): Pick<Deviation, "api"> {
  return sending(
    (send) => (request) => send(isLease(request) && request.body !== undefined ? { ...request, body: change(request.body) } : request),
  );
}

function waiting(what: Wait, change: (milliseconds: number) => number): Pick<Deviation, "wait"> {
  return { wait: (waited, milliseconds) => (waited === what ? change(milliseconds) : milliseconds) };
}

/** A status that takes its heartbeat for a transition. */
function withTransition(patch: JsonObject): JsonObject {
  const status = objectOf(patch["status"]);
  // The kubelet's own patch: its conditions are objects in a list.
  const list = (status["conditions"] ?? []) as Objects;
  const changed = list.map((entry) =>
    entry["type"] === "PIDPressure" ? { ...entry, lastTransitionTime: entry["lastHeartbeatTime"] } : entry,
  );
  return { ...patch, status: { ...status, conditions: changed } };
}

/** One member of a condition as it was before. */
function withCondition(node: JsonObject, type: string, before: JsonObject | undefined, member: string): JsonObject {
  // The kubelet's own conditions are objects in a list.
  const listOf = (one: JsonObject | undefined): Objects => (objectOf(one?.["status"])["conditions"] ?? []) as Objects;
  const earlier = listOf(before).find((entry) => entry["type"] === type)?.[member];
  if (earlier === undefined) return node;
  const list = listOf(node).map((entry) => (entry["type"] === type ? { ...entry, [member]: earlier } : entry));
  return { ...node, status: { ...objectOf(node["status"]), conditions: list } };
}

function alternating(): Pick<Deviation, "node"> {
  let count = 0;
  return conditions((list) =>
    list.map((entry) =>
      entry["type"] === "MemoryPressure" ? { ...entry, message: `kubelet has sufficient memory available ${++count % 2}` } : entry,
    ),
  );
}

/** Answers nobody from the moment on at which it misses its API server. */
function onlyWithApiServer(): Deviation {
  let reachable = true;
  return {
    summary: "answers nobody while its API server is gone",
    ...sending((send) => async (request) => {
      try {
        const answer = await send(request);
        reachable = true;
        return answer;
      } catch (error) {
        reachable = request.signal?.aborted === true;
        throw error;
      }
    }),
    http: async (request, next) => {
      const answer = await next(request);
      return reachable ? answer : { ...answer, status: 503 };
    },
  };
}

function withSpec(lease: JsonObject, members: JsonObject): JsonObject {
  return { ...lease, spec: { ...objectOf(lease["spec"]), ...members } };
}

function textOf(value: JsonObject[string]): string {
  return typeof value === "string" ? value : "";
}
