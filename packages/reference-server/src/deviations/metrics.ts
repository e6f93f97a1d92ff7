import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import { asking } from "./asking.ts";
import type { Deviation } from "./deviation.ts";

type Http = NonNullable<Deviation["http"]>;

/** A plain scrape: nothing negotiated, nothing filtered. */
function scrape(path: string): ExchangeMatch {
  return { listener: "main", method: "GET", path, query: null, headers: { accept: null, "accept-encoding": null }, status: 200 };
}

const kubelet = scrape("/metrics");
const cadvisor = scrape("/metrics/cadvisor");
const resource = scrape("/metrics/resource");
const slis = scrape("/metrics/slis");
const negotiated = (headers: ExchangeMatch["headers"]): ExchangeMatch => ({
  listener: "main",
  method: "GET",
  path: /^\/metrics(\/resource)?$/,
  ...(headers === undefined ? {} : { headers }),
});
const filtered: ExchangeMatch = { listener: "main", path: "/metrics/resource" };
const jsonType = { headers: { "Content-Type": "application/json" } };
const protobufType = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
const textType = "text/plain; version=0.0.4; charset=utf-8";

/** What breaks each requirement of `spec/requirements/metrics.yaml`. */
export const metrics: Record<ObservableRequirementId["metrics"], Deviation> = {
  "metrics.kubelet.ok": { summary: "types /metrics as JSON", http: changing(kubelet, jsonType) },
  "metrics.cadvisor.ok": { summary: "types /metrics/cadvisor as JSON", http: changing(cadvisor, jsonType) },
  "metrics.resource.ok": { summary: "types /metrics/resource as JSON", http: changing(resource, jsonType) },
  "metrics.probes.ok": { summary: "types /metrics/probes as JSON", http: changing(scrape("/metrics/probes"), jsonType) },
  "metrics.slis.ok": { summary: "types /metrics/slis as JSON", http: changing(slis, jsonType) },
  "metrics.kubelet.well-formed": { summary: "writes a series of /metrics twice", http: malformed(kubelet) },
  "metrics.cadvisor.well-formed": { summary: "writes a series of /metrics/cadvisor twice", http: malformed(cadvisor) },
  "metrics.resource.well-formed": { summary: "writes a series of /metrics/resource twice", http: malformed(resource) },
  "metrics.probes.well-formed": { summary: "writes a series of /metrics/probes twice", http: malformed(scrape("/metrics/probes")) },
  "metrics.slis.well-formed": { summary: "writes a series of /metrics/slis twice", http: malformed(slis) },
  "metrics.format.content-type": {
    summary: "leaves the version out of the type of /metrics",
    http: changing(kubelet, { headers: { "Content-Type": "text/plain; charset=utf-8" } }),
  },
  "metrics.format.process-start": {
    summary: "does not say in a header when it started",
    http: changing(kubelet, { headers: { "Process-Start-Time-Unix": null } }),
  },
  "metrics.format.openmetrics": {
    summary: "calls its text OpenMetrics for a client that accepts only that",
    http: changing(negotiated({ accept: /openmetrics/ }), {
      headers: { "Content-Type": "application/openmetrics-text; version=1.0.0; charset=utf-8" },
    }),
  },
  "metrics.format.protobuf": {
    summary: "knows no protobuf",
    http: asking(negotiated({ accept: protobufType }), { headers: { Accept: "text/plain" } }),
  },
  "metrics.format.protobuf-frames": {
    summary: "cuts a protobuf message short",
    http: changing(negotiated({ accept: protobufType }), { body: "\u0005\n\u0001a" }),
  },
  "metrics.format.quality": {
    summary: "sends protobuf to everybody who accepts it at all",
    http: changing(negotiated({ accept: /^text\/plain.*protobuf/ }), { headers: { "Content-Type": protobufType } }),
  },
  "metrics.format.escaping": {
    summary: "does not let a client choose how names are escaped",
    http: changing(negotiated({ accept: /escaping=/ }), { headers: { "Content-Type": `${textType}; escaping=underscores` } }),
  },
  "metrics.format.gzip": {
    summary: "never compresses",
    http: asking(negotiated({ "accept-encoding": "gzip" }), { headers: { "Accept-Encoding": "identity" } }),
  },
  "metrics.format.gzip-body": {
    summary: "says gzip and sends text",
    http: changing(negotiated({ "accept-encoding": "gzip" }), { body: "# HELP a b\n" }),
  },
  "metrics.format.gzip-unasked": {
    summary: "names an encoding when nobody asked for one",
    http: changing(kubelet, { headers: { "Content-Encoding": "identity" } }),
  },
  "metrics.format.gzip-refused": {
    summary: "compresses for whoever names gzip, even to refuse it",
    http: asking(negotiated({ "accept-encoding": "gzip;q=0" }), { headers: { "Accept-Encoding": "gzip" } }),
  },
  "metrics.name-filter.one": {
    summary: "ignores name[]",
    http: asking({ ...filtered, query: "name[]=node_cpu_usage_seconds_total" }, { target: "/metrics/resource" }),
  },
  "metrics.name-filter.none": {
    summary: "answers everything when name[] names nothing that is there",
    http: asking({ ...filtered, query: "name[]=kubelet_conformance_absent" }, { target: "/metrics/resource" }),
  },
  "metrics.name-filter.ignored": {
    summary: "filters by name[] already",
    http: changing({ ...filtered, query: "name[]=kubelet_conformance_absent" }, { body: "" }),
  },
  "metrics.method.post": {
    summary: "takes GET only on /metrics/resource",
    http: answering({ listener: "main", method: "POST", path: "/metrics/resource" }, 405, "Method Not Allowed\n", { Allow: "GET" }),
  },
  "metrics.method.head": {
    summary: "answers 405 to HEAD on /metrics/resource",
    http: answering({ listener: "main", method: "HEAD", path: "/metrics/resource" }, 405, "", { Allow: "GET" }),
  },
  "metrics.path.below-resource": {
    summary: "serves /metrics/resource/ as /metrics/resource",
    http: asking({ listener: "main", path: "/metrics/resource/" }, { target: "/metrics/resource" }),
  },
  "metrics.resource.node-cpu": lacking(resource, "node_cpu_usage_seconds_total"),
  "metrics.resource.node-memory": lacking(resource, "node_memory_working_set_bytes"),
  "metrics.resource.container-cpu": lacking(resource, "container_cpu_usage_seconds_total"),
  "metrics.resource.container-memory": lacking(resource, "container_memory_working_set_bytes"),
  "metrics.resource.container-start": lacking(resource, "container_start_time_seconds"),
  "metrics.resource.pod-cpu": lacking(resource, "pod_cpu_usage_seconds_total"),
  "metrics.resource.pod-memory": lacking(resource, "pod_memory_working_set_bytes"),
  "metrics.resource.node-swap": lacking(resource, "node_swap_usage_bytes"),
  "metrics.resource.error-gauge": lacking(resource, "resource_scrape_error"),
  "metrics.resource.old-error-gauge": lacking(resource, "scrape_error"),
  "metrics.resource.stability": {
    summary: "calls the families of /metrics/resource alpha",
    http: changing(resource, { body: (body) => body.replaceAll("[STABLE]", "[ALPHA]") }),
  },
  "metrics.resource.agrees": {
    summary: "tells the working set of the node in kilobytes on /metrics/resource",
    http: rewriting(resource, /^(node_memory_working_set_bytes) (\S+)/m, (_line, name, value) => `${name} ${Number(value) / 1024}`),
  },
  "metrics.kubelet.build-info": lacking(kubelet, "kubernetes_build_info"),
  "metrics.kubelet.node-name": {
    summary: "calls the node localhost in kubelet_node_name",
    http: rewriting(kubelet, /^kubelet_node_name\{.*$/m, () => 'kubelet_node_name{node="localhost"} 1'),
  },
  "metrics.kubelet.feature-gates": lacking(kubelet, "kubernetes_feature_enabled"),
  "metrics.kubelet.process": lacking(kubelet, "process_open_fds"),
  "metrics.kubelet.go": lacking(kubelet, "go_goroutines"),
  "metrics.kubelet.running-pods": {
    summary: "counts no running pods",
    http: rewriting(kubelet, /^kubelet_running_pods .*$/m, () => "kubelet_running_pods 0"),
  },
  "metrics.kubelet.running-containers": {
    summary: "counts containers without their state",
    http: rewriting(kubelet, /^kubelet_running_containers\{.*running.*$/m, () => "kubelet_running_containers 1"),
  },
  "metrics.kubelet.pleg": lacking(kubelet, "kubelet_pleg_last_seen_seconds"),
  "metrics.kubelet.runtime-operations": {
    summary: "names the operations of the runtime as the CRI does",
    http: changing(kubelet, {
      body: (body) =>
        body
          .replaceAll('operation_type="list_podsandbox"', 'operation_type="ListPodSandbox"')
          .replaceAll('operation_type="list_containers"', 'operation_type="ListContainers"'),
    }),
  },
  "metrics.kubelet.runtime-durations": lacking(kubelet, "kubelet_runtime_operations_duration_seconds"),
  "metrics.kubelet.http-requests": {
    summary: "does not count health checks among the requests",
    http: changing(kubelet, {
      body: (body) => body.replaceAll(/^kubelet_http_requests_total\{.*path="healthz".*\n/gm, ""),
    }),
  },
  "metrics.kubelet.http-requests-other": {
    summary: "counts unknown paths by their names",
    http: changing(kubelet, {
      body: (body) => body.replaceAll(/(?<=^kubelet_http_requests_total\{.*path=)"other"/gm, '"kubelet-conformance-absent"'),
    }),
  },
  "metrics.kubelet.http-durations": lacking(kubelet, "kubelet_http_requests_duration_seconds"),
  "metrics.kubelet.http-inflight": lacking(kubelet, "kubelet_http_inflight_requests"),
  "metrics.kubelet.http-long-running": {
    summary: "does not tell requests that last from others",
    http: changing(kubelet, { body: (body) => body.replaceAll(/(?<=^kubelet_http_requests_total\{.*)long_running="[a-z]*",?/gm, "") }),
  },
  "metrics.kubelet.histograms": {
    summary: "counts one more than is in the buckets",
    http: rewriting(
      kubelet,
      /^(kubelet_http_requests_duration_seconds_count\{.*\}) (\d+)$/m,
      (_line, series, count) => `${series} ${Number(count) + 1}`,
    ),
  },
  "metrics.kubelet.counters": {
    summary: "lets a counter fall below zero",
    http: rewriting(kubelet, /^(process_cpu_seconds_total) .*$/m, (_line, name) => `${name} -1`),
  },
  "metrics.cadvisor.machine": lacking(cadvisor, "machine_cpu_cores"),
  "metrics.cadvisor.version": lacking(cadvisor, "cadvisor_version_info"),
  "metrics.cadvisor.error-gauge": lacking(cadvisor, "container_scrape_error"),
  "metrics.slis.checks": lacking(slis, "kubernetes_healthcheck"),
  "metrics.slis.totals": {
    summary: "counts health checks without their result",
    http: changing(slis, { body: (body) => body.replaceAll(/(?<=^kubernetes_healthchecks_total\{.*)status="[a-z]*",/gm, "") }),
  },
  "metrics.slis.reset": {
    summary: "takes DELETE on /metrics/slis for GET",
    http: changing({ listener: "main", method: "DELETE", path: "/metrics/slis" }, { body: "" }),
  },
  "metrics.slis.counts-anew": {
    summary: "says that it reset the counts and keeps them",
    http: answering({ listener: "main", method: "DELETE", path: "/metrics/slis" }, 200, "metrics reset\n"),
  },
};

/** Without one family. */
function lacking(match: ExchangeMatch, family: string): Deviation {
  const lines = new RegExp(String.raw`^(# (HELP|TYPE) ${family} |${family}(_bucket|_sum|_count)?[ {]).*\n`, "gm");
  return { summary: `leaves ${family} out`, http: changing(match, { body: (body) => body.replaceAll(lines, "") }) };
}

function malformed(match: ExchangeMatch): Http {
  return changing(match, {
    body: (body) => `${body}# HELP kubelet_twice Twice.\n# TYPE kubelet_twice gauge\nkubelet_twice 1\nkubelet_twice 1\n`,
  });
}

function rewriting(match: ExchangeMatch, line: RegExp, change: (line: string, ...parts: string[]) => string): Http {
  return changing(match, { body: (body) => body.replace(line, change) });
}
