import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import { asAdministrator, asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";
import { forbidden, methodNotAllowed } from "./refusals.ts";

type Http = NonNullable<Deviation["http"]>;

const known: ExchangeMatch = { listener: "main", client: "certificate" };
const nobody: ExchangeMatch = { listener: "main", client: "nobody" };
/** The configuration as most checks ask for it. */
const configz: ExchangeMatch = { ...known, method: "GET", path: "/configz", query: null, headers: { accept: null } };
const text = { "Content-Type": "text/plain; charset=utf-8" };
const statusText = "\nkubelet statusz\nWarning: none\n\nStarted: now\n";

/** Changes the text of the configuration. */
function shown(from: string | RegExp, to: string): Http {
  return changing(configz, { body: (body) => body.replace(from, to) });
}

const objectOf = (version: string, kind: string): string => `application/json;v=${version};g=config.k8s.io;as=${kind}`;

/** What goes wrong on one of the two pages. */
function page(path: "/statusz" | "/flagz") {
  const kind = path === "/statusz" ? "Statusz" : "Flagz";
  const here: ExchangeMatch = { ...known, path, query: null };
  const accepting = (accept: string | RegExp | null): ExchangeMatch => ({ ...here, method: "GET", headers: { accept } });
  const [alpha, beta] = [objectOf("v1alpha1", kind), objectOf("v1beta1", kind)];
  const taking = (accept: string | RegExp | null, as: string): Http => asking(accepting(accept), { headers: { Accept: as } });
  const inObject = (version: "v1alpha1" | "v1beta1", from: string | RegExp, to: string): Http =>
    changing({ ...accepting(objectOf(version, kind)), status: 200 }, { body: (body) => body.replace(from, to) });
  const inText = (change: (body: string) => string): Http => changing({ ...accepting("text/plain"), status: 200 }, { body: change });
  return { kind, here, accepting, alpha, beta, taking, inObject, inText };
}

const statusz = page("/statusz");
const flagz = page("/flagz");

/** Each answer with the next of these in place of what it draws. */
function inTurn(match: ExchangeMatch, replace: (body: string, turn: number) => string): Http {
  let turn = 0;
  return changing({ ...match, status: 200 }, { body: (body) => replace(body, turn++) });
}

const flagLine = /^(?!kubelet flag)([a-z][a-z0-9-]*)(?:: |[:= ])/gm;

/** What breaks each requirement of `spec/requirements/configuration.yaml`. */
export const configuration: Record<ObservableRequirementId["configuration"], Deviation> = {
  "configuration.configz.response": {
    summary: "leaves authorization out of the configuration",
    http: shown(/"authorization":\{"mode".*?\}\},/, ""),
  },
  "configuration.configz.headers": {
    summary: "names a character set for the configuration",
    http: changing(configz, { headers: { "Content-Type": "application/json; charset=utf-8" } }),
  },
  "configuration.configz.kind": {
    summary: "does not name kind and version of the configuration",
    http: shown(/"kind":"[^"]*","apiVersion":"[^"]*",/, ""),
  },
  "configuration.configz.kind-old": {
    summary: "names kind and version of the configuration",
    http: shown('{"kubeletconfig":{', '{"kubeletconfig":{"kind":"KubeletConfiguration","apiVersion":"kubelet.config.k8s.io/v1beta1",'),
  },
  "configuration.configz.defaults": {
    summary: "shows maxPods only where it is set",
    http: shown(/"maxPods":\d+,/, ""),
  },
  "configuration.configz.durations": {
    summary: "writes a period as a number of nanoseconds",
    http: shown(/"nodeStatusUpdateFrequency":"[^"]*"/, '"nodeStatusUpdateFrequency":10000000000'),
  },
  "configuration.configz.flush-frequency": {
    summary: "writes logging.flushFrequency as a number of nanoseconds",
    http: shown('"flushFrequency":"5s"', '"flushFrequency":5000000000'),
  },
  "configuration.configz.flush-frequency-old": {
    summary: "writes logging.flushFrequency as a text",
    http: shown('"flushFrequency":5000000000', '"flushFrequency":"5s"'),
  },
  "configuration.configz.runtime-endpoint": {
    summary: "shows the endpoint of the container runtime only where the file sets it",
    http: shown(/,"containerRuntimeEndpoint":"[^"]*"/, ""),
  },
  "configuration.configz.anonymous": {
    summary: "shows that requests without credentials are allowed, whatever it does",
    http: shown('"anonymous":{"enabled":false}', '"anonymous":{"enabled":true}'),
  },
  "configuration.configz.order": {
    summary: "lists enableServer last",
    http: changing(configz, { body: (body) => body.replace('"enableServer":true,', "").replace(/\}\}$/, ',"enableServer":true}}') }),
  },
  "configuration.configz.methods": {
    summary: "answers 405 to PUT on /configz",
    http: methodNotAllowed({ ...known, method: "PUT", path: "/configz" }, "GET"),
  },
  "configuration.configz.head": {
    summary: "answers 405 to HEAD on /configz",
    http: methodNotAllowed({ ...known, method: "HEAD", path: "/configz" }, "GET"),
  },
  "configuration.configz.query": {
    summary: "indents the configuration for a client that asks for it",
    http: changing(
      { ...known, method: "GET", path: "/configz", query: /pretty/ },
      { body: (body) => JSON.stringify(JSON.parse(body), null, 2) },
    ),
  },

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
};
