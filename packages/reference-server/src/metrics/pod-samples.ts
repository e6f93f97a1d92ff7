import { ContainerState, type ContainerStatus } from "@kubelet-conformance/cri";
import type { Container } from "../pods/pod.ts";
import { qosClass } from "../pods/pod-status.ts";
import type { PodState } from "../pods/pod-worker.ts";
import type { KubeletState } from "../state.ts";
import { createCounter, createHistogram } from "./counter.ts";
import type { Labels, Sample } from "./exposition.ts";
import type { KnownSamples } from "./kubelet-families.ts";
import { spaceOf } from "./node-usage.ts";

/** What the pods of the node show. */
export async function podSamples({ pods }: KubeletState): Promise<KnownSamples> {
  const { states } = pods;
  const sandboxes = states.filter(({ sandboxId }) => sandboxId !== undefined).length;
  const isStatic = [one(0, { static: "" }), one(states.length, { static: "true" })];
  return {
    kubelet_active_pods: isStatic,
    kubelet_desired_pods: isStatic,
    kubelet_working_pods: workingPods(states.length),
    kubelet_running_pods: [one(sandboxes)],
    kubelet_started_pods_total: [one(sandboxes)],
    kubelet_pleg_last_seen_seconds: [one(pods.lastSync / 1000)],
    kubelet_containers_per_pod_count: containersPerPod(states),
    kubelet_pod_level_resources_admission_total: admissions(states),
    kubelet_container_log_filesystem_used_bytes: await logSizes(states),
    ...containerCounts(states),
  };
}

function one(value: number, labels: Labels = {}): Sample {
  return { labels, value };
}

function workingPods(count: number): Sample[] {
  return ["desired", "orphan", "runtime_only"].flatMap((config) =>
    ["sync", "terminated", "terminating"].flatMap((lifecycle) =>
      (config === "runtime_only" ? ["unknown"] : ["", "true"]).map((isStatic) =>
        one(config === "desired" && lifecycle === "sync" && isStatic === "true" ? count : 0, { config, lifecycle, static: isStatic }),
      ),
    ),
  );
}

/** ExponentialBuckets(1, 2, 5). */
function containersPerPod(states: readonly PodState[]): Sample[] {
  const histogram = createHistogram([1, 2, 4, 8, 16]);
  for (const { pod } of states) histogram.observe({}, pod.spec.containers.length);
  return histogram.samples();
}

function admissions(states: readonly PodState[]): Sample[] {
  const counter = createCounter();
  for (const { pod } of states) {
    const qos = qosClass(pod.spec.containers).toLowerCase();
    counter.add({ config_mode: qos === "besteffort" ? "" : "container_level", qos_class: qos });
  }
  return counter.samples();
}

async function logSizes(states: readonly PodState[]): Promise<Sample[]> {
  const running = states.flatMap(({ pod, containers }) =>
    [...containers].filter(([, status]) => isRunning(status)).map(([name, status]) => ({ pod, name, status })),
  );
  return Promise.all(
    running.map(async ({ pod: { metadata }, name, status }) =>
      one(await spaceOf(status.logPath), { container: name, namespace: metadata.namespace, pod: metadata.name, uid: metadata.uid }),
    ),
  );
}

/** What the newest container of each name tells: how often it was started, why it was not, how it ended. */
function containerCounts(states: readonly PodState[]): KnownSamples {
  const byState = createCounter();
  const started = createCounter();
  const failed = createCounter();
  const ended = createCounter();
  const images = createCounter();
  for (const { pod, containers, waiting } of states) {
    for (const { container, type } of containersOf(pod.spec)) {
      const status = containers.get(container.name);
      const reason = waiting.get(container.name)?.reason;
      if (status === undefined) {
        if (reason !== undefined) failed.add({ code: reason, container_type: type });
        if (reason === "ErrImageNeverPull") images.add(imageLabels(container, false));
        continue;
      }
      byState.add({ container_state: stateName(status) });
      images.add(imageLabels(container, true));
      const attempts = (status.metadata?.attempt ?? 0) + 1;
      if (status.startedAt > 0n) started.add({ container_type: type }, attempts);
      if (status.state === ContainerState.CONTAINER_EXITED) {
        ended.add({ container_type: type, exit_code: String(status.exitCode), reason: status.reason });
      }
    }
  }
  return {
    kubelet_running_containers: byState.samples(),
    kubelet_started_containers_total: started.samples(),
    kubelet_started_containers_errors_total: failed.samples(),
    kubelet_terminated_containers_total: ended.samples(),
    kubelet_image_manager_ensure_image_requests_total: images.samples(),
  };
}

function containersOf({ initContainers = [], containers }: PodState["pod"]["spec"]): { container: Container; type: string }[] {
  return [
    ...initContainers.map((container) => ({ container, type: "init_container" })),
    ...containers.map((container) => ({ container, type: "container" })),
  ];
}

function imageLabels({ imagePullPolicy }: Container, isPresent: boolean): Labels {
  const required = !isPresent && imagePullPolicy === "Never" ? "unknown" : String(imagePullPolicy === "Always");
  return { present_locally: String(isPresent), pull_policy: imagePullPolicy.toLowerCase(), pull_required: required };
}

function isRunning({ state }: ContainerStatus): boolean {
  return state === ContainerState.CONTAINER_RUNNING;
}

function stateName({ state }: ContainerStatus): string {
  if (state === ContainerState.CONTAINER_RUNNING) return "running";
  return state === ContainerState.CONTAINER_EXITED ? "exited" : "created";
}
