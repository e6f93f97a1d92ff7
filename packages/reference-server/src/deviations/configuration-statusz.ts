import { answering, changing } from "./alter.ts";
import { asAdministrator, asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { methodNotAllowed } from "./refusals.ts";
import { type Id, known, nobody, text, statusText, objectOf, statusz, inTurn } from "./configuration-matches.ts";

/** What is wrong with /statusz. */
export const statuszDeviations = {
  "configuration.statusz.text": {
    summary: "leaves the warning out of /statusz",
    http: statusz.inText((body) => body.replace(/Warning: .*\n/, "")),
  },
  "configuration.statusz.text-lines": {
    summary: "does not tell the emulation version as text",
    http: statusz.inText((body) => body.replace(/Emulation version.*\n/, "")),
  },
  "configuration.statusz.any-type": {
    summary: "answers an object to a client that accepts anything",
    http: statusz.taking("*/*", statusz.beta),
  },
  "configuration.statusz.no-accept": {
    summary: "refuses a client of /statusz that does not say what it accepts",
    http: answering(statusz.accepting(null), 406, "media type not acceptable, must be: text/plain\n"),
  },
  "configuration.statusz.no-accept-old": {
    summary: "answers text to a client that does not say what it accepts",
    http: statusz.taking(null, "text/plain"),
  },
  "configuration.statusz.list": {
    summary: "looks only at the first of the types accepted",
    http: statusz.taking(/^text\/html,/, "text/html"),
  },
  "configuration.statusz.not-acceptable": {
    summary: "answers an object of its newest version to a client that accepts JSON",
    http: statusz.taking("application/json", statusz.beta),
  },
  "configuration.statusz.not-acceptable-old": {
    summary: "answers an object to a client that accepts JSON",
    http: answering(statusz.accepting("application/json"), 200, "{}", { "Content-Type": "application/json" }),
  },
  "configuration.statusz.html": {
    summary: "answers text to a client that accepts only HTML",
    http: statusz.taking("text/html", "text/plain"),
  },
  "configuration.statusz.object": {
    summary: "answers v1alpha1 to a client that asks for v1beta1",
    http: statusz.inObject("v1beta1", "config.k8s.io/v1beta1", "config.k8s.io/v1alpha1"),
  },
  "configuration.statusz.object-v1alpha1": {
    summary: "answers v1beta1 to a client that asks for v1alpha1",
    http: statusz.inObject("v1alpha1", "config.k8s.io/v1alpha1", "config.k8s.io/v1beta1"),
  },
  "configuration.statusz.content-type": {
    summary: "answers an object as application/json and nothing more",
    http: changing(statusz.accepting("application/json;as=Statusz;v=v1beta1;g=config.k8s.io"), {
      headers: { "Content-Type": "application/json" },
    }),
  },
  "configuration.statusz.yaml": {
    summary: "answers JSON to a client that asks for YAML",
    http: statusz.taking(/^application\/yaml;/, statusz.beta),
  },
  "configuration.statusz.v1beta1-absent": {
    summary: "answers v1alpha1 to a client that asks for v1beta1",
    http: statusz.taking(statusz.beta, statusz.alpha),
  },
  "configuration.statusz.unknown-version": {
    summary: "answers an older version to a client that asks for v1",
    http: statusz.taking(objectOf("v1", "Statusz"), statusz.alpha),
  },
  "configuration.statusz.other-kind": {
    summary: "answers a Statusz to a client that asks for a Flagz",
    http: statusz.taking(objectOf("v1alpha1", "Flagz"), statusz.alpha),
  },
  "configuration.statusz.next-version": {
    summary: "refuses a list whose first version it does not have",
    http: statusz.taking(/v=v2;/, "text/html"),
  },
  "configuration.statusz.deprecated": {
    summary: "does not warn of v1alpha1",
    http: changing(statusz.accepting(statusz.alpha), { headers: { Warning: null } }),
  },
  "configuration.statusz.not-deprecated": {
    summary: "warns of v1beta1",
    http: changing(statusz.accepting(statusz.beta), {
      headers: { Warning: '299 - "This version of the statusz endpoint is deprecated."' },
    }),
  },
  "configuration.statusz.versions": {
    summary: "tells no version of its own",
    http: statusz.inObject("v1alpha1", /"binaryVersion":"[^"]*"/, '"binaryVersion":"0.0.0"'),
  },
  "configuration.statusz.paths": {
    summary: "lists a service among the paths of plain handlers",
    http: statusz.inObject("v1alpha1", /"\/metrics"\]/, '"/metrics","/pods"]'),
  },
  "configuration.statusz.uptime": {
    summary: "tells when it was asked as its start",
    http: inTurn(statusz.accepting(statusz.alpha), (body, turn) =>
      body.replace(/"startTime":"[^"]*"/, `"startTime":"2026-01-01T00:00:${10 + (turn % 50)}Z"`),
    ),
  },
  "configuration.statusz.delimiter": {
    summary: "always puts a colon between name and value",
    http: statusz.inText((body) => body.replaceAll(/^(Started|Up|Go version|Binary version|Emulation version|Paths)(: |[:= ]) /gm, "$1: ")),
  },
  "configuration.statusz.pretty": {
    summary: "never indents",
    http: asking({ ...known, path: "/statusz", query: "pretty=true" }, { target: "/statusz" }),
  },
  "configuration.statusz.methods": {
    summary: "answers 405 to POST on /statusz",
    http: methodNotAllowed({ ...statusz.here, method: "POST" }, "GET"),
  },
  "configuration.statusz.unauthenticated": {
    summary: "shows /statusz to everybody",
    http: asking({ ...nobody, path: "/statusz" }, asAdministrator),
  },
  "configuration.statusz.no-proxy-fallback": {
    summary: "lets nodes/proxy stand in for nodes/statusz",
    http: asking({ listener: "main", path: "/statusz", client: /^Bearer .*-proxy$/ }, asAdministrator),
  },
  "configuration.statusz.gate-off": {
    summary: "serves /statusz whatever the gate says",
    http: answering({ ...nobody, path: "/statusz" }, 200, statusText, text),
  },
  "configuration.statusz.absent": {
    summary: "serves /statusz before its time",
    http: answering({ ...nobody, path: "/statusz" }, 200, statusText, text),
  },
  "configuration.statusz.read-only-port-old": {
    summary: "serves /statusz on the read-only port",
    http: answering({ listener: "read-only", path: "/statusz" }, 200, statusText, text),
  },
  "configuration.statusz.read-only-port": {
    summary: "serves /statusz on the read-only port",
    http: answering({ listener: "read-only", path: "/statusz" }, 200, statusText, text),
  },
  "configuration.statusz.read-only-port-open": {
    summary: "does not serve /statusz on the read-only port",
    http: answering({ listener: "read-only", path: "/statusz" }, 404, "404 page not found\n"),
  },
} satisfies Partial<Record<Id, Deviation>>;
