import { changing } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { methodNotAllowed } from "./refusals.ts";
import { type Id, known, configz, shown } from "./configuration-matches.ts";

/** What is wrong with /configz. */
export const configzDeviations = {
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
} satisfies Partial<Record<Id, Deviation>>;
