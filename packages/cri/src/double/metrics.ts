import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { type MetricSchema, MetricType, type RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { containersOf } from "./containers.ts";
import { now, type ContainerRecord, type RuntimeState } from "./state.ts";
import { containerStats, isRunning } from "./stats.ts";

type MetricMethods = Pick<ServiceImpl<typeof RuntimeService>, "listMetricDescriptors" | "listPodSandboxMetrics">;

/** Labels as on a kubelet's own /metrics/cadvisor; the kubelet adds none to those of the runtime. */
const LABELS = ["container", "image", "name", "namespace", "pod"];

/** The two that dashboards and autoscalers read, under cAdvisor's names. */
const DESCRIPTORS = [
  { name: "container_cpu_usage_seconds_total", help: "Cumulative cpu time consumed in seconds.", labelKeys: [...LABELS, "cpu"] },
  { name: "container_memory_working_set_bytes", help: "Current working set in bytes.", labelKeys: LABELS },
];

/** Asked by kubelets with the gate PodAndContainerStatsFromCRI, for /metrics/cadvisor. */
export function metricMethods(state: RuntimeState): MetricMethods {
  return {
    listMetricDescriptors: () => ({ descriptors: DESCRIPTORS }),

    listPodSandboxMetrics: () => ({
      podMetrics: [...state.sandboxes.keys()].map((podSandboxId) => ({
        podSandboxId,
        containerMetrics: containersOf(state, podSandboxId)
          .filter(isRunning)
          .map((record) => ({ containerId: record.id, metrics: metricsOf(state, record) })),
      })),
    }),
  };
}

function metricsOf(state: RuntimeState, record: ContainerRecord): MessageInitShape<typeof MetricSchema>[] {
  const pod = state.sandboxes.get(record.sandboxId)?.config.metadata;
  const labels = [record.config.metadata?.name ?? "", record.image.name, record.id, pod?.namespace ?? "", pod?.name ?? ""];
  const { cpu, memory } = containerStats(state, record);
  const timestamp = now();
  return [
    {
      name: "container_cpu_usage_seconds_total",
      timestamp,
      metricType: MetricType.COUNTER,
      labelValues: [...labels, "total"],
      // Whole seconds: the message has no fractions.
      value: { value: (cpu?.usageCoreNanoSeconds?.value ?? 0n) / 1_000_000_000n },
    },
    {
      name: "container_memory_working_set_bytes",
      timestamp,
      metricType: MetricType.GAUGE,
      labelValues: labels,
      value: { value: memory?.workingSetBytes?.value ?? 0n },
    },
  ];
}
