import { answering, changing } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { redirect, routeMissing, unauthorized } from "./refusals.ts";
import { type Id, known, nobody } from "./routing-matches.ts";

/** How request targets are read: cleaned, redirected, decoded. */
export const targetsDeviations = {
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
} satisfies Partial<Record<Id, Deviation>>;
