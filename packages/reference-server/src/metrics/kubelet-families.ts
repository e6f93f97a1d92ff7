import { behaviour } from "@kubelet-conformance/types";
import { ContainerState } from "@kubelet-conformance/cri";
import { memoryUsage, resourceUsage } from "node:process";
import type { KubeletState } from "../state.ts";
import type { Family, Labels } from "./exposition.ts";

const gauge = (name: string, help: string, ...samples: { labels: Labels; value: number }[]): Family => ({
  name,
  help,
  type: "gauge",
  samples,
});
const counter = (name: string, help: string, ...samples: { labels: Labels; value: number }[]): Family => ({
  name,
  help,
  type: "counter",
  samples,
});
const one = (value: number, labels: Labels = {}) => ({ labels, value });

/** The families of /metrics that this kubelet has something to say about. */
export function kubeletFamilies(kubelet: KubeletState): Family[] {
  return [
    ...libraryFamilies(kubelet),
    ...identityFamilies(kubelet),
    ...podFamilies(kubelet),
    ...processFamilies(kubelet),
    ...kubelet.httpRequests.families(),
    ...kubelet.runtime.operations.families(),
  ];
}

/** Families of libraries linked into every kubelet, idle there. The first of them opens the body. */
function libraryFamilies({ minor }: KubeletState): Family[] {
  const aggregation = counter(
    "aggregator_discovery_aggregation_count_total",
    "[ALPHA] Counter of number of times discovery was aggregated",
    one(0),
  );
  return [
    ...(behaviour("aggregator-metrics", minor) ? [aggregation] : []),
    counter("apiserver_audit_event_total", "[ALPHA] Counter of audit events generated and sent to the audit backend.", one(0)),
  ];
}

function identityFamilies({ minor, version, nodeName, gates }: KubeletState): Family[] {
  const [, major = "", minorNumber = ""] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  const build = {
    build_date: "2026-01-01T00:00:00Z",
    compiler: "gc",
    git_commit: "0000000000000000000000000000000000000000",
    git_tree_state: "clean",
    git_version: version,
    go_version: behaviour("kubelet-build", minor).go,
    major,
    minor: minorNumber,
    platform: "linux/amd64",
  };
  const features = gates.list.map(({ name, stage, enabled }) => one(enabled ? 1 : 0, { name, stage }));
  return [
    gauge(
      "kubernetes_build_info",
      "[BETA] A metric with a constant '1' value labeled by major, minor, git version, git commit, git tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on which it is running.",
      one(1, build),
    ),
    ...(behaviour("feature-gate-metric", minor)
      ? [
          gauge(
            "kubernetes_feature_enabled",
            "[BETA] This metric records the data about the stage and enablement of a k8s feature.",
            ...features,
          ),
        ]
      : []),
    gauge("kubelet_node_name", "[ALPHA] The node's name. The count is always 1.", one(1, { node: nodeName })),
  ];
}

function podFamilies({ pods }: KubeletState): Family[] {
  const containers = pods.states.flatMap((state) => [...state.containers.values()]);
  const count = (state: ContainerState) => containers.filter((container) => container.state === state).length;
  const byState = [
    one(count(ContainerState.CONTAINER_CREATED), { container_state: "created" }),
    one(count(ContainerState.CONTAINER_EXITED), { container_state: "exited" }),
    one(count(ContainerState.CONTAINER_RUNNING), { container_state: "running" }),
  ].filter(({ value }) => value > 0);
  const isStatic = [one(0, { static: "" }), one(pods.states.length, { static: "true" })];
  return [
    gauge(
      "kubelet_running_pods",
      "[ALPHA] Number of pods that have a running pod sandbox",
      one(pods.states.filter((state) => state.sandboxId !== undefined).length),
    ),
    gauge("kubelet_running_containers", "[ALPHA] Number of containers currently running", ...byState),
    gauge(
      "kubelet_desired_pods",
      "[ALPHA] The number of pods the kubelet is being instructed to run. static is true if the pod is not from the apiserver.",
      ...isStatic,
    ),
    gauge(
      "kubelet_active_pods",
      "[ALPHA] The number of pods the kubelet considers active and which are being considered when admitting new pods. static is true if the pod is not from the apiserver.",
      ...isStatic,
    ),
    gauge("kubelet_pleg_last_seen_seconds", "[ALPHA] Timestamp in seconds when PLEG was last seen active.", one(pods.lastSync / 1000)),
  ];
}

function processFamilies({ startedAt }: KubeletState): Family[] {
  const { userCPUTime, systemCPUTime } = resourceUsage();
  return [
    counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", one((userCPUTime + systemCPUTime) / 1e6)),
    gauge("process_resident_memory_bytes", "Resident memory size in bytes.", one(memoryUsage.rss())),
    processStartFamily("", startedAt),
  ];
}

/** When the kubelet started; one library writes its stability in front of the help text, the other not. */
export function processStartFamily(stage: "" | "[ALPHA] ", startedAt: Date): Family {
  return gauge(
    "process_start_time_seconds",
    `${stage}Start time of the process since unix epoch in seconds.`,
    one(startedAt.getTime() / 1000),
  );
}
