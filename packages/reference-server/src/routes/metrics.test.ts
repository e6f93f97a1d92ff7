import { expect, test } from "vitest";
import { testKubelet } from "../kubelet.test.support.ts";

test("the process's start is in /metrics/probes and /metrics/slis until a reset", async () => {
  const kubelet = await testKubelet();
  const start = /^# HELP process_start_time_seconds \[ALPHA\] /;
  expect((await kubelet.get("/metrics/probes").expect(200)).text).toMatch(start);
  expect((await kubelet.get("/metrics/slis").expect(200)).text).toMatch(start);
  await kubelet.raw("DELETE /metrics/slis HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  expect((await kubelet.get("/metrics/probes").expect(200)).text).toBe("");
  expect((await kubelet.get("/metrics/slis").expect(200)).text).toBe("");
});

test("only the whole of /healthz counts as a run of the health checks", async () => {
  const kubelet = await testKubelet();
  await kubelet.get("/healthz/ping").expect(200);
  expect((await kubelet.get("/metrics/slis")).text).not.toContain("kubernetes_healthcheck");
  await kubelet.get("/healthz").expect(200);
  expect((await kubelet.get("/metrics/slis")).text).toContain(
    'kubernetes_healthchecks_total{name="ping",status="success",type="healthz"} 1\n',
  );
});

test("what containers use comes from the runtime; without it only the error gauge is left", async () => {
  const kubelet = await testKubelet();
  const labels = '{container="counter",namespace="default",pod="counter-node"}';
  const before = (await kubelet.get("/metrics/resource").expect(200)).text;
  expect(before).toContain(`\ncontainer_memory_working_set_bytes${labels} 684032 `);
  expect(before).toContain("\nresource_scrape_error 0\n");
  await kubelet.double.close();
  expect((await kubelet.get("/metrics/resource").expect(200)).text).toBe(
    "# HELP resource_scrape_error [STABLE] 1 if there was an error while getting container metrics, 0 otherwise\n# TYPE resource_scrape_error gauge\nresource_scrape_error 1\n",
  );
  await kubelet.get("/metrics/cadvisor").expect(200);
});

test("protobuf is what a client gets that asks for it", async () => {
  const kubelet = await testKubelet();
  const type = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
  const answer = await kubelet.raw(`GET /metrics/probes HTTP/1.1\r\nHost: x\r\nAccept: ${type}\r\nConnection: close\r\n\r\n`);
  expect(answer).toContain(`Content-Type: ${type}; escaping=underscores\r\n`);
  expect(answer).toContain("k\n\u001aprocess_start_time_seconds\u0012>[ALPHA] Start time of the process");
});
