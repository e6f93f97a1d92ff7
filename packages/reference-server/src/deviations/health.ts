import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { methodNotAllowed, routeMissing, unauthorized } from "./refusals.ts";

const known: ExchangeMatch = { listener: "main", client: "certificate" };

/** What breaks each requirement of `spec/requirements/health.yaml`. */
export const health: Record<ObservableRequirementId["health"], Deviation> = {
  "health.main.ok": {
    summary: "answers 204 on /healthz",
    http: changing({ ...known, method: "GET", path: "/healthz", query: null, headers: { accept: null } }, { status: 204, body: "" }),
  },
  "health.main.headers": {
    summary: "types /healthz as JSON",
    http: changing({ ...known, method: "GET", path: "/healthz", query: null }, { headers: { "Content-Type": "application/json" } }),
  },
  "health.main.verbose": {
    summary: "leaves the list of checks out of /healthz?verbose",
    http: changing({ ...known, path: "/healthz", query: "verbose" }, { body: "healthz check passed\n" }),
  },
  "health.main.verbose-value": {
    summary: "takes verbose=false for not verbose",
    http: changing({ ...known, path: "/healthz", query: "verbose=false" }, { body: "ok" }),
  },
  "health.main.exclude": {
    summary: "ignores exclude",
    http: changing(
      { ...known, path: "/healthz", query: "verbose&exclude=syncloop" },
      { body: (body) => body.replace("syncloop excluded: ok", "syncloop ok") },
    ),
  },
  "health.main.exclude-unknown": {
    summary: "does not warn of unknown excluded checks",
    http: changing({ ...known, path: "/healthz", query: "verbose&exclude=nothing" }, { body: (body) => body.replace(/warn: .*\n/, "") }),
  },
  "health.main.exclude-quiet": {
    summary: "answers 400 to an unknown excluded check",
    http: answering({ ...known, path: "/healthz", query: "exclude=nothing" }, 400, "unknown check\n"),
  },
  "health.check.ping": {
    summary: "has no check ping of its own",
    http: routeMissing({ ...known, method: "GET", path: "/healthz/ping" }),
  },
  "health.check.log": {
    summary: "has no check log of its own",
    http: routeMissing({ ...known, path: "/healthz/log" }),
  },
  "health.check.syncloop": {
    summary: "says that the sync loop is stuck",
    http: answering({ ...known, path: "/healthz/syncloop" }, 500, "internal server error: sync Loop took longer than expected\n"),
  },
  "health.check.device-plugin": {
    summary: "says that device plugins can't register",
    http: answering({ ...known, path: "/healthz/device-plugin" }, 500, "internal server error: device registration error\n"),
  },
  "health.check.unknown": {
    summary: "answers ok for any check",
    http: answering({ ...known, path: "/healthz/nothing" }, 200, "ok"),
  },
  "health.check.trailing-slash": {
    summary: "serves /healthz/ as /healthz",
    http: answering({ ...known, path: "/healthz/" }, 200, "ok"),
  },
  "health.method.head": {
    summary: "answers 405 to HEAD on /healthz",
    http: answering({ ...known, method: "HEAD", path: "/healthz" }, 405, "", { Allow: "GET" }),
  },
  "health.method.delete": {
    summary: "answers 405 to DELETE on a check",
    http: methodNotAllowed({ ...known, method: "DELETE", path: "/healthz/ping" }, "GET"),
  },
  "health.port.ok": {
    summary: "asks for credentials on the healthz port",
    http: unauthorized({ listener: "healthz", method: "GET", path: "/healthz", query: null }),
  },
  "health.port.ping": {
    summary: "has no check ping on the healthz port",
    http: routeMissing({ listener: "healthz", path: "/healthz/ping" }),
  },
  "health.port.only-ping": {
    summary: "checks the sync loop on the healthz port too",
    http: changing(
      { listener: "healthz", path: "/healthz", query: "verbose" },
      { body: "[+]ping ok\n[+]syncloop ok\nhealthz check passed\n" },
    ),
  },
  "health.port.nothing-else": {
    summary: "serves pods on the healthz port",
    http: answering({ listener: "healthz", path: "/pods" }, 200, "{}"),
  },
  "health.port.any-method": {
    summary: "answers 405 to POST on the healthz port",
    http: methodNotAllowed({ listener: "healthz", method: "POST", path: "/healthz" }, "GET"),
  },
  "health.outage.ok": {
    summary: "is unhealthy while its API server is gone",
    http: answering(
      { ...known, method: "GET", path: "/healthz", query: "without-api-server" },
      500,
      "[-]apiserver failed: reason withheld\n",
    ),
  },
};
