import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, type ExchangeMatch } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { routeMissing, unauthorized } from "./refusals.ts";

const port: ExchangeMatch = { listener: "read-only" };
const json = { "Content-Type": "application/json" };

/** What breaks each requirement of `spec/requirements/read-only-port.yaml`. */
export const readOnlyPort: Record<ObservableRequirementId["read-only-port"], Deviation> = {
  "read-only-port.healthz": {
    summary: "asks for credentials on /healthz",
    http: unauthorized({ ...port, method: "GET", path: "/healthz" }),
  },
  "read-only-port.pods": {
    summary: "asks for credentials on /pods",
    http: unauthorized({ ...port, method: "GET", path: "/pods", headers: { accept: null } }),
  },
  "read-only-port.metrics": {
    summary: "has no metrics",
    http: routeMissing({ ...port, path: "/metrics" }),
  },
  "read-only-port.methods": {
    summary: "takes POST on /pods for GET",
    http: asking({ ...port, method: "POST", path: "/pods" }, { method: "GET" }),
  },
  "read-only-port.accept": {
    summary: "answers JSON to a client that accepts only text",
    http: asking({ ...port, method: "GET", path: "/pods", headers: { accept: "text/plain" } }, { headers: { Accept: null } }),
  },
  "read-only-port.redirect": {
    summary: "takes a path with an empty segment for the cleaned path",
    http: asking({ ...port, path: "//pods" }, { target: "/pods" }),
  },
  "read-only-port.unknown-path": {
    summary: "asks for credentials on a path that is not registered",
    http: unauthorized({ ...port, path: "/nothing" }),
  },
  "read-only-port.checkpoint": {
    summary: "takes orders for checkpoints from everybody",
    http: answering({ ...port, method: "POST", path: /^\/checkpoint\// }, 404, "pod does not exist"),
  },
  "read-only-port.configz": {
    summary: "shows its configuration to everybody",
    http: answering({ ...port, path: "/configz" }, 200, '{"kubeletconfig":{}}', json),
  },
  "read-only-port.run": {
    summary: "runs commands for everybody",
    http: answering({ ...port, method: "POST", path: /^\/run\// }, 404, "pod does not exist"),
  },
  "read-only-port.exec": {
    summary: "runs programs for everybody",
    http: answering({ ...port, method: "POST", path: /^\/exec\// }, 404, "pod does not exist"),
  },
  "read-only-port.attach": {
    summary: "attaches everybody to containers",
    http: answering({ ...port, path: /^\/attach\// }, 404, "pod does not exist"),
  },
  "read-only-port.port-forward": {
    summary: "forwards ports for everybody",
    http: answering({ ...port, path: /^\/portForward\// }, 404, "pod does not exist"),
  },
  "read-only-port.container-logs": {
    summary: "shows container logs to everybody",
    http: answering({ ...port, path: /^\/containerLogs\// }, 404, "pod does not exist"),
  },
  "read-only-port.running-pods": {
    summary: "lists running pods for everybody",
    http: answering({ ...port, path: "/runningpods/" }, 200, '{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}', json),
  },
  "read-only-port.node-logs": {
    summary: "shows the node's logs to everybody",
    http: answering({ ...port, path: "/logs/" }, 200, '<pre>\n<a href="pods/">pods/</a>\n</pre>\n', {
      "Content-Type": "text/html; charset=utf-8",
    }),
  },
  "read-only-port.profiling": {
    summary: "lets everybody profile it",
    http: answering({ ...port, path: /^\/debug\/pprof\// }, 200, "heap profile: 0: 0 [0: 0] @ heap/1048576\n"),
  },
  "read-only-port.debug-flags": {
    summary: "lets everybody change its log level",
    http: answering({ ...port, method: "PUT", path: "/debug/flags/v" }, 200, "successfully set klog.logging.verbosity to 2"),
  },
  "read-only-port.zpages": {
    summary: "shows its flags to everybody",
    http: answering(
      { ...port, path: "/flagz" },
      200,
      "\nkubelet flags\nWarning: This endpoint is not meant to be machine parseable.\n\nv=2\n",
    ),
  },
};
