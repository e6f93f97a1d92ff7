import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { exposition, type Family, type Sample } from "../conformance/src/target/exposition.ts";

/**
 * Writes the tables of metric families that the reference kubelet starts from: what `samples/metrics*.txt` of the recordings show that does not
 * change from run to run. `node tools/metric-families.ts`, then format.
 */
const { values: options } = parseArgs({
  options: {
    recordings: { type: "string", default: "conformance/recordings" },
    out: { type: "string", default: "packages/reference-server/src/metrics/tables" },
  },
});

/** Where a family or gate was first seen when that was between two recorded minors (lab runs of 1.27 to 1.35 that were not kept). */
const firstSeen: Readonly<Record<string, RegExp>> = {
  "1.26": /^kubernetes_feature_enabled$/,
  "1.27":
    /^(kubelet_(active_pods|desired_pods|mirror_pods|working_pods|restarted_pods_total|evented_pleg_\w+|pod_status_sync_duration_seconds|cpu_manager_pinning_\w+|topology_manager_admission_\w+|lifecycle_handler_http_fallbacks_total)|aggregator_discovery_aggregation_count_total)$/,
  "1.29": /^(kubelet_node_startup_\w+|container_memory_kernel_usage|machine_swap_bytes)$/,
  "1.31": /^kubelet_cgroup_version$/,
  "1.32":
    /^(kubelet_cpu_manager_(shared_pool_size_millicores|exclusive_cpu_allocation_count)|container_memory_total_(in)?active_file_bytes|container_cpu_load_d_average_10s)$/,
  "1.35": /^kubelet_(image_manager_ensure_image_requests_total|imagemanager_\w+|image_volume_\w+)$/,
};

/** What the recordings of 1.34 show first was in a lab run of 1.33 already, but for these. */
const newIn134 = /^(dra_\w+|kubelet_pod_in_progress_resizes|kubelet_started_user_namespaced_pods_\w+|container_pressure_\w+)$/;

/** Labels whose values belong to the recorded machine; a family that has one of them gets its series from the running kubelet. */
const ofTheMachine =
  /^(id|name|image|device|interface|boot_id|machine_id|system_uuid|kernelVersion|osVersion|pod|uid|node|version|git_version)$/;
/** Families whose series tell what has happened on the node. */
const ofTheRun =
  /^kubelet_(http_|runtime_operations_|running_containers$|started_containers_|terminated_containers_|websocket_|image_manager_ensure|volume_metric_)|^kubernetes_feature_enabled$/;

interface Row {
  since?: string;
  until?: string;
  name: string;
  type: string;
  help: string;
  [more: string]: unknown;
}

const versions = readdirSync(options.recordings).filter((name) => /^v1\.\d+\./.test(name));
const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".").slice(1);
const minors = versions.map(minorOf).toSorted((a, b) => number(a) - number(b));

write("kubelet", rowsOf("metrics.txt", kubeletRow));
write("cadvisor", rowsOf("metrics-cadvisor.txt", cadvisorRow));
write("feature-gates", gateRows());

function number(minor: string): number {
  return Number(minor.split(".")[1]);
}

function sampleOf(minor: string, file: string): readonly Family[] {
  const version = versions.find((name) => minorOf(name) === minor) ?? "";
  return exposition(readFileSync(`${options.recordings}/${version}/samples/${file}`, "utf8"));
}

/** One row per stretch of minors in which a family looked the same. */
function rowsOf(file: string, describe: (family: Family) => Row): Row[] {
  const byName = new Map<string, { minor: string; row: Row }[]>();
  for (const minor of minors) {
    for (const family of sampleOf(minor, file)) {
      byName.set(family.name, [...(byName.get(family.name) ?? []), { minor, row: describe(family) }]);
    }
  }
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, seen]) => stretches(name, seen));
}

function stretches(name: string, seen: readonly { minor: string; row: Row }[]): Row[] {
  const rows: Row[] = [];
  let last: { key: string; index: number } | undefined;
  for (const { minor, row } of seen) {
    const index = minors.indexOf(minor);
    const key = JSON.stringify(row);
    const previous = rows.at(-1);
    if (last !== undefined && previous !== undefined && last.index === index - 1 && last.key === key) {
      last.index = index;
      continue;
    }
    if (previous !== undefined && last !== undefined) previous.until = before(begin(minors[last.index + 1] ?? "", name));
    const known = Object.entries(firstSeen).find(([, names]) => names.test(name))?.[0];
    const since = rows.length === 0 && known !== undefined ? known : begin(minor, name);
    rows.push(since === minors[0] ? { ...row } : { since, ...row });
    last = { key, index };
  }
  const end = last === undefined ? undefined : minors[last.index + 1];
  const newest = rows.at(-1);
  if (end !== undefined && newest !== undefined) newest.until = before(begin(end, name));
  return rows;
}

/** Since when what a recording shows first has looked so. */
function begin(minor: string, name: string): string {
  return minor === "1.34" && !newIn134.test(name) ? "1.33" : minor;
}

function before(minor: string): string {
  return `1.${number(minor) - 1}`;
}

function kubeletRow({ name, type, help, samples }: Family): Row {
  const row: Row = { name, type, help };
  const bounds = unique(samples.flatMap(({ labels }) => labels["le"] ?? [])).filter((bound) => bound !== "+Inf");
  const quantiles = unique(samples.flatMap(({ labels }) => labels["quantile"] ?? []));
  if (bounds.length > 0) row["bounds"] = bounds;
  if (quantiles.length > 0) row["quantiles"] = quantiles;
  const series = samples.map(({ labels: { le: _le, quantile: _quantile, ...labels } }) => labels);
  if (ofTheRun.test(name) || series.some((labels) => Object.keys(labels).some((label) => ofTheMachine.test(label) && !isLibrary(name)))) {
    row["live"] = true;
    return row;
  }
  // Without labels there is one series, which needs no saying.
  if (Object.keys(series[0] ?? {}).length > 0) row["series"] = uniqueObjects(series);
  return row;
}

/** Work queues are named by the code. */
function isLibrary(name: string): boolean {
  return name.startsWith("workqueue_");
}

function cadvisorRow({ name, type, help, samples }: Family): Row {
  const own = ["container", "id", "image", "name", "namespace", "pod"];
  const row: Row = { name, type, help };
  if (!samples.some(({ labels }) => "id" in labels)) return { ...row, of: "machine", ...extraOf(samples, []) };
  const cgroups = unique(samples.map(kindOf)).filter((kind) => kind !== "gone");
  return { ...row, of: cgroups, ...extraOf(samples, own), ...(samples[0]?.timestamp === undefined ? { untimed: true } : {}) };
}

/** Which cgroup a series is about. */
function kindOf({ labels }: Sample): string {
  const id = labels["id"] ?? "";
  if (id === "/") return "root";
  if (labels["container"] !== "") return "container";
  if (labels["image"] !== "") return "sandbox";
  if (labels["pod"] !== "") return "pod";
  return /\/[0-9a-f]{64}$/.test(id) ? "gone" : "parent";
}

function extraOf(samples: readonly Sample[], own: readonly string[]): { labels?: unknown; per?: string } {
  const names = Object.keys(samples[0]?.labels ?? {}).filter((name) => !own.includes(name));
  const per = names.find((name) => name === "device" || name === "interface");
  if (per !== undefined) return { per };
  const fixed = names.filter((name) => !ofTheMachine.test(name) && !/Version$|Revision$/.test(name));
  if (fixed.length === 0) return {};
  return { labels: uniqueObjects(samples.map(({ labels }) => Object.fromEntries(fixed.map((name) => [name, labels[name] ?? ""])))) };
}

function gateRows(): unknown[] {
  const rows: { name: string; since: string; stage: string; enabled: boolean; until?: string }[] = [];
  for (const [index, minor] of minors.entries()) {
    const samples = sampleOf(minor, "metrics.txt").find(({ name }) => name === "kubernetes_feature_enabled")?.samples ?? [];
    const now = new Map(
      samples.map(({ labels, value }) => [labels["name"] ?? "", { stage: labels["stage"] ?? "", enabled: value === "1" }]),
    );
    for (const row of rows) {
      const same = now.get(row.name);
      if (row.until !== undefined) continue;
      if (same?.stage === row.stage && same.enabled === row.enabled) now.delete(row.name);
      else row.until = before(minors[index] ?? "");
    }
    for (const [name, gate] of now) rows.push({ name, since: minor, ...gate });
  }
  return rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function uniqueObjects(values: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>>[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function write(name: string, rows: readonly unknown[]): void {
  writeFileSync(`${options.out}/${name}.json`, `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`);
}
