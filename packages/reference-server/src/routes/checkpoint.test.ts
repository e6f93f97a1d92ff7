import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseArchiveName } from "@kubelet-conformance/checkpoint-archive";
import { minors } from "@kubelet-conformance/spec";
import { behaviour } from "@kubelet-conformance/types";
import { expect, test } from "vitest";
import { testKubelet } from "../kubelet.test.support.ts";

const counter = "/checkpoint/default/counter-node/counter";
const failed = (container: string, reason: string) => `checkpointing of default/counter-node/${container} failed (${reason})`;

test("a checkpoint is written by the runtime into the private directory and named in the answer", async () => {
  const kubelet = await testKubelet();
  const call = kubelet.double.nextCall("CheckpointContainer");
  const { status, type, text } = await kubelet.post(counter);
  expect([status, type]).toEqual([200, "application/json"]);
  const [path] = (JSON.parse(text) as { items: [string] }).items;
  expect(text).toBe(`{"items":["${path}"]}`);
  expect(parseArchiveName(path, { podName: "counter-node", namespace: "default", container: "counter" })).toMatchObject({
    directory: join(kubelet.rootDirectory, "checkpoints"),
  });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(kubelet.rootDirectory, "checkpoints"))).mode & 0o777).toBe(0o700);
  expect(await call).toMatchObject({ request: { location: path, timeout: 120 }, deadlineMs: 120_000 });
});

test("checks come in the order that clients can observe", async () => {
  const kubelet = await testKubelet();
  const cases = [
    ["/checkpoint/default/absent/counter?timeout=abc", 404, "pod does not exist"],
    ["/checkpoint/absent/counter-node/counter", 404, "pod does not exist"],
    ["/checkpoint/default/counter-node/%3Cb%3E?timeout=abc", 404, "container <b> does not exist"],
    ["/checkpoint/default/counter-node/waiting?timeout=abc", 404, "cannot parse value of timeout parameter"],
    ["/checkpoint/default/counter-node/waiting?timeout=-1", 500, failed("waiting", "container waiting not found")],
    ["/checkpoint/default/counter-node/init", 500, failed("init", "container init not found")],
    [`${counter}?timeout=-1`, 500, failed("counter", "CheckpointContainer requires the timeout value to be > 0")],
    [`${counter}?timeout=9223372037`, 500, failed("counter", "rpc error: code = DeadlineExceeded desc = context deadline exceeded")],
    [`${counter}?timeout=${"9".repeat(19)}`, 404, "cannot parse value of timeout parameter"],
  ] as const;
  kubelet.double.clearCalls();
  for (const [path, status, text] of cases) expect([path, await kubelet.post(path)]).toMatchObject([path, { status, text }]);
  expect(kubelet.double.calls.filter(({ method }) => method === "CheckpointContainer")).toEqual([]);
});

test.each([
  ["", 4, 4_000],
  ["?timeout=0", 4, 4_000],
  ["?timeout=3", 4, 4_000],
  ["?timeout=%2B5", 5, 5_000],
  ["?timeout=abc&timeout=300", 300, 300_000],
  ["?timeout=%zz", 4, 4_000],
  ["?timeout=abc;x=1", 4, 4_000],
  ["?Timeout=abc", 4, 4_000],
])("timeout %j reaches the runtime as %d s", async (query, timeout, deadlineMs) => {
  const kubelet = await testKubelet({ configuration: { runtimeRequestTimeout: "4s" } });
  const call = kubelet.double.nextCall("CheckpointContainer");
  await kubelet.post(counter + query).expect(200);
  expect(await call).toMatchObject({ request: { timeout }, deadlineMs });
});

test("what the runtime answers stands in the body, and the connection of a client that leaves cancels the call", async () => {
  const kubelet = await testKubelet();
  kubelet.double.checkpoint = "stub";
  const stub = await kubelet.post(counter).expect(500);
  expect(stub.text).toBe(failed("counter", "rpc error: code = Unimplemented desc = method CheckpointContainer not implemented"));
  kubelet.double.checkpoint = "hanging";
  const call = kubelet.double.nextCall("CheckpointContainer");
  const leaving = kubelet.post(counter);
  void leaving.end(() => undefined);
  const asked = await call;
  void leaving.abort();
  await expect.poll(() => asked.cancelled).toBe(true);
});

test("calls are counted, refused ones included", async () => {
  const kubelet = await testKubelet();
  await kubelet.post(counter).expect(200);
  await kubelet.post(`${counter}?timeout=-1`).expect(500);
  await kubelet.post("/checkpoint/default/counter-node/waiting").expect(500);
  const { text } = await kubelet.get("/metrics");
  expect(text).toContain('kubelet_runtime_operations_total{operation_type="checkpoint_container"} 2\n');
  expect(text).toContain('kubelet_runtime_operations_errors_total{operation_type="checkpoint_container"} 1\n');
  expect(text).toContain('kubelet_http_requests_total{long_running="false",method="POST",path="checkpoint",server_type="readwrite"} 3\n');
});

test.each(minors)("%s: the gate decides over the route and the directory", async (kubernetesVersion) => {
  const kubelet = await testKubelet({ kubernetesVersion });
  const isOn = behaviour("checkpoint-gate-default", kubernetesVersion);
  await kubelet.post(counter).expect(isOn ? 200 : 404);
  expect((await readdir(kubelet.rootDirectory)).includes("checkpoints")).toBe(isOn);
  const switched = await testKubelet({ kubernetesVersion, configuration: { featureGates: { ContainerCheckpoint: !isOn } } });
  await switched.post(counter).expect(isOn ? 404 : 200);
});

test.each([
  ["v1.29.13", 200],
  ["v1.29.14", 404],
  ["v1.32.1", 200],
  ["v1.32.2", 404],
  ["1.36", 404],
])("%s answers %d to an unauthenticated checkpoint on the read-only port", async (kubernetesVersion, status) => {
  const kubelet = await testKubelet({
    kubernetesVersion,
    ports: { main: 0, readOnly: 0, healthz: 0 },
    configuration: { featureGates: { ContainerCheckpoint: true } },
  });
  const answer = await fetch(`${kubelet.urls.readOnly}${counter}`, { method: "POST" });
  expect(answer.status).toBe(status);
  await answer.text();
});
