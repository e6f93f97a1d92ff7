import { mediaTypeOf } from "@kubelet-conformance/exchange";
import { behaviourAt } from "@kubelet-conformance/spec";
import { gunzipSync } from "node:zlib";
import { afresh, type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer, parseJson } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import { quoted } from "../engine/text.ts";
import { exposition, ExpositionError } from "../target/exposition.ts";
import { type Sample, samples } from "../target/prometheus.ts";
import { headerOf } from "../target/wire.ts";
import { delimitedMessages } from "./metrics-protobuf.ts";
import { requestMetrics } from "./metrics-requests.ts";

type Check = (context: CheckContext) => Promise<void>;

const protobuf = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

/** `spec/requirements/metrics.yaml`, the requirements that look at more than one series or scrape. */
export const metrics: AreaChecks<"metrics"> = {
  "metrics.kubelet.well-formed": wellFormed("/metrics"),
  "metrics.cadvisor.well-formed": wellFormed("/metrics/cadvisor"),
  "metrics.resource.well-formed": wellFormed("/metrics/resource"),
  "metrics.probes.well-formed": wellFormed("/metrics/probes"),
  "metrics.slis.well-formed": wellFormed("/metrics/slis"),
  ...requestMetrics,

  "metrics.format.protobuf-frames": async (context) => {
    const response = await context.send({ target: "/metrics/resource", headers: { Accept: protobuf } });
    if (mediaTypeOf(headerOf(response, "content-type")) !== "application/vnd.google.protobuf") {
      context.notApplicable("this kubelet answers in the text format whatever is asked");
    }
    const names = delimitedMessages(response.body);
    if (names === undefined) throw new Broken("messages, each behind its length", `${response.body.length} bytes that are cut elsewhere`);
    const odd = names.find((name) => !/^[a-zA-Z_:][\w:]*$/.test(name));
    if (odd !== undefined) throw new Broken("messages that begin with the name of a family", quoted(odd));
  },

  "metrics.format.gzip-body": async (context) => {
    const response = await context.send({ target: "/metrics", headers: { "Accept-Encoding": "gzip" } });
    if (headerOf(response, "content-encoding") !== "gzip") context.notApplicable("this kubelet does not compress");
    try {
      const text = gunzipSync(response.body).toString();
      if (!text.startsWith("# HELP ")) throw new Broken("metrics in the gzip stream", quoted(text));
    } catch (error) {
      if (error instanceof Broken) throw error;
      throw new Broken("a gzip stream", error instanceof Error ? error.message : String(error));
    }
  },

  "metrics.resource.agrees": async (context) => {
    const [here] = samples(await scrape(afresh(context), "/metrics/resource"), "node_memory_working_set_bytes");
    const summary = parseJson(await context.send({ target: "/stats/summary?only_cpu_and_memory=true" }))?.value;
    const there = pointer(summary, "/node/memory/workingSetBytes");
    // That either is missing is another requirement's failure.
    if (here === undefined || typeof there !== "number" || there === 0) return;
    const factor = here.value / there;
    if (factor > 4 || factor < 1 / 4) throw new Broken(`a working set near ${there} bytes`, String(here.value));
  },

  "metrics.kubelet.node-name": async (context) => {
    const found = samples(await scrape(context), "kubelet_node_name");
    const wanted = context.target.nodeName;
    const isRight = found.length === 1 && (wanted === undefined ? found[0]?.labels["node"] !== "" : found[0]?.labels["node"] === wanted);
    if (!isRight) throw new Broken(`kubelet_node_name of ${wanted ?? "one node"}`, shown(found));
  },

  "metrics.kubelet.process": async (context) => {
    const text = await scrape(context);
    const names = ["process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds"];
    const missing = names.filter((name) => !((samples(text, name)[0]?.value ?? 0) > 0));
    if (missing.length > 0) context.warn(names.join(", "), `no ${missing.join(", no ")}`);
  },

  "metrics.kubelet.running-pods": atLeastOne("kubelet_running_pods", () => true),
  "metrics.kubelet.running-containers": atLeastOne("kubelet_running_containers", ({ container_state: state }) => state === "running"),
  "metrics.kubelet.pleg": atLeastOne("kubelet_pleg_last_seen_seconds", () => true),
  "metrics.kubelet.runtime-operations": atLeastOne(
    "kubelet_runtime_operations_total",
    ({ operation_type: operation }) => operation === "list_podsandbox" || operation === "list_containers",
  ),

  "metrics.kubelet.runtime-durations": async (context) => {
    const text = await scrape(context);
    const timed = new Set(samples(text, "kubelet_runtime_operations_duration_seconds_count").map(operationOf));
    // One that is at work is counted and not yet timed; it has been both before in a kubelet that runs.
    const untimed = samples(text, "kubelet_runtime_operations_total").filter(
      (sample) => sample.value > 1 && !timed.has(operationOf(sample)),
    );
    if (untimed.length > 0) throw new Broken("a duration of each operation", `none of ${untimed.map(operationOf).join(", ")}`);
  },

  "metrics.kubelet.histograms": async (context) => {
    const text = await scrape(context);
    const names = [...text.matchAll(/^# TYPE (\S+) histogram$/gm)].map(([, name = ""]) => name);
    for (const name of names) checkBuckets(name, samples(text, `${name}_bucket`), samples(text, `${name}_count`));
  },

  "metrics.kubelet.counters": async (context) => {
    const text = await scrape(context);
    for (const [, name = ""] of text.matchAll(/^# TYPE (\S+) counter$/gm)) {
      const negative = samples(text, name).find(({ value }) => value < 0);
      if (negative) throw new Broken(`no negative value of the counter ${name}`, String(negative.value));
    }
  },

  "metrics.cadvisor.machine": async (context) => {
    const text = await scrape(context, "/metrics/cadvisor");
    const missing = ["machine_cpu_cores", "machine_memory_bytes"].filter((name) => !((samples(text, name)[0]?.value ?? 0) > 0));
    if (missing.length > 0) throw new Broken("machine_cpu_cores and machine_memory_bytes above 0", `not so ${missing.join(", ")}`);
  },

  "metrics.slis.checks": async (context) => {
    const wanted = healthChecks(context);
    const found = await afterHealthz(context, "kubernetes_healthcheck", (each) => includesAll(each, wanted));
    const failing = found.filter(({ labels, value }) => wanted.includes(labels["name"] ?? "") && value !== 0 && value !== 1);
    if (!includesAll(found, wanted) || failing.length > 0) throw new Broken(`results of ${wanted.join(", ")}`, shown(found));
  },

  "metrics.slis.totals": async (context) => {
    const wanted = healthChecks(context);
    const found = await afterHealthz(context, "kubernetes_healthchecks_total", (each) => includesAll(each, wanted));
    const counted = found.filter(({ labels, value }) => value >= 1 && ["success", "error", "pending"].includes(labels["status"] ?? ""));
    if (!includesAll(counted, wanted)) throw new Broken(`counts of ${wanted.join(", ")}`, shown(found));
  },

  "metrics.slis.counts-anew": async (context) => {
    const runs = 20;
    for (let run = 0; run < runs; run++) await context.send({ target: "/healthz" });
    const before = await pings(context);
    await context.send({ method: "DELETE", target: "/metrics/slis" });
    const after = await pings(context);
    // Others may ask for /healthz meanwhile, but hardly as often as it was asked for here.
    if (before < runs || after >= before) throw new Broken(`fewer runs of ping than ${before} after the reset`, String(after));
  },
};

/** The text of a scrape. Fails the requirement when the answer is none. */
async function scrape(context: CheckContext, target = "/metrics"): Promise<string> {
  const response = await context.read({ target });
  if (response.status !== 200) throw new Broken("metrics", describeAnswer(response));
  return response.body.toString();
}

function wellFormed(target: string): Check {
  return async (context) => {
    try {
      exposition(await scrape(context, target));
    } catch (error) {
      if (error instanceof ExpositionError) throw new Broken("the Prometheus text format", error.message);
      throw error;
    }
  };
}

function atLeastOne(family: string, matches: (labels: Sample["labels"]) => boolean): Check {
  return async (context) => {
    const found = samples(await scrape(context), family);
    if (!found.some(({ labels, value }) => matches(labels) && value > 0)) throw new Broken(`${family} above 0`, shown(found));
  };
}

function operationOf({ labels }: Sample): string {
  return labels["operation_type"] ?? "";
}

/** Buckets grow up to the count, series by series. */
function checkBuckets(name: string, buckets: readonly Sample[], counts: readonly Sample[]): void {
  const bySeries = Map.groupBy(buckets, ({ labels }) => seriesOf(labels));
  for (const { labels, value } of counts) {
    const own = bySeries.get(seriesOf(labels)) ?? [];
    const figures = own.map((bucket) => bucket.value);
    const grows = figures.every((figure, index) => figure >= (figures[index - 1] ?? 0));
    const whole = own.find((bucket) => bucket.labels["le"] === "+Inf")?.value;
    if (!grows || whole !== value) throw new Broken(`buckets of ${name} that grow up to ${value}`, figures.join(" ") || "none");
  }
}

/** What the buckets of one series have in common. */
function seriesOf(labels: Sample["labels"]): string {
  let series = "";
  for (const name in labels) if (name !== "le") series += `${name}=${JSON.stringify(labels[name])},`;
  return series;
}

function healthChecks({ target }: CheckContext): readonly string[] {
  const names = behaviourAt("health-checks", target.minor);
  return Array.isArray(names) ? names.map(String) : [];
}

/** Series of /metrics/slis once /healthz has run; tried again when somebody else's reset came in between. */
async function afterHealthz(context: CheckContext, family: string, isEnough: (found: Sample[]) => boolean): Promise<Sample[]> {
  let found: Sample[] = [];
  for (let attempt = 0; attempt < 3 && !isEnough(found); attempt++) {
    await context.send({ target: "/healthz" });
    found = samples(await scrape(afresh(context), "/metrics/slis"), family);
  }
  return found;
}

function includesAll(found: readonly Sample[], names: readonly string[]): boolean {
  return names.every((name) => found.some(({ labels }) => labels["name"] === name));
}

async function pings(context: CheckContext): Promise<number> {
  const found = samples(await scrape(afresh(context), "/metrics/slis"), "kubernetes_healthchecks_total");
  return found.filter(({ labels }) => labels["name"] === "ping").reduce((sum, { value }) => sum + value, 0);
}

function shown(found: readonly Sample[]): string {
  if (found.length === 0) return "no such series";
  return quoted(found.map(({ labels, value }) => `${JSON.stringify(labels)} ${value}`).join(", "));
}
