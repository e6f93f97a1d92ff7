import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import { asAdministrator, asking, asStranger } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { forbidden } from "./refusals.ts";

/** The checkpoint path of a container that does not exist. */
const absentContainer = /^\/checkpoint\/default\/[^/]+\/c$/;

/** Whoever holds this subresource of nodes only: the testbed's tokens end in its name. */
function holder(subresource: string): ExchangeMatch {
  return { listener: "main", client: new RegExp(`^Bearer .*-${subresource}$`) };
}

/** What breaks each requirement of `spec/requirements/authorization.yaml`. */
export const authorization: Record<ObservableRequirementId["authorization"], Deviation> = {
  "authorization.denied.status": {
    summary: "shows its pods to everybody whom it knows",
    http: asking({ ...holder("none"), method: "GET", path: "/pods" }, asAdministrator),
  },
  "authorization.denied.text": {
    summary: "does not say that the permission is one on nodes",
    http: changing(
      { ...holder("none"), method: "GET", path: "/metrics", status: 403 },
      { body: (body) => body.replace("resource=nodes, ", "") },
    ),
  },
  "authorization.denied.media-type": {
    summary: "types a 403 as JSON",
    http: changing({ ...holder("none"), method: "GET", path: "/pods", status: 403 }, { headers: { "Content-Type": "application/json" } }),
  },
  "authorization.denied.head": {
    summary: "authorizes no HEAD",
    http: asking({ ...holder("none"), method: "HEAD", path: "/healthz" }, asAdministrator),
  },
  "authorization.order.before-method": {
    summary: "looks at the method before it authorizes",
    http: asking({ ...holder("none"), method: "POST", path: "/pods" }, asAdministrator),
  },
  "authorization.order.before-lookup": {
    summary: "looks for the pod before it authorizes",
    http: asking({ ...holder("none"), path: /^\/containerLogs\// }, asAdministrator),
  },
  "authorization.order.unknown-path": {
    summary: "authorizes paths that are not registered",
    http: forbidden({ ...holder("none"), path: "/nothing" }),
  },
  "authorization.order.redirect": {
    summary: "authorizes before it redirects",
    http: forbidden({ ...holder("none"), path: "/stats" }),
  },
  "authorization.checkpoint.own-subresource": {
    summary: "refuses checkpoints to a holder of nodes/checkpoint",
    http: asking({ ...holder("checkpoint"), method: "POST", path: absentContainer }, asStranger),
  },
  "authorization.checkpoint.not-proxy": {
    summary: "lets a holder of nodes/proxy create checkpoints",
    http: asking({ ...holder("proxy"), method: "POST", path: absentContainer }, asAdministrator),
  },
  "authorization.checkpoint.old-proxy": {
    summary: "refuses checkpoints to a holder of nodes/proxy",
    http: asking({ ...holder("proxy"), method: "POST", path: absentContainer }, asStranger),
  },
  "authorization.checkpoint.old-own-subresource": {
    summary: "lets a holder of nodes/checkpoint create checkpoints",
    http: asking({ ...holder("checkpoint"), method: "POST", path: absentContainer }, asAdministrator),
  },
  "authorization.checkpoint.not-pods": {
    summary: "lets a holder of nodes/pods create checkpoints",
    http: asking({ ...holder("pods"), method: "POST", path: absentContainer }, asAdministrator),
  },
  "authorization.checkpoint.before-method": {
    summary: "looks at the method of a checkpoint before it authorizes",
    http: asking({ ...holder("none"), method: "GET", path: absentContainer }, asAdministrator),
  },
  "authorization.checkpoint.other-method": {
    summary: "refuses GET on a checkpoint path to a holder of nodes/checkpoint",
    http: asking({ ...holder("checkpoint"), method: "GET", path: absentContainer }, asStranger),
  },
  "authorization.verb.create": {
    summary: "takes POST for the verb update",
    http: asking({ ...holder("none"), method: "POST", path: "/stats/summary" }, { method: "PUT" }),
  },
  "authorization.verb.get": {
    summary: "takes GET for the verb list",
    http: changing(
      { ...holder("none"), method: "GET", path: "/metrics", status: 403 },
      { body: (body) => body.replace("verb=get", "verb=list") },
    ),
  },
  "authorization.verb.update": {
    summary: "takes PUT for the verb create",
    http: asking({ ...holder("none"), method: "PUT", path: "/metrics" }, { method: "POST" }),
  },
  "authorization.verb.patch": {
    summary: "takes PATCH for the verb update",
    http: asking({ ...holder("none"), method: "PATCH", path: "/metrics" }, { method: "PUT" }),
  },
  "authorization.verb.delete": {
    summary: "takes DELETE for the verb update",
    http: asking({ ...holder("none"), method: "DELETE", path: "/metrics" }, { method: "PUT" }),
  },
  "authorization.verb.head": {
    summary: "takes HEAD for the verb get",
    http: asking({ ...holder("proxy"), method: "HEAD", path: "/healthz" }, { method: "GET" }),
  },
  "authorization.verb.options": {
    summary: "takes OPTIONS for the verb get",
    http: asking({ ...holder("proxy"), method: "OPTIONS", path: "/healthz" }, { method: "GET" }),
  },
  "authorization.pods.proxy": {
    summary: "refuses /pods to a holder of nodes/proxy",
    http: asking({ ...holder("proxy"), method: "GET", path: "/pods" }, asStranger),
  },
  "authorization.pods.own-subresource": {
    summary: "refuses /pods to a holder of nodes/pods",
    http: asking({ ...holder("pods"), method: "GET", path: "/pods" }, asStranger),
  },
  "authorization.pods.old-own-subresource": {
    summary: "lets a holder of nodes/pods read /pods",
    http: asking({ ...holder("pods"), method: "GET", path: "/pods" }, asAdministrator),
  },
  "authorization.running-pods.proxy": {
    summary: "refuses /runningpods/ to a holder of nodes/proxy",
    http: asking({ ...holder("proxy"), method: "GET", path: "/runningpods/" }, asStranger),
  },
  "authorization.running-pods.own-subresource": {
    summary: "refuses /runningpods/ to a holder of nodes/pods",
    http: asking({ ...holder("pods"), method: "GET", path: "/runningpods/" }, asStranger),
  },
  "authorization.running-pods.old-own-subresource": {
    summary: "lets a holder of nodes/pods read /runningpods/",
    http: asking({ ...holder("pods"), method: "GET", path: "/runningpods/" }, asAdministrator),
  },
  "authorization.healthz.proxy": {
    summary: "refuses /healthz to a holder of nodes/proxy",
    http: asking({ ...holder("proxy"), method: "GET", path: "/healthz" }, asStranger),
  },
  "authorization.healthz.own-subresource": {
    summary: "refuses the checks of /healthz to a holder of nodes/healthz",
    http: asking({ ...holder("healthz"), method: "GET", path: "/healthz/ping" }, asStranger),
  },
  "authorization.healthz.not-pods": {
    summary: "lets a holder of nodes/pods read /healthz",
    http: asking({ ...holder("pods"), method: "GET", path: "/healthz" }, asAdministrator),
  },
  "authorization.configz.proxy": {
    summary: "refuses /configz to a holder of nodes/proxy",
    http: asking({ ...holder("proxy"), method: "GET", path: "/configz" }, asStranger),
  },
  "authorization.configz.own-subresource": {
    summary: "refuses /configz to a holder of nodes/configz",
    http: asking({ ...holder("configz"), method: "GET", path: "/configz" }, asStranger),
  },
  "authorization.metrics.own-subresource": {
    summary: "refuses metrics to a holder of nodes/metrics",
    http: asking({ ...holder("metrics"), method: "GET", path: "/metrics/probes" }, asStranger),
  },
  "authorization.metrics.not-proxy": {
    summary: "lets a holder of nodes/proxy read metrics",
    http: asking({ ...holder("proxy"), method: "GET", path: "/metrics/resource" }, asAdministrator),
  },
  "authorization.stats.own-subresource": {
    summary: "refuses /stats to a holder of nodes/stats",
    http: asking({ ...holder("stats"), method: "PUT", path: "/stats/summary" }, asStranger),
  },
  "authorization.stats.not-proxy": {
    summary: "lets a holder of nodes/proxy read /stats/summary",
    http: asking({ ...holder("proxy"), method: "GET", path: "/stats/summary" }, asAdministrator),
  },
  "authorization.logs.own-subresource": {
    summary: "refuses /logs to a holder of nodes/log",
    http: asking({ ...holder("log"), method: "POST", path: "/logs/" }, asStranger),
  },
  "authorization.logs.not-proxy": {
    summary: "lets a holder of nodes/proxy read the node's logs",
    http: asking({ ...holder("proxy"), method: "GET", path: "/logs/" }, asAdministrator),
  },
  "authorization.run.proxy": {
    summary: "refuses commands to a holder of nodes/proxy",
    http: asking({ ...holder("proxy"), method: "POST", path: /^\/run\// }, asStranger),
  },
  "authorization.run.not-checkpoint": {
    summary: "lets a holder of nodes/checkpoint run commands",
    http: asking({ ...holder("checkpoint"), method: "POST", path: /^\/run\// }, asAdministrator),
  },
  "authorization.exec.get-is-enough": {
    summary: "takes GET on /exec for the verb create",
    http: changing({ ...holder("none"), path: /^\/exec\//, status: 403 }, { body: (body) => body.replace("verb=get", "verb=create") }),
  },
  "authorization.spec.grants-nothing": {
    summary: "lets a holder of nodes/spec read /pods",
    http: asking({ ...holder("spec"), method: "GET", path: "/pods" }, asAdministrator),
  },
  "authorization.outage.unreviewed": {
    summary: "takes a review that fails for a denial",
    http: changing(
      { ...holder("reviewed"), path: "/metrics", status: 500 },
      { status: 403, body: (body) => body.replace("Authorization error", "Forbidden") },
    ),
  },
  "authorization.outage.reviewed": {
    summary: "remembers no review",
    http: answering(
      { ...holder("reviewed"), path: "/stats/summary", query: /./ },
      500,
      "Authorization error (user=u-reviewed, verb=get, resource=nodes, subresource=stats)",
    ),
  },
};
