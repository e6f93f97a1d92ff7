import { createAuthority, seedNode, startControlPlane } from "@kubelet-conformance/control-plane";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { createKubeletClient } from "@kubelet-conformance/client";
import type { OperationId } from "@kubelet-conformance/types";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examples } from "./index.ts";
import type { Subject } from "./subject.ts";

const gates = { KubeletAllocatedPodsEndpoint: true, ComponentStatusz: true, ComponentFlagz: true };
const ends: (() => Promise<void> | void)[] = [];
let direct: Subject;
let proxied: Subject;

beforeAll(async () => {
  const authority = await createAuthority({ commonName: "cluster" });
  const kubelet = await startKubelet({
    kubernetesVersion: "1.37",
    hostnameOverride: "node",
    authority,
    overrides: { featureGates: gates },
  });
  ends.push(() => kubelet.stop());
  await kubelet.settled;
  const { cert, key } = authority.issue({ commonName: "admin", organizations: ["system:masters"], usage: "client" });
  const client = await createKubeletClient({
    server: kubelet.urls.main,
    ca: kubelet.caCertificate,
    clientCertificate: cert,
    clientKey: key,
  });
  ends.push(() => client.close());
  const { data } = await client.GET("/pods");
  const uid = data?.items?.[0]?.metadata.uid ?? "";
  direct = { client, namespace: "default", pod: "sample-node", uid, container: "counter", port: 8080 };

  const plane = await startControlPlane({ authority, kubeletAuthority: kubelet.caCertificate });
  ends.push(() => plane.stop());
  const status = {
    addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
    daemonEndpoints: { kubeletEndpoint: { Port: Number(new URL(kubelet.urls.main).port) } },
  };
  plane.state.update("nodes", { ...seedNode(plane.state, { name: "node" }), status }, { subresource: "status" });
  const directory = await mkdtemp(join(tmpdir(), "client-test-"));
  ends.push(() => rm(directory, { recursive: true }));
  const kubeconfig = join(directory, "kubeconfig");
  await writeFile(kubeconfig, plane.kubeconfigFor({ user: "admin", groups: ["system:masters"] }));
  const through = await createKubeletClient({ kubeconfig, node: "node" });
  ends.push(() => through.close());
  proxied = { ...direct, client: through };
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

const gzip = expect.objectContaining({ 0: 0x1f, 1: 0x8b });
const types = expect.arrayContaining([expect.stringMatching(/^# TYPE /)]);
const tick = expect.stringMatching(/^tick \d+\n$/);
const greeting = expect.stringMatching(/^HTTP\/1\.1 200 OK\r\n[^]*hello from sample-node\n$/);

/** What each finds on the reference kubelet. */
const found: Record<OperationId, unknown> = {
  checkpointContainer: [expect.stringMatching(/\/checkpoint-sample-node_default-counter-.*\.tar$/)],
  getPods: ["default/sample-node"],
  getAllocatedPods: ["sample-node"],
  getAllocatedPod: expect.arrayContaining([expect.objectContaining({ name: "counter" })]),
  getAllocatedPodByUid: expect.stringMatching(/^[0-9a-f]{32}$/),
  getRunningPods: expect.arrayContaining(["counter", "tty"]),
  getHealthz: expect.stringContaining("[+]ping ok\n"),
  getHealthzPing: true,
  getHealthzLog: true,
  getHealthzSyncLoop: true,
  getHealthzDevicePlugin: true,
  getConfigz: expect.objectContaining({ "memory.available": "100Mi" }),
  getStatusz: expect.objectContaining({ kind: "Statusz" }),
  getFlagz: expect.stringContaining("kubelet flagz"),
  getPprofCmdline: expect.arrayContaining(["--hostname-override=node"]),
  getPprofProfile: gzip,
  getPprofSymbol: expect.stringContaining("num_symbols"),
  getPprofTrace: expect.objectContaining({ 0: 0x67, 1: 0x6f }),
  getPprof: expect.stringContaining("goroutine"),
  putVerbosity: expect.stringContaining("set klog.logging.verbosity to 2"),
  getMetrics: types,
  getMetricsCadvisor: types,
  getMetricsResource: types,
  getMetricsProbes: expect.any(Array),
  getMetricsSlis: types,
  resetMetricsSlis: expect.any(String),
  getStatsSummary: expect.arrayContaining([{ pod: "sample-node", bytes: expect.any(Number) }]),
  postStatsSummary: "node",
  getContainerLogs: [expect.stringMatching(/^\d{4}-.*Z tick 0$/), expect.stringMatching(/ tick 1$/)],
  getNodeLogs: ["containers/", "pods/"],
  getNodeLog: expect.stringContaining("counter-"),
  runCommand: "hello\n",
  runCommandByUid: expect.stringContaining("exited with 1"),
  getExec: { output: "hello\n", problems: "problem\n", exitCode: 3 },
  getExecByUid: { screen: expect.stringContaining("30 100\r\n"), exitCode: 0 },
  postExec: "hello\n",
  postExecByUid: "hello\n",
  getAttach: tick,
  getAttachByUid: tick,
  postAttach: tick,
  postAttachByUid: tick,
  getPortForward: greeting,
  getPortForwardByUid: greeting,
  postPortForward: greeting,
  postPortForwardByUid: greeting,
};

/** What the node proxy cannot pass on. */
const isUpgrade = (id: string) => /Exec|Attach|PortForward/.test(id);
const entries = Object.entries(examples);

test.each(entries)("the example %s", async (name, example) => {
  expect(await example(direct)).toEqual(found[name as OperationId]); // The keys are operation ids.
});

describe("through the node proxy", () => {
  test.each(entries.filter(([name]) => !isUpgrade(name)))("the example %s finds the same", async (name, example) => {
    expect(await example(proxied)).toEqual(found[name as OperationId]); // The keys are operation ids.
  });

  test.each(entries.filter(([name]) => isUpgrade(name)))("the example %s is not sent", async (_name, example) => {
    await expect(example(proxied)).rejects.toMatchObject({ code: "not-through-proxy" });
  });
});
