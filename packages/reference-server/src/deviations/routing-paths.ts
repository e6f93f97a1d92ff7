import { answering, changing } from "./alter.ts";
import { asAdministrator, asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { methodNotAllowed, redirect, routeMissing, unauthorized } from "./refusals.ts";
import { type Id, known, nobody, json } from "./routing-matches.ts";

/** What is there and what is not. */
export const pathsDeviations = {
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
} satisfies Partial<Record<Id, Deviation>>;
