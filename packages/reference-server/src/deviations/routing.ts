import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import { asAdministrator, asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { methodNotAllowed, notAcceptable, redirect, routeMissing, unauthorized } from "./refusals.ts";

const known: ExchangeMatch = { listener: "main", client: "certificate" };
const nobody: ExchangeMatch = { listener: "main", client: "nobody" };
const json = { "Content-Type": "application/json" };
/** The checkpoint path of a container that does not exist. */
const checkpoint: ExchangeMatch = { ...known, path: /^\/checkpoint\/default\/[^/]+\/c$/ };
const anyAccept = { headers: { Accept: null } };

/** What breaks each requirement of `spec/requirements/routing.yaml`. */
export const routing: Record<ObservableRequirementId["routing"], Deviation> = {
  "routing.not-found.unknown-path": {
    summary: "answers 404 on an unknown path with a Status object",
    http: answering({ ...known, path: "/nothing" }, 404, '{"kind":"Status","apiVersion":"v1","status":"Failure","code":404}\n', json),
  },
  "routing.not-found.without-authentication": {
    summary: "asks for credentials on a path that is not registered",
    http: unauthorized({ ...nobody, path: "/nothing" }),
  },
  "routing.not-found.prefix-of-name": {
    summary: "takes /podsx for /pods",
    http: asking({ ...known, path: "/podsx" }, { target: "/pods" }),
  },
  "routing.not-found.case": { summary: "takes /Pods for /pods", http: asking({ ...known, path: "/Pods" }, { target: "/pods" }) },
  "routing.not-found.below-handler": {
    summary: "takes /configz/ for /configz",
    http: asking({ ...known, path: "/configz/" }, { target: "/configz" }),
  },

  "routing.not-found.root": {
    summary: "has a page at its root",
    http: answering({ ...nobody, path: "/" }, 200, "kubelet\n"),
  },
  "routing.not-found.api-server-paths": {
    summary: "has /readyz, as an API server",
    http: answering({ ...nobody, path: "/readyz" }, 200, "ok"),
  },
  "routing.not-found.spec": {
    summary: "has /spec/, as in older documents",
    http: unauthorized({ ...nobody, path: "/spec/" }),
  },
  "routing.not-found.cri": {
    summary: "serves streams below /cri",
    http: methodNotAllowed({ ...nobody, path: /^\/cri\// }, "GET, POST"),
  },
  "routing.not-found.old-metrics": {
    summary: "still has the resource metrics' older path",
    http: unauthorized({ ...nobody, path: "/metrics/resource/v1alpha1" }),
  },
  "routing.not-found.parameters": {
    summary: "takes a semicolon for the beginning of a path's parameters",
    http: asking({ ...nobody, path: "/pods;v=1" }, { target: "/pods" }),
  },

  "routing.shape.too-short": {
    summary: "answers as the mux does to a checkpoint path without a container",
    http: routeMissing({ ...known, method: "POST", path: "/checkpoint/default/a" }),
  },
  "routing.shape.too-long": {
    summary: "ignores what follows the container in a checkpoint path",
    http: asking({ ...known, method: "POST", path: "/checkpoint/default/a/b/c" }, { target: "/checkpoint/default/a/b" }),
  },
  "routing.shape.root": {
    summary: "answers as the mux does to the bare root of the checkpoint service",
    http: routeMissing({ ...known, method: "POST", path: "/checkpoint/" }),
  },
  "routing.shape.before-method": {
    summary: "looks at the method before the shape of the path",
    http: methodNotAllowed({ ...known, method: "GET", path: "/checkpoint/default" }, "POST"),
  },
  "routing.shape.pods": {
    summary: "takes /pods/default for /pods",
    http: asking({ ...known, method: "GET", path: "/pods/default" }, { target: "/pods" }),
  },
  "routing.shape.stats": {
    summary: "answers as the mux does to the root of the stats service",
    http: routeMissing({ ...known, method: "GET", path: "/stats/" }),
  },

  "routing.shape.old-stats": {
    summary: "answers as the mux does to /stats/container",
    http: routeMissing({ ...known, path: "/stats/container" }),
  },
  "routing.shape.old-stats-unauthenticated": {
    summary: "says to everybody that /stats/container is not there",
    http: asking({ ...nobody, path: "/stats/container" }, asAdministrator),
  },
  "routing.shape.service-roots": {
    summary: "redirects /exec to /exec/",
    http: redirect({ ...known, path: "/exec" }, "/exec/"),
  },
  "routing.shape.trailing-slash": {
    summary: "answers as the mux does to /stats/summary/",
    http: routeMissing({ ...known, method: "PUT", path: "/stats/summary/" }),
  },

  "routing.method.checkpoint-get": {
    summary: "takes GET on a checkpoint path for POST",
    http: asking({ ...checkpoint, method: "GET" }, { method: "POST" }),
  },
  "routing.method.checkpoint-head": {
    summary: "takes HEAD on a checkpoint path for POST",
    http: asking({ ...checkpoint, method: "HEAD" }, { method: "POST" }),
  },
  "routing.method.checkpoint-options": {
    summary: "answers a CORS preflight on a checkpoint path",
    http: answering({ ...checkpoint, method: "OPTIONS" }, 204, "", { "Access-Control-Allow-Methods": "POST" }),
  },
  "routing.method.checkpoint-others": {
    summary: "takes PUT on a checkpoint path for POST",
    http: asking({ ...checkpoint, method: "PUT" }, { method: "POST" }),
  },
  "routing.method.unknown": {
    summary: "answers 501 to a method that it does not know",
    http: answering({ ...checkpoint, method: "FOO" }, 501, "Not Implemented"),
  },
  "routing.method.pods-post": {
    summary: "takes POST on /pods for GET",
    http: asking({ ...known, method: "POST", path: "/pods" }, { method: "GET" }),
  },
  "routing.method.pods-head": {
    summary: "answers HEAD on /pods as GET",
    http: asking({ ...known, method: "HEAD", path: "/pods" }, { method: "GET" }),
  },
  "routing.method.pods-others": {
    summary: "answers OPTIONS on /pods with the methods that it allows and 200",
    http: answering({ ...known, method: "OPTIONS", path: "/pods" }, 200, "", { Allow: "GET" }),
  },
  "routing.method.running-pods": {
    summary: "takes POST on /runningpods/ for GET",
    http: asking({ ...known, method: "POST", path: "/runningpods/" }, { method: "GET" }),
  },
  "routing.method.stats": {
    summary: "leaves POST out of the methods of /stats/summary",
    http: changing({ ...known, method: "PUT", path: "/stats/summary" }, { headers: { Allow: "GET" } }),
  },
  "routing.method.plain-handler": {
    summary: "answers 405 to POST on /healthz",
    http: methodNotAllowed({ ...known, method: "POST", path: "/healthz" }, "GET"),
  },
  "routing.method.plain-handler-delete": {
    summary: "answers 405 to DELETE on /configz",
    http: methodNotAllowed({ ...known, method: "DELETE", path: "/configz" }, "GET"),
  },
  "routing.method.options-asterisk": {
    summary: 'answers 404 to "OPTIONS *"',
    http: routeMissing({ listener: "main", method: "OPTIONS", path: "*" }),
  },

  "routing.method.connect": {
    summary: "refuses CONNECT before it looks at the path",
    http: methodNotAllowed({ ...known, method: "CONNECT", path: "/healthz" }, "GET"),
  },
  "routing.method.trace": {
    summary: "echoes a TRACE request",
    http: answering({ ...known, method: "TRACE", path: "/healthz" }, 200, "TRACE /healthz HTTP/1.1\r\n", {
      "Content-Type": "message/http",
    }),
  },
  "routing.method.case": {
    summary: "takes get for GET",
    http: asking({ ...known, method: "get", path: "/pods" }, { method: "GET" }),
  },
  "routing.method.asterisk-get": {
    summary: "takes * for a path",
    http: routeMissing({ listener: "main", method: "GET", path: "*" }),
  },

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

  "routing.redirect.double-slash": {
    summary: "redirects to the path as it was sent, which names another host",
    http: changing({ ...known, method: "GET", path: "//healthz", query: null }, { headers: { Location: "//healthz" } }),
  },
  "routing.redirect.status": {
    summary: "redirects with 308",
    http: changing({ ...known, method: "GET", path: "//healthz", query: null }, { status: 308 }),
  },
  "routing.redirect.dot-segments": {
    summary: "looks for a target before it cleans dot segments",
    http: routeMissing({ ...known, path: "/nothing/./x/../y" }),
  },
  "routing.redirect.query": {
    summary: "drops the query in a redirect",
    http: changing({ ...known, method: "GET", path: "//healthz", query: /./ }, { headers: { Location: "/healthz" } }),
  },
  "routing.redirect.without-authentication": {
    summary: "asks for credentials before it redirects",
    http: unauthorized({ ...nobody, path: "//healthz" }),
  },
  "routing.redirect.body": {
    summary: "redirects a GET without a body",
    http: changing({ ...known, method: "GET", path: "//healthz", query: null }, { body: "" }),
  },
  "routing.redirect.post": {
    summary: "redirects a POST with a line of HTML",
    http: changing({ ...known, method: "POST", path: "//healthz" }, { body: '<a href="/healthz">Moved Permanently</a>.\n\n' }),
  },
  "routing.redirect.running-pods": {
    summary: "takes /runningpods for /runningpods/",
    http: asking({ ...known, method: "GET", path: "/runningpods" }, { target: "/runningpods/" }),
  },
  "routing.redirect.checkpoint-root": {
    summary: "asks for credentials before it redirects /checkpoint",
    http: unauthorized({ ...nobody, method: "POST", path: "/checkpoint" }),
  },
  "routing.redirect.checkpoint-root-old": {
    summary: "redirects /checkpoint",
    http: redirect({ ...known, method: "POST", path: "/checkpoint" }, "/checkpoint/"),
  },
  "routing.redirect.root": {
    summary: "refuses dot segments that lead out of the root",
    http: answering({ ...nobody, path: "/../../healthz" }, 400, "400 Bad Request"),
  },
  "routing.redirect.handler": {
    summary: "asks for credentials before it redirects /logs",
    http: unauthorized({ ...nobody, path: "/logs" }),
  },
  "routing.redirect.own-host": {
    summary: "redirects to the host that a path names",
    http: changing({ ...nobody, path: "//kubelet.example/healthz" }, { headers: { Location: "//kubelet.example/healthz" } }),
  },
  "routing.encoding.letter": {
    summary: "does not decode paths",
    http: routeMissing({ ...known, path: "/%70ods" }),
  },
  "routing.encoding.redirect": {
    summary: "looks for the missing slash of a path as it was sent",
    http: routeMissing({ ...known, path: "/%73tats" }),
  },
  "routing.encoding.leading-slash": {
    summary: "redirects a path that begins with an encoded slash",
    http: redirect({ ...nobody, path: "/%2Fhealthz" }, "/healthz"),
  },
  "routing.encoding.dot-segments": {
    summary: "decodes dot segments before it cleans the path",
    http: asking({ ...known, method: "POST", path: "/checkpoint/default/%2E%2E/c" }, { target: "/checkpoint/default/../c" }),
  },
  "routing.encoding.broken-escape": {
    summary: "asks for credentials before it decodes the path",
    http: unauthorized({ ...nobody, path: "/checkpoint/default/%zz/c" }),
  },
  "routing.target.absolute": {
    summary: "takes a target in absolute form for a path",
    http: routeMissing({ ...known, path: /^https?:/ }),
  },
  "routing.target.long": {
    summary: "takes no path of more than 8 KiB",
    http: answering({ ...nobody, path: /^\/a{8192}/ }, 414, "URI Too Long"),
  },
  "routing.protocol.http2": {
    summary: "answers 505 over HTTP/2",
    http: answering({ listener: "main", path: "/healthz", httpVersion: "2.0" }, 505, "HTTP Version Not Supported"),
  },

  "routing.debugging-off.stub": {
    summary: "has no /logs/ at all while debugging handlers are off",
    http: changing(
      { ...known, path: "/logs/", text: /^Debug endpoints are disabled/ },
      { status: 404, body: "404 page not found\n", headers: { "X-Content-Type-Options": "nosniff" } },
    ),
  },
  "routing.debugging-off.configz": {
    summary: "serves /configz while debugging handlers are off",
    http: changing(
      { ...known, path: "/configz", status: 404 },
      { status: 200, body: '{"kubeletconfig":{"enableDebuggingHandlers":false}}', headers: json },
    ),
  },
  "routing.debugging-off.pods": {
    summary: "takes /pods for a debugging path",
    http: answering({ ...known, method: "GET", path: "/pods", headers: { accept: "*/*" } }, 405, "Debug endpoints are disabled.\n"),
  },
};
