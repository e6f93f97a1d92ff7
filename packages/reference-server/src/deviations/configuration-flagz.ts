import { answering, changing } from "./alter.ts";
import { asAdministrator, asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { forbidden, methodNotAllowed } from "./refusals.ts";
import { type Id, nobody, text, flagz, inTurn, flagLine } from "./configuration-matches.ts";

/** What is wrong with /flagz. */
export const flagzDeviations = {
  "configuration.flagz.text": {
    summary: "names no character set for /flagz",
    http: changing(flagz.accepting("text/plain"), { headers: { "Content-Type": "text/plain" } }),
  },
  "configuration.flagz.text-lines": {
    summary: "does not sort the flags",
    http: flagz.inText((body) => body.replace(/^(address.*\n)([^]*)$/m, "$2$1")),
  },
  "configuration.flagz.text-stable": {
    summary: "draws the delimiter of /flagz each time",
    http: inTurn(flagz.accepting("text/plain"), (body, turn) => body.replaceAll(flagLine, `$1${turn % 2 === 0 ? "=" : ":"}`)),
  },
  "configuration.flagz.known-flags": {
    summary: "tells --kubeconfig only where it is given",
    http: changing(
      { ...flagz.here, method: "GET", status: 200 },
      { body: (body) => body.replace(/^kubeconfig(: |[:= ]).*\n/m, "").replace(/"kubeconfig":"[^"]*",/, "") },
    ),
  },
  "configuration.flagz.no-accept": {
    summary: "refuses a client of /flagz that does not say what it accepts",
    http: answering(flagz.accepting(null), 406, "media type not acceptable, must be: text/plain\n"),
  },
  "configuration.flagz.no-accept-old": {
    summary: "answers text to a client of /flagz that does not say what it accepts",
    http: flagz.taking(null, "text/plain"),
  },
  "configuration.flagz.not-acceptable": {
    summary: "answers an object of its newest version to a client of /flagz that accepts JSON",
    http: flagz.taking("application/json", flagz.beta),
  },
  "configuration.flagz.object": {
    summary: "answers a Flagz as application/json and nothing more",
    http: changing(flagz.accepting(flagz.beta), { headers: { "Content-Type": "application/json" } }),
  },
  "configuration.flagz.object-v1alpha1": {
    summary: "answers a Flagz of v1beta1 to a client that asks for v1alpha1",
    http: flagz.inObject("v1alpha1", "config.k8s.io/v1alpha1", "config.k8s.io/v1beta1"),
  },
  "configuration.flagz.deprecated": {
    summary: "does not warn of a Flagz of v1alpha1",
    http: changing(flagz.accepting(flagz.alpha), { headers: { Warning: null } }),
  },
  "configuration.flagz.yaml": {
    summary: "answers JSON to a client of /flagz that asks for YAML",
    http: flagz.taking(/^application\/yaml;/, flagz.beta),
  },
  "configuration.flagz.same-flags": {
    summary: "tells the verbosity in effect in the object and the flag's in the text",
    http: flagz.inObject("v1alpha1", /"v":"\d+"/, '"v":"9"'),
  },
  "configuration.flagz.methods": {
    summary: "answers 405 to POST on /flagz",
    http: methodNotAllowed({ ...flagz.here, method: "POST" }, "GET"),
  },
  "configuration.flagz.configz-permission": {
    summary: "asks for nodes/flagz on /flagz",
    http: forbidden({ listener: "main", path: "/flagz", client: /^Bearer .*-configz$/ }),
  },
  "configuration.flagz.no-proxy-fallback": {
    summary: "lets nodes/proxy stand in for nodes/configz on /flagz",
    http: asking({ listener: "main", path: "/flagz", client: /^Bearer .*-proxy$/ }, asAdministrator),
  },
  "configuration.flagz.unauthenticated": {
    summary: "shows /flagz to everybody",
    http: asking({ ...nobody, path: "/flagz" }, asAdministrator),
  },
  "configuration.flagz.gate-off": {
    summary: "serves /flagz whatever the gate says",
    http: answering({ ...nobody, path: "/flagz" }, 200, "\nkubelet flagz\nWarning: none\n", text),
  },
  "configuration.flagz.absent": {
    summary: "serves /flagz before its time",
    http: answering({ ...nobody, path: "/flagz" }, 200, "\nkubelet flagz\nWarning: none\n", text),
  },
} satisfies Partial<Record<Id, Deviation>>;
