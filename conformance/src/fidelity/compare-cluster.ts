import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startControlPlane, textAt, type ControlPlane, type JsonObject } from "@kubelet-conformance/control-plane";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { readKubeconfig, startKubelet, type RunningKubelet } from "@kubelet-conformance/reference-server";
import type { ClusterObjects } from "./cluster-objects.ts";
import { compareJson } from "./compare-json.ts";
import { differing, type Difference } from "./difference.ts";
import { reduceObject } from "./reduce-object.ts";
import type { Outcome, StageOptions } from "./replay-stage.ts";
import type { Places } from "./volatile.ts";

const manifest = new URL("../../recordings/counter.yaml", import.meta.url);
const name = "lab-node";
const namespace = "default";
/** The kubelet's time runs faster than ours: a lease comes with its second try, after ten seconds. */
const timeScale = 20;
const limitMs = 30_000;

/** What this machine cannot show, because it has cgroups of version 2. */
const ofCgroupV1 = "CgroupV1";

export function clusterIds({ events, pods }: ClusterObjects): readonly string[] {
  return ["node", "csinode", "lease", ...pods.map(podId), ...events.map(eventId)];
}

/** Lets the reference kubelet join an API server's double as the recorded one joined a real API server, and compares what both then held. */
export async function compareCluster(
  version: string,
  recorded: ClusterObjects,
  { filter, signal }: Omit<StageOptions, "samples" | "pod">,
): Promise<readonly Outcome[]> {
  const directory = await mkdtemp(join(tmpdir(), "fidelity-cluster-"));
  const plane = await startControlPlane();
  const double = new RuntimeDouble();
  // The recorded node had no network plugin.
  double.faults.add("network-not-ready");
  let kubelet: RunningKubelet | undefined;
  try {
    kubelet = await joinCluster(version, plane, double, directory);
    await settle(plane, recorded, signal);
    const places: Places = [
      [`"${new URL(kubelet.urls.main).port}"`, '"10250"'],
      ["127.0.0.1", "192.0.2.10"],
    ];
    const outcome = (id: string, before: JsonObject, after: JsonObject | undefined): Outcome => ({
      id,
      request: "what the API server holds",
      differences: after === undefined ? differing("object", "there", "missing") : differences(before, after, places),
    });
    const events = plane.state.list("events", namespace);
    const all = [
      outcome("node", recorded.node, plane.state.get("nodes", { name })),
      outcome("csinode", recorded.csiNode, plane.state.get("csinodes", { name })),
      recorded.lease["kind"] === "Status"
        ? { id: "lease", outOfScope: "it was recorded before there was one" }
        : outcome("lease", recorded.lease, plane.state.get("leases", { name, namespace: "kube-node-lease" })),
      ...recorded.pods.map((pod) => outcome(podId(pod), pod, plane.state.get("pods", { name: textAt(pod, "metadata.name"), namespace }))),
      ...recorded.events.map((event): Outcome => {
        const id = eventId(event);
        const same = events.find((other) => eventId(other) === id);
        if (same === undefined && event["reason"] === ofCgroupV1) return { id, outOfScope: "this machine has no cgroup v1" };
        return outcome(id, event, same);
      }),
    ];
    return all.filter(({ id }) => filter.test(id));
  } finally {
    await kubelet?.stop();
    await double.close();
    await plane.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function joinCluster(version: string, plane: ControlPlane, double: RuntimeDouble, directory: string): Promise<RunningKubelet> {
  const [kubeconfig, manifests] = [join(directory, "kubeconfig"), join(directory, "manifests")];
  await writeFile(kubeconfig, plane.kubeconfigFor({ user: `system:node:${name}`, groups: ["system:nodes"] }), { mode: 0o600 });
  await mkdir(manifests);
  await copyFile(manifest, join(manifests, "counter.yaml"));
  return startKubelet({
    kubernetesVersion: version,
    hostnameOverride: name,
    apiServer: await readKubeconfig(kubeconfig),
    timeScale,
    runtime: double.client(),
    ports: { main: 0, healthz: 0 },
    configuration: {
      address: "127.0.0.1",
      staticPodPath: manifests,
      enforceNodeAllocatable: [],
      evictionHard: { "memory.available": "1Mi" },
      authorization: { mode: "AlwaysAllow" },
    },
  });
}

/** Waits for everything that was recorded; what does not come is found missing then. */
async function settle({ state }: ControlPlane, recorded: ClusterObjects, signal: AbortSignal): Promise<void> {
  const wanted = recorded.events.filter((event) => event["reason"] !== ofCgroupV1).map(eventId);
  const isThere = (): true | undefined => {
    const ids = new Set(state.list("events", namespace).map(eventId));
    const hasPods = recorded.pods.every((pod) => {
      const found = state.get("pods", { name: textAt(pod, "metadata.name"), namespace });
      return (
        found !== undefined && JSON.stringify(found).includes("ErrImageNeverPull") && JSON.stringify(found).split('"running"').length > 2
      );
    });
    const hasLease = state.get("leases", { name, namespace: "kube-node-lease" }) !== undefined;
    const hasHandlers = !JSON.stringify(state.get("nodes", { name }) ?? {}).includes("not have completed yet");
    return (hasPods && hasLease && hasHandlers && wanted.every((id) => ids.has(id))) || undefined;
  };
  await state.until(isThere, { signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]) }).catch(() => {});
  signal.throwIfAborted();
}

function differences(recorded: JsonObject, answered: JsonObject, places: Places): readonly Difference[] {
  return compareJson(reduceObject(recorded, []), reduceObject(answered, places)).flatMap(({ path, ...values }) =>
    differing(path, JSON.stringify(values.recorded) ?? "absent", JSON.stringify(values.answered) ?? "absent"),
  );
}

function podId(pod: JsonObject): string {
  return `pod.${textAt(pod, "metadata.name")}`;
}

function eventId(event: JsonObject): string {
  const container = textAt(event, "involvedObject.fieldPath").replace(/^spec\.\w+\{(.*)\}$/, ".$1");
  return `event.${textAt(event, "reason")}${container}`;
}
