import { release } from "node:os";
import type { Family, Sample } from "./exposition.ts";
import type { ContainerUsage, NodeUsage } from "./node-usage.ts";

/** The core of what cAdvisor tells of the machine and of its containers. */
export function cadvisorFamilies(node: NodeUsage): Family[] {
  const timestamp = Date.now();
  const all = (rootValue: number, value: (usage: ContainerUsage) => number, extra: Record<string, string> = {}): Sample[] => [
    { labels: { container: "", ...extra, id: "/", image: "", name: "", namespace: "", pod: "" }, value: rootValue, timestamp },
    ...node.containers.map((usage) => ({
      labels: {
        container: usage.name,
        ...extra,
        id: `/kubepods/besteffort/pod${usage.podUid}/${usage.id}`,
        image: usage.image,
        name: usage.id,
        namespace: usage.namespace,
        pod: usage.podName,
      },
      value: value(usage),
      timestamp,
    })),
  ];
  const gauge = (name: string, help: string, samples: Sample[]): Family => ({ name, help, type: "gauge", samples });
  const machine = (value: number): Sample[] => [{ labels: { boot_id: "", machine_id: "", system_uuid: "" }, value }];
  const version = { cadvisorRevision: "", cadvisorVersion: "", dockerVersion: "", kernelVersion: release(), osVersion: "" };
  return [
    gauge(
      "cadvisor_version_info",
      "A metric with a constant '1' value labeled by kernel version, OS version, docker version, cadvisor version & cadvisor revision.",
      [{ labels: version, value: 1 }],
    ),
    {
      name: "container_cpu_usage_seconds_total",
      help: "Cumulative cpu time consumed in seconds.",
      type: "counter",
      samples: all(node.cpuSeconds, (usage) => usage.cpuSeconds, { cpu: "total" }),
    },
    gauge(
      "container_last_seen",
      "Last time a container was seen by the exporter",
      all(Math.floor(timestamp / 1000), () => Math.floor(timestamp / 1000)),
    ),
    gauge(
      "container_memory_usage_bytes",
      "Current memory usage in bytes, including all memory regardless of when it was accessed",
      all(node.memoryBytes, (usage) => usage.memoryBytes),
    ),
    gauge(
      "container_memory_working_set_bytes",
      "Current working set in bytes.",
      all(node.memoryBytes, (usage) => usage.memoryBytes),
    ),
    gauge("container_scrape_error", "1 if there was an error while getting container metrics, 0 otherwise", [{ labels: {}, value: 0 }]),
    gauge(
      "container_start_time_seconds",
      "Start time of the container since unix epoch in seconds.",
      all(Math.floor(node.bootedAt.getTime() / 1000), (usage) => Math.floor(usage.startedAtMs / 1000)),
    ),
    gauge("machine_cpu_cores", "Number of logical CPU cores.", machine(node.cores)),
    gauge("machine_memory_bytes", "Amount of memory installed on the machine.", machine(node.memoryTotalBytes)),
    gauge("machine_scrape_error", "1 if there was an error while getting machine metrics, 0 otherwise.", [{ labels: {}, value: 0 }]),
  ];
}
