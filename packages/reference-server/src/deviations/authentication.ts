import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import { asAdministrator, asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { unauthorized } from "./refusals.ts";

const nobody: ExchangeMatch = { listener: "main", client: "nobody" };
const pods: ExchangeMatch = { listener: "main", method: "GET", path: "/pods", headers: { accept: null } };

/** What breaks each requirement of `spec/requirements/authentication.yaml`. */
export const authentication: Record<ObservableRequirementId["authentication"], Deviation> = {
  "authentication.credentials.accepted": {
    summary: "refuses a valid certificate",
    http: unauthorized({ listener: "main", client: "certificate", method: "GET", path: "/healthz", query: "authenticated" }),
  },
  "authentication.none.pods": {
    summary: "shows its pods to everybody",
    http: asking({ ...pods, client: "nobody" }, asAdministrator),
  },
  "authentication.none.healthz": {
    summary: "tells everybody on the main port that it is healthy",
    http: asking({ ...nobody, method: "GET", path: "/healthz", headers: { accept: null } }, asAdministrator),
  },
  "authentication.none.metrics": {
    summary: "shows its metrics to everybody",
    http: asking({ ...nobody, path: "/metrics" }, asAdministrator),
  },
  "authentication.none.configz": {
    summary: "shows its configuration to everybody",
    http: asking({ ...nobody, path: "/configz" }, asAdministrator),
  },
  "authentication.none.stats": {
    summary: "shows its statistics to everybody",
    http: asking({ ...nobody, path: "/stats/summary" }, asAdministrator),
  },
  "authentication.none.run": {
    summary: "runs commands for everybody",
    http: asking({ ...nobody, method: "POST", path: /^\/run\// }, asAdministrator),
  },
  "authentication.none.body": {
    summary: "sends no body with a 401",
    http: changing({ ...pods, client: "nobody", status: 401 }, { body: "" }),
  },
  "authentication.none.no-challenge": {
    summary: "challenges clients with WWW-Authenticate",
    http: changing({ ...pods, client: "nobody", status: 401 }, { headers: { "WWW-Authenticate": 'Bearer realm="kubelet"' } }),
  },
  "authentication.none.head": {
    summary: "authenticates no HEAD",
    http: asking({ ...nobody, method: "HEAD", path: "/healthz" }, asAdministrator),
  },
  "authentication.token.unknown": {
    summary: "takes every token for a valid one",
    http: asking({ ...pods, client: /^Bearer not-a-token/ }, asAdministrator),
  },
  "authentication.token.empty": {
    summary: "takes an empty token for a valid one",
    http: asking({ ...pods, client: /^Bearer *$/ }, asAdministrator),
  },
  "authentication.basic": {
    summary: "takes every password for a valid one",
    http: asking({ ...pods, client: /^Basic / }, asAdministrator),
  },
  "authentication.certificate.unknown-authority": {
    summary: "takes certificates of any authority",
    http: asking({ ...pods, client: "unknown-certificate" }, asAdministrator),
  },
  "authentication.certificate.unknown-authority-and-anonymous": {
    summary: "takes a client with a certificate of an unknown authority for anonymous",
    http: asking({ listener: "main", client: "unknown-certificate", path: "/healthz" }, { certificate: null }),
  },
  "authentication.certificate.optional": {
    summary: "asks for a certificate before everything else",
    http: answering({ ...nobody, path: "/nothing/at/all" }, 400, "400 No required SSL certificate was sent\n"),
  },
  "authentication.order.before-method": {
    summary: "looks at the method before it authenticates",
    http: asking({ ...nobody, method: "POST", path: "/pods" }, asAdministrator),
  },
  "authentication.order.before-shape": {
    summary: "looks at the shape of the path before it authenticates",
    http: asking({ ...nobody, method: "GET", path: "/pods/default/x" }, asAdministrator),
  },
  "authentication.order.before-accept": {
    summary: "looks at the accepted types before it authenticates",
    http: asking({ ...nobody, method: "GET", path: "/pods", headers: { accept: "text/plain" } }, asAdministrator),
  },
  "authentication.order.checkpoint-method": {
    summary: "looks at the method of a checkpoint before it authenticates",
    http: asking({ ...nobody, method: "GET", path: /^\/checkpoint\/default\/[^/]+\/c$/ }, asAdministrator),
  },
  "authentication.outage.unreviewed-token": {
    summary: "answers 500 for a token that it cannot have reviewed",
    http: changing({ ...pods, client: /^Bearer .*-unreviewed$/, status: 401 }, { status: 500, body: "Internal Server Error" }),
  },
  "authentication.anonymous.served": {
    summary: "refuses clients without credentials although anonymous requests are on",
    http: unauthorized({ ...nobody, method: "GET", path: "/healthz" }),
  },
  "authentication.anonymous.bad-token": {
    summary: "refuses basic authentication although anonymous requests are on",
    http: unauthorized({ listener: "main", client: /^Basic /, path: "/healthz" }),
  },
};
