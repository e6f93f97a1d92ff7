import { answering } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { notAcceptable } from "./refusals.ts";
import { type Id, known, json, checkpoint, anyAccept } from "./routing-matches.ts";

/** What clients accept. */
export const representationsDeviations = {
  "routing.accept.unacceptable": {
    summary: "answers JSON to a client that accepts only text",
    http: asking({ ...known, method: "GET", path: "/pods", headers: { accept: "text/plain" } }, anyAccept),
  },
  "routing.accept.partial-wildcard": {
    summary: "matches application/* with JSON",
    http: asking({ ...known, method: "GET", path: "/pods", headers: { accept: "application/*" } }, anyAccept),
  },
  "routing.accept.protobuf": {
    summary: "offers protobuf on /pods",
    http: answering({ ...known, method: "GET", path: "/pods", headers: { accept: "application/vnd.kubernetes.protobuf" } }, 200, "k8s\0", {
      "Content-Type": "application/vnd.kubernetes.protobuf",
    }),
  },
  "routing.accept.list": {
    summary: "looks only at the first of the accepted types",
    http: asking(
      { ...known, method: "GET", path: "/pods", headers: { accept: "text/html, application/json" } },
      { headers: { Accept: "text/html" } },
    ),
  },
  "routing.accept.parameters": {
    summary: "compares accepted types together with their parameters",
    http: notAcceptable({ ...known, method: "GET", path: "/pods", headers: { accept: "application/json;q=0.5" } }),
  },
  "routing.accept.empty": {
    summary: "takes an empty Accept for one that accepts nothing",
    http: notAcceptable({ ...known, method: "GET", path: "/pods", headers: { accept: "" } }),
  },
  "routing.accept.checkpoint-with-length": {
    summary: "ignores Accept on a checkpoint with a Content-Length",
    http: asking({ ...checkpoint, method: "POST", headers: { accept: "text/plain", "content-length": /./ } }, anyAccept),
  },
  "routing.accept.checkpoint-without-length": {
    summary: "ignores Accept on a checkpoint without a Content-Length",
    http: asking({ ...checkpoint, method: "POST", headers: { accept: "text/plain", "content-length": null } }, anyAccept),
  },
  "routing.accept.before-lookup": {
    summary: "looks for the pod of a checkpoint before it looks at Accept",
    http: asking({ ...checkpoint, method: "POST", headers: { accept: "application/yaml" } }, anyAccept),
  },
  "routing.accept.ignored-healthz": {
    summary: "answers 406 on /healthz to a client that accepts only YAML",
    http: notAcceptable({ ...known, path: "/healthz", headers: { accept: "application/yaml" } }),
  },
  "routing.accept.ignored-configz": {
    summary: "answers 406 on /configz to a client that accepts only YAML",
    http: notAcceptable({ ...known, path: "/configz", headers: { accept: "application/yaml" } }),
  },
  "routing.accept.ignored-metrics": {
    summary: "answers metrics as JSON to a client that accepts only JSON",
    http: answering({ ...known, path: "/metrics/probes", headers: { accept: "application/json" } }, 200, "[]", json),
  },
} satisfies Partial<Record<Id, Deviation>>;
