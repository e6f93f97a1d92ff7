import { startControlPlane, textAt, type ControlPlane, type KubeObject } from "@kubelet-conformance/control-plane";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readKubeconfig, startKubelet, type KubeletOptions } from "../index.ts";

const name = "n1";

/** A control plane, and what starts a kubelet of the node n1 on it. Both end with the test. */
async function cluster() {
  const plane = await startControlPlane();
  onTestFinished(() => plane.stop());
  const directory = await mkdtemp(join(tmpdir(), "kubelet-node-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, "kubeconfig");
  await writeFile(file, plane.kubeconfigFor({ user: `system:node:${name}`, groups: ["system:nodes"] }));
  const apiServer = await readKubeconfig(file);
  return {
    plane,
    start: async (options: Partial<KubeletOptions> = {}) => {
      const kubelet = await startKubelet({ kubernetesVersion: "1.36", hostnameOverride: name, apiServer, ...options });
      onTestFinished(() => kubelet.stop());
      return kubelet;
    },
  };
}

function readyNode({ state }: ControlPlane): Promise<KubeObject> {
  return state.until(() => {
    const node = state.get("nodes", { name });
    return JSON.stringify(node?.["status"] ?? {}).includes('"KubeletReady"') ? node : undefined;
  });
}

test("a kubelet registers its node and becomes ready", async () => {
  const { plane, start } = await cluster();
  const kubelet = await start();
  const node = await readyNode(plane);
  const port = Number(new URL(kubelet.urls.main).port);
  expect(node).toMatchObject({
    metadata: {
      name,
      labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": process.platform },
      annotations: { "volumes.kubernetes.io/controller-managed-attach-detach": "true" },
    },
    status: {
      addresses: [
        { type: "InternalIP", address: "127.0.0.1" },
        { type: "Hostname", address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
      capacity: { pods: "110" },
      conditions: [{ type: "MemoryPressure" }, { type: "DiskPressure" }, { type: "PIDPressure" }, { type: "Ready", status: "True" }],
      nodeInfo: { kubeletVersion: kubelet.kubernetesVersion, kubeProxyVersion: "" },
    },
  });
  expect(plane.state.get("csinodes", { name })).toMatchObject({ spec: { drivers: null } });
});

test("it renews a lease that its node owns, every quarter of its duration", async () => {
  const { plane, start } = await cluster();
  await start({ timeScale: 100 });
  const ref = { name, namespace: "kube-node-lease" };
  const renewed = new Set<string>();
  await plane.state.until(() => {
    const lease = plane.state.get("leases", ref);
    if (lease !== undefined) renewed.add(textAt(lease, "spec.renewTime"));
    return renewed.size > 3 ? lease : undefined;
  });
  const times = [...renewed].map((time) => Date.parse(time));
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(10_000);
  const node = plane.state.get("nodes", { name });
  expect(plane.state.get("leases", ref)).toMatchObject({
    metadata: { ownerReferences: [{ apiVersion: "v1", kind: "Node", name, uid: node?.metadata.uid }] },
    spec: { holderIdentity: name, leaseDurationSeconds: 40 },
  });
});

test("it takes an existing node over, and its labels back", async () => {
  const { plane, start } = await cluster();
  plane.state.create("nodes", {
    metadata: { name, labels: { "kubernetes.io/hostname": "other", mine: "kept" } },
    status: { capacity: { "example.com/gpu": "4" }, allocatable: { "example.com/gpu": "4" } },
  });
  await start({ node: { labels: { team: "a" } } });
  const node = await readyNode(plane);
  expect(node).toMatchObject({ status: { capacity: { "example.com/gpu": "0" }, allocatable: { "example.com/gpu": "0" } } });
  expect(node.metadata["labels"]).toMatchObject({ "kubernetes.io/hostname": name, "kubernetes.io/arch": expect.any(String), mine: "kept" });
  expect(node.metadata["labels"]).not.toHaveProperty("team");
});

test("an API server that is down at first is waited for, and the kubelet serves meanwhile", async () => {
  const { plane, start } = await cluster();
  await plane.faults.down();
  const kubelet = await start({ timeScale: 20 });
  expect((await fetch(kubelet.urls.healthz ?? "")).status).toBe(404);
  await plane.faults.up();
  await readyNode(plane);
});

test("what the configuration and the flags ask for is in the node", async () => {
  const { plane, start } = await cluster();
  await start({
    configuration: {
      address: "127.0.0.1",
      authorization: { mode: "AlwaysAllow" },
      maxPods: 7,
      kubeReserved: { cpu: "100m" },
      evictionHard: { "memory.available": "1Gi" },
      registerWithTaints: [{ key: "a", value: "b", effect: "NoSchedule" }],
      providerID: "example://1",
    },
    ports: { main: 0, healthz: 0 },
    node: { labels: { team: "a" }, externalCloudProvider: true },
  });
  const node = await readyNode(plane);
  expect(node.metadata["labels"]).toMatchObject({ team: "a" });
  expect(node).toMatchObject({
    spec: {
      providerID: "example://1",
      taints: [
        { key: "a" },
        { key: "node.cloudprovider.kubernetes.io/uninitialized", value: "true" },
        { key: "node.kubernetes.io/not-ready" },
      ],
    },
    status: { capacity: { pods: "7" }, addresses: [{ type: "Hostname", address: name }] },
  });
  const cores = Number(textAt(node, "status.capacity.cpu"));
  expect(textAt(node, "status.allocatable.cpu")).toBe(`${cores * 1000 - 100}m`);
});

test("a label of a reserved namespace is refused with the kubelet's words", async () => {
  await expect(startKubelet({ kubernetesVersion: "1.36", node: { labels: { "node-role.kubernetes.io/x": "" } } })).rejects.toThrow(
    "unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: [node-role.kubernetes.io/x]\n--node-labels in the",
  );
});

test("without a network the node is not ready, and only pods in its own network run", async () => {
  const { plane, start } = await cluster();
  const double = new RuntimeDouble();
  onTestFinished(() => double.close());
  double.faults.add("network-not-ready");
  const container = { name: "main", image: "localhost/busybox:1", command: ["sh", "-c", "sleep 100"] };
  for (const [pod, hostNetwork] of [
    ["own", false],
    ["host", true],
  ] as const) {
    plane.state.create("pods", {
      metadata: { name: pod, namespace: "default" },
      spec: { nodeName: name, hostNetwork, containers: [container] },
    });
  }
  await start({ runtime: double.client(), timeScale: 20 });
  const phase = (pod: string) => textAt(plane.state.get("pods", { name: pod, namespace: "default" }) ?? {}, "status.phase");
  await plane.state.until(() => phase("host") === "Running" || undefined);
  const event = await plane.state.until(() => plane.state.list("events", "default").find(({ reason }) => reason === "NetworkNotReady"));
  const problem =
    "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized";
  expect(event).toMatchObject({
    type: "Warning",
    message: `network is not ready: ${problem}`,
    involvedObject: { kind: "Pod", name: "own" },
  });
  expect(phase("own")).toBe("Pending");
  const node = await plane.state.until(() => {
    const found = plane.state.get("nodes", { name });
    return JSON.stringify(found ?? {}).includes(`"message":"${problem}"`) ? found : undefined;
  });
  expect(node).toMatchObject({ status: { conditions: [{}, {}, {}, { type: "Ready", status: "False", reason: "KubeletNotReady" }] } });
});

test("a status that cannot be written is tried five times each period, first from what was last seen", async () => {
  const { plane, start } = await cluster();
  await start({ timeScale: 50 });
  await readyNode(plane);
  plane.requests.clear();
  const fault = plane.faults.inject({ effect: { kind: "status", code: 500 }, resource: "nodes/*", user: `system:node:${name}` });
  // A label that the kubelet puts back makes the next status a changed one.
  const node = plane.state.get("nodes", { name });
  if (node === undefined) throw new Error("the node is gone");
  plane.state.update("nodes", { ...node, metadata: { ...node.metadata, labels: {} } });
  // The lease and the CSINode ask for the node, too, but without a limit of time.
  const heartbeats = () => plane.requests.all({ status: 500 }).filter(({ query }) => query === "timeout=10s");
  const asked = () => heartbeats().map(({ method, resource }) => `${method} ${resource}`);
  const turn = ["PATCH nodes/status", "GET nodes", "GET nodes", "GET nodes", "GET nodes", "PATCH nodes/status"].join();
  // One that was to say that the node is ready may have failed before.
  await plane.requests.until(() => asked().join().includes(turn) || undefined);
  fault.remove();
  const restored = await plane.state.until(() => {
    const found = plane.state.get("nodes", { name });
    return JSON.stringify(found?.metadata).includes("kubernetes.io/os") ? found : undefined;
  });
  expect(restored.metadata["labels"]).toEqual({ "kubernetes.io/os": expect.any(String), "kubernetes.io/arch": expect.any(String) });
});

test("a node that may not be created is taken over since 1.32, and waited for before", async () => {
  for (const [kubernetesVersion, looksUp] of [
    ["1.31", false],
    ["1.32", true],
  ] as const) {
    const { plane, start } = await cluster();
    plane.state.create("nodes", { metadata: { name } });
    plane.faults.inject({ effect: { kind: "status", code: 403 }, resource: "nodes", verb: "create" });
    await start({ kubernetesVersion, timeScale: 20 });
    const isCreate = ({ method, resource }: { method: string; resource?: string }) => method === "POST" && resource === "nodes";
    if (looksUp) await readyNode(plane);
    else await plane.requests.until(() => plane.requests.all().filter(isCreate).length > 2 || undefined);
    expect(plane.requests.all().filter(isCreate).length > 1).toBe(!looksUp);
  }
});
