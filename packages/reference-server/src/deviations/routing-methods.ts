import { answering, changing } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { methodNotAllowed, routeMissing } from "./refusals.ts";
import { type Id, known, checkpoint } from "./routing-matches.ts";

/** Which methods paths have. */
export const methodsDeviations = {
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
} satisfies Partial<Record<Id, Deviation>>;
