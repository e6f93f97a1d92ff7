import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch, matchesRequest } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";

/** What deviations touch of a pod. */
interface PodView {
  kind?: string;
  apiVersion?: string;
  metadata: { name: string; namespace: string; uid: string; annotations: Record<string, string>; creationTimestamp?: unknown };
  spec: { nodeName: string; containers: unknown[]; tolerations?: unknown[] };
  status: { phase?: string; containerStatuses?: { containerID: string; state: { running?: { startedAt: string | null } } }[] };
}

const list: ExchangeMatch = { listener: "main", method: "GET", path: "/pods", status: 200 };
const allocated: ExchangeMatch = { listener: "main", method: "GET", path: "/allocatedPods", client: "certificate", status: 200 };
const allocatedPod: ExchangeMatch = { listener: "main", method: "GET", path: /^\/allocatedPods\/[^/]+\/[^/]+$/ };
const allocatedPodByUid: ExchangeMatch = { listener: "main", method: "GET", path: /^\/allocatedPods\/[^/]+\/[^/]+\/[^/]+$/ };
const running: ExchangeMatch = { listener: "main", method: "GET", path: "/runningpods/", client: "certificate", status: 200 };

/** What breaks each requirement of `spec/requirements/pods.yaml`. */
export const pods: Record<ObservableRequirementId["pods"], Deviation> = {
  "pods.list.ok": {
    summary: "types the list as text for clients that accept anything",
    http: changing(
      { ...list, query: null, client: "certificate", headers: { accept: null } },
      { headers: { "Content-Type": "text/plain" } },
    ),
  },
  "pods.list.schema": {
    summary: "writes creation times as numbers",
    http: eachPod(list, ({ metadata }) => void (metadata.creationTimestamp = 0)),
  },
  "pods.list.media-type": {
    summary: "adds a charset to the type of the list",
    http: changing({ ...list, query: null }, { headers: { "Content-Type": "application/json; charset=utf-8" } }),
  },
  "pods.list.compact": {
    summary: "indents the list",
    http: changing({ ...list, query: null }, { body: (body) => `${JSON.stringify(JSON.parse(body), null, 2)}\n` }),
  },
  "pods.list.trailing-slash": {
    summary: "does not know /pods/",
    http: answering({ listener: "main", method: "GET", path: "/pods/" }, 404, "404: Page Not Found"),
  },
  "pods.list.query-ignored": {
    summary: "obeys selectors",
    http: eachList({ ...list, query: /labelSelector=/ }, (items) => void items.splice(0)),
  },
  "pods.list.no-watch": {
    summary: "answers a watch with an event",
    http: changing({ ...list, query: "watch=true" }, { body: (body) => `{"type":"ADDED","object":${body.trimEnd()}}\n` }),
  },
  "pods.list.not-compressed": {
    summary: "compresses the list",
    http: compressing({ ...list, headers: { "accept-encoding": /\bgzip\b/ } }),
  },
  "pods.item.no-kind": {
    summary: "repeats kind and apiVersion in every item",
    http: eachPod(list, (pod) => void Object.assign(pod, { kind: "Pod", apiVersion: "v1" })),
  },
  "pods.item.identity": {
    summary: "lists a pod a second time, without its namespace",
    http: repeatingFirst(({ metadata }) => void (metadata.namespace = "")),
  },
  "pods.item.node-name": {
    summary: "lists a pod of another node",
    http: repeatingFirst(({ metadata, spec }) => {
      metadata.name = metadata.name.replace(spec.nodeName, "elsewhere");
      spec.nodeName = "elsewhere";
    }),
  },
  "pods.item.source": {
    summary: "does not say when it saw a pod",
    http: eachPod(list, ({ metadata }) => void delete metadata.annotations["kubernetes.io/config.seen"]),
  },
  "pods.static.name": {
    summary: "lists a static pod a second time, under the name in its manifest",
    http: repeatingFirst(({ metadata, spec }) => void (metadata.name = metadata.name.replace(`-${spec.nodeName}`, ""))),
  },
  "pods.static.uid": {
    summary: "makes up UIDs for static pods",
    http: eachPod(list, ({ metadata }) => void (metadata.uid = "5f2b0c4e-8d1a-4b7e-9a36-0c2d4e6f8a1b")),
  },
  "pods.static.toleration": {
    summary: "leaves out the toleration of static pods",
    http: eachPod(list, ({ spec }) => void delete spec.tolerations),
  },
  "pods.status.containers": {
    summary: "does not say since when a container runs",
    http: eachPod(list, ({ status }) =>
      status.containerStatuses?.forEach(({ state }) => state.running && (state.running.startedAt = null)),
    ),
  },
  "pods.status.container-id": {
    summary: "writes container ids without the runtime",
    http: changing(list, { body: (body) => body.replaceAll(/(?<="containerID":")[^"]*:\/\//g, "") }),
  },
  "pods.running.ok": {
    summary: "leaves the kind of the list on /runningpods/ out",
    http: changing(running, { body: (body) => body.replace('"kind":"PodList",', "") }),
  },
  "pods.running.only-running": {
    summary: "lists what should run on /runningpods/",
    http: both(asking(running, { target: "/pods" }), eachPod(running, emptyStatus)),
  },
  "pods.running.includes-running": {
    summary: "leaves the containers out on /runningpods/",
    http: eachPod(running, ({ spec }) => void (spec.containers = [])),
  },
  "pods.running.empty-status": {
    summary: "writes a phase on /runningpods/",
    http: eachPod(running, ({ status }) => void (status.phase = "Running")),
  },
  "pods.allocated.list": {
    summary: "leaves the kind of the list on /allocatedPods out",
    http: changing(allocated, { body: (body) => body.replace('"kind":"PodList",', "") }),
  },
  "pods.allocated.includes-running": {
    summary: "lists pods under other names on /allocatedPods",
    http: eachPod(allocated, ({ metadata }) => void (metadata.name = "resized")),
  },
  "pods.allocated.empty-status": {
    summary: "writes a phase on /allocatedPods",
    http: eachPod(allocated, ({ status }) => void (status.phase = "Running")),
  },
  "pods.allocated.pod": {
    summary: "leaves kind and apiVersion of an allocated pod out",
    http: changing({ ...allocatedPod, status: 200 }, { body: (body) => body.replace('"kind":"Pod","apiVersion":"v1",', "") }),
  },
  "pods.allocated.by-uid": {
    summary: "finds no allocated pod by its UID",
    http: changing({ ...allocatedPodByUid, status: 200 }, { status: 404, body: "pod not found" }),
  },
  "pods.allocated.another-uid": {
    summary: "ignores the UID in the path of an allocated pod",
    http: (request, next) =>
      matchesRequest(allocatedPodByUid, request)
        ? asking(allocatedPodByUid, { target: request.target.replace(/\/[^/]+$/, "") })(request, next)
        : next(request),
  },
  "pods.allocated.unknown-pod": {
    summary: "answers 404 for an unknown allocated pod as if the route were missing",
    http: changing({ ...allocatedPod, status: 404 }, { body: "404 page not found\n", headers: { "X-Content-Type-Options": "nosniff" } }),
  },
  "pods.allocated.get-only": {
    summary: "takes a POST to /allocatedPods",
    http: asking({ listener: "main", method: "POST", path: "/allocatedPods" }, { method: "GET" }),
  },
  "pods.allocated.subresource-pods": {
    summary: "asks for nodes/proxy alone on /allocatedPods",
    http: answering(
      { listener: "main", path: "/allocatedPods", client: /pods$/ },
      403,
      "Forbidden (user=u-pods, verb=get, resource=nodes, subresource=proxy)",
    ),
  },
  "pods.allocated.forbidden": {
    summary: "shows /allocatedPods to everybody who is authenticated",
    http: changing({ listener: "main", path: "/allocatedPods", status: 403 }, { status: 200, body: "{}" }),
  },
  "pods.allocated.gate-off": {
    summary: "serves /allocatedPods while the gate is off",
    http: asking({ listener: "main", path: "/allocatedPods", client: "certificate" }, { target: "/pods" }),
  },
  "pods.outage.list": {
    summary: "forgets its pods while its API server is gone",
    http: eachList({ ...list, query: "without-api-server" }, (items) => void items.splice(0)),
  },
};

type Http = NonNullable<Deviation["http"]>;

function eachList(match: ExchangeMatch, change: (items: PodView[]) => void): Http {
  return changing(match, {
    body: (body) => {
      // The body is the kubelet's own, so its shape is known.
      const podList = JSON.parse(body) as { items: PodView[] | null };
      change((podList.items ??= []));
      return `${JSON.stringify(podList)}\n`;
    },
  });
}

function eachPod(match: ExchangeMatch, change: (pod: PodView) => void): Http {
  return eachList(match, (items) => items.forEach(change));
}

/** One more pod than there are: pods that exist keep their names, by which clients find them. */
function repeatingFirst(change: (pod: PodView) => void): Http {
  return eachList(list, (items) => {
    const copy = structuredClone(items.slice(0, 1));
    copy.forEach(change);
    items.push(...copy);
  });
}

function emptyStatus(pod: PodView): void {
  pod.status = {};
}

function both(inner: Http, outer: Http): Http {
  return (request, next) => outer(request, (asked) => inner(asked, next));
}

function compressing(match: ExchangeMatch): Http {
  return async (request, next) => {
    const answer = await next(request);
    if (answer.body instanceof Readable || !matchesRequest(match, request)) return answer;
    return { ...answer, headers: [...answer.headers, ["Content-Encoding", "gzip"]], body: gzipSync(answer.body) };
  };
}
