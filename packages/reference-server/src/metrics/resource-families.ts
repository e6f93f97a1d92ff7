import { behaviour } from "@kubelet-conformance/types";
import type { Family, Labels, Sample } from "./exposition.ts";
import type { ContainerUsage, NodeUsage } from "./node-usage.ts";

/** The families of /metrics/resource (pkg/kubelet/metrics/collectors/resource_metrics.go). Without usage, which the runtime did not give, only the error shows. */
export function resourceFamilies(usage: NodeUsage | undefined, minor: string): Family[] {
  const { stage, errorGauges, startTimeIsTimed, swap } = behaviour("resource-metrics", minor);
  const errors = errorGauges.map((name): Family => ({
    name,
    help: `[${stage}] 1 if there was an error while getting container metrics, 0 otherwise`,
    type: "gauge",
    samples: [{ labels: {}, value: usage === undefined ? 1 : 0 }],
  }));
  if (usage === undefined) return errors;
  const swapFamilies = swapUsage(usage);
  return [
    ...processorAndMemory(usage, startTimeIsTimed).map((family) => ({ ...family, help: `[${stage}] ${family.help}` })),
    ...swap.flatMap((what) => swapFamilies[what] ?? []),
    ...errors,
  ];
}

function processorAndMemory({ machine, containers }: NodeUsage, startTimeIsTimed: boolean): Family[] {
  return [
    {
      name: "container_cpu_usage_seconds_total",
      help: "Cumulative cpu time consumed by the container in core-seconds",
      type: "counter",
      samples: byContainer(containers, cpuSeconds, ({ cpuAtMs }) => cpuAtMs),
    },
    {
      name: "container_memory_working_set_bytes",
      help: "Current working set of the container in bytes",
      type: "gauge",
      samples: byContainer(containers, workingSet, ({ memoryAtMs }) => memoryAtMs),
    },
    {
      name: "container_start_time_seconds",
      help: "Start time of the container since unix epoch in seconds",
      type: "gauge",
      samples: byContainer(
        containers,
        ({ startedAtMs }) => startedAtMs / 1000,
        startTimeIsTimed ? ({ startedAtMs }) => startedAtMs : undefined,
      ),
    },
    {
      name: "node_cpu_usage_seconds_total",
      help: "Cumulative cpu time consumed by the node in core-seconds",
      type: "counter",
      samples: [{ labels: {}, value: machine.cpuSeconds.total, timestamp: machine.at.getTime() }],
    },
    {
      name: "node_memory_working_set_bytes",
      help: "Current working set of the node in bytes",
      type: "gauge",
      samples: [{ labels: {}, value: machine.memory.total - machine.memory.available, timestamp: machine.at.getTime() }],
    },
    {
      name: "pod_cpu_usage_seconds_total",
      help: "Cumulative cpu time consumed by the pod in core-seconds",
      type: "counter",
      samples: byPod(containers, cpuSeconds, ({ cpuAtMs }) => cpuAtMs),
    },
    {
      name: "pod_memory_working_set_bytes",
      help: "Current working set of the pod in bytes",
      type: "gauge",
      samples: byPod(containers, workingSet, ({ memoryAtMs }) => memoryAtMs),
    },
  ];
}

function swapUsage({ machine, containers }: NodeUsage): Record<string, Family> {
  const gauge = (name: string, what: string, samples: Sample[]): Family => ({
    name,
    help: `[ALPHA] Current ${what} in bytes. Reported only on non-windows systems`,
    type: "gauge",
    samples,
  });
  const used = ({ swapBytes }: ContainerUsage): number => swapBytes;
  const at = ({ memoryAtMs }: ContainerUsage): number => memoryAtMs;
  const onNode = { labels: {}, value: machine.swap.total - machine.swap.free, timestamp: machine.at.getTime() };
  return {
    node: gauge("node_swap_usage_bytes", "swap usage of the node", [onNode]),
    container: gauge("container_swap_usage_bytes", "amount of the container swap usage", byContainer(containers, used, at)),
    "container-limit": gauge(
      "container_swap_limit_bytes",
      "amount of the container swap limit",
      byContainer(containers, () => 0, at),
    ),
    pod: gauge("pod_swap_usage_bytes", "amount of the pod swap usage", byPod(containers, used, at)),
  };
}

function cpuSeconds({ cpuNanoSeconds }: ContainerUsage): number {
  return cpuNanoSeconds / 1e9;
}

function workingSet({ memory }: ContainerUsage): number {
  return memory.workingSet;
}

type Figure = (usage: ContainerUsage) => number;

function byContainer(containers: readonly ContainerUsage[], value: Figure, at?: Figure): Sample[] {
  return containers.map((usage) => ({
    labels: { container: usage.name, namespace: usage.namespace, pod: usage.podName },
    value: value(usage),
    ...(at === undefined ? {} : { timestamp: at(usage) }),
  }));
}

function byPod(containers: readonly ContainerUsage[], value: Figure, at: Figure): Sample[] {
  return [...Map.groupBy(containers, ({ podUid }) => podUid).values()].map((group) => ({
    labels: labelsOf(group),
    value: group.reduce((sum, usage) => sum + value(usage), 0),
    timestamp: Math.max(...group.map(at)),
  }));
}

function labelsOf([first]: readonly ContainerUsage[]): Labels {
  return { namespace: first?.namespace ?? "", pod: first?.podName ?? "" };
}
