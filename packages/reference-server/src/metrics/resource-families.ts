import { behaviour } from "@kubelet-conformance/types";
import type { Family, Labels, Sample } from "./exposition.ts";
import type { ContainerUsage, NodeUsage } from "./node-usage.ts";

/** The families of /metrics/resource (pkg/kubelet/metrics/collectors/resource_metrics.go). */
export function resourceFamilies({ containers, ...node }: NodeUsage, minor: string): Family[] {
  const { stage, errorGauges, swap } = behaviour("resource-metrics", minor);
  const timestamp = Date.now();
  const family = (name: string, help: string, type: Family["type"], samples: Sample[], ownStage = stage): Family => ({
    name,
    help: `[${ownStage}] ${help}`,
    type,
    samples,
  });
  const byContainer = (value: (usage: ContainerUsage) => number): Sample[] =>
    containers.map((usage) => ({ labels: containerLabels(usage), value: value(usage), timestamp }));
  const byPod = (value: (usage: ContainerUsage) => number): Sample[] => podTotals(containers, value, timestamp);
  const onNode = (value: number): Sample[] => [{ labels: {}, value, timestamp }];
  const swapHelp = (what: string) => `Current ${what} swap usage in bytes. Reported only on non-windows systems`;
  const swapFamilies: Record<string, Family> = {
    node: family(
      "node_swap_usage_bytes",
      swapHelp("swap usage of the node in bytes").replace(" swap usage in bytes.", "."),
      "gauge",
      onNode(0),
      "ALPHA",
    ),
    container: family(
      "container_swap_usage_bytes",
      swapHelp("amount of the container"),
      "gauge",
      byContainer(() => 0),
      "ALPHA",
    ),
    pod: family(
      "pod_swap_usage_bytes",
      swapHelp("amount of the pod"),
      "gauge",
      byPod(() => 0),
      "ALPHA",
    ),
  };
  return [
    family(
      "container_cpu_usage_seconds_total",
      "Cumulative cpu time consumed by the container in core-seconds",
      "counter",
      byContainer((usage) => usage.cpuSeconds),
    ),
    family(
      "container_memory_working_set_bytes",
      "Current working set of the container in bytes",
      "gauge",
      byContainer((usage) => usage.memoryBytes),
    ),
    family(
      "container_start_time_seconds",
      "Start time of the container since unix epoch in seconds",
      "gauge",
      containers.map((usage) => ({ labels: containerLabels(usage), value: usage.startedAtMs / 1000 })),
    ),
    family("node_cpu_usage_seconds_total", "Cumulative cpu time consumed by the node in core-seconds", "counter", onNode(node.cpuSeconds)),
    family("node_memory_working_set_bytes", "Current working set of the node in bytes", "gauge", onNode(node.memoryBytes)),
    family(
      "pod_cpu_usage_seconds_total",
      "Cumulative cpu time consumed by the pod in core-seconds",
      "counter",
      byPod((usage) => usage.cpuSeconds),
    ),
    family(
      "pod_memory_working_set_bytes",
      "Current working set of the pod in bytes",
      "gauge",
      byPod((usage) => usage.memoryBytes),
    ),
    ...swap.flatMap((what) => swapFamilies[what] ?? []),
    ...errorGauges.map((name) =>
      family(name, "1 if there was an error while getting container metrics, 0 otherwise", "gauge", [{ labels: {}, value: 0 }]),
    ),
  ];
}

function containerLabels({ name, namespace, podName }: ContainerUsage): Labels {
  return { container: name, namespace, pod: podName };
}

function podTotals(containers: readonly ContainerUsage[], value: (usage: ContainerUsage) => number, timestamp: number): Sample[] {
  return [...Map.groupBy(containers, ({ podUid }) => podUid).values()].map((group) => ({
    labels: { namespace: group[0]?.namespace ?? "", pod: group[0]?.podName ?? "" },
    value: group.reduce((sum, usage) => sum + value(usage), 0),
    timestamp,
  }));
}
