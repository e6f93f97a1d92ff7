import { memoryUsage, resourceUsage } from "node:process";
import { getHeapStatistics } from "node:v8";
import type { KubeletState } from "../state.ts";
import type { Family, Sample } from "./exposition.ts";
import type { KnownSamples } from "./kubelet-families.ts";
import { lookAtProcess } from "./machine.ts";

/** A thousand kubelets in one process would ask for the same again and again, each time for the open files of all of them. */
const lookAgainMs = 1_000;
let lastLook: { at: number; figures: Promise<Readonly<Record<string, number>>> } | undefined;

/** This process, in the families that a Go process has; what only a Go runtime has stays 0. At most a second old. */
export async function processSamples({ startedAt }: KubeletState): Promise<KnownSamples> {
  const now = performance.now();
  if (lastLook === undefined || now - lastLook.at >= lookAgainMs) lastLook = { at: now, figures: processFigures() };
  return valuesOf({ ...(await lastLook.figures), process_start_time_seconds: startSeconds(startedAt) });
}

async function processFigures(): Promise<Readonly<Record<string, number>>> {
  const { userCPUTime, systemCPUTime } = resourceUsage();
  const figures = await lookAtProcess();
  const { rss, heapTotal, heapUsed } = memoryUsage();
  const { number_of_native_contexts: contexts } = getHeapStatistics();
  return {
    process_cpu_seconds_total: (userCPUTime + systemCPUTime) / 1e6,
    process_max_fds: figures.mostFiles,
    process_network_receive_bytes_total: figures.received,
    process_network_transmit_bytes_total: figures.sent,
    process_open_fds: figures.openFiles,
    process_resident_memory_bytes: rss,
    process_virtual_memory_bytes: figures.virtualBytes,
    // No limit, as Go's unsigned arithmetic writes it.
    process_virtual_memory_max_bytes: 2 ** 64,
    rest_client_exec_plugin_ttl_seconds: Infinity,
    go_goroutines: contexts,
    go_sched_goroutines_goroutines: contexts,
    go_threads: figures.threads,
    go_memory_classes_total_bytes: rss,
    go_memstats_alloc_bytes: heapUsed,
    go_memstats_heap_alloc_bytes: heapUsed,
    go_memstats_heap_inuse_bytes: heapUsed,
    go_memstats_heap_idle_bytes: heapTotal - heapUsed,
    go_memstats_heap_sys_bytes: heapTotal,
    go_memstats_sys_bytes: rss,
  };
}

function valuesOf(values: Readonly<Record<string, number>>): KnownSamples {
  return Object.fromEntries(Object.entries(values).map(([name, value]): [string, Sample[]] => [name, [{ labels: {}, value }]]));
}

/** The operating system keeps the start of a process in hundredths of a second. */
function startSeconds(startedAt: Date): number {
  return Math.floor(startedAt.getTime() / 10) / 100;
}

/** When the kubelet started, as /metrics/probes and /metrics/slis show it. */
export function processStartFamily(startedAt: Date): Family {
  return {
    name: "process_start_time_seconds",
    help: "[ALPHA] Start time of the process since unix epoch in seconds.",
    type: "gauge",
    samples: [{ labels: {}, value: startSeconds(startedAt) }],
  };
}
