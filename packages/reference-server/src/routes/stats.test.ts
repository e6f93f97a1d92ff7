import { expect, test } from "vitest";
import { testKubelet } from "../kubelet.test.support.ts";

interface Summary {
  node: Record<string, unknown>;
  pods: { podRef: object; containers: Record<string, Record<string, unknown>>[] }[];
}

test("figures of containers are the runtime's", async () => {
  const kubelet = await testKubelet({ kubernetesVersion: "1.37" });
  const { text } = await kubelet.get("/stats/summary").expect(200);
  expect(text.startsWith('{\n "node": {\n  "nodeName": "node",\n')).toBe(true);
  expect(text.endsWith("\n}")).toBe(true);
  const { node, pods } = JSON.parse(text) as Summary;
  expect(Object.keys(node).join(" ")).toBe("nodeName systemContainers startTime cpu memory io network fs runtime rlimit swap");
  expect(pods).toMatchObject([
    {
      podRef: { name: "counter-node", namespace: "default" },
      containers: [
        { name: "counter", cpu: { usageNanoCores: 2_000_000 }, memory: { workingSetBytes: 684_032 }, rootfs: { usedBytes: 20_480 } },
      ],
    },
  ]);
});

test("a container that has ended is in no stats, though the runtime lists it", async () => {
  const kubelet = await testKubelet();
  const { stats } = await kubelet.double.client().runtime.listContainerStats({});
  expect(stats.map(({ attributes }) => attributes?.metadata?.name ?? "").toSorted()).toEqual(["counter", "init"]);
  const summary = await kubelet.get("/stats/summary").expect(200);
  expect((JSON.parse(summary.text) as Summary).pods.flatMap(({ containers }) => containers.map(({ name }) => name))).toEqual(["counter"]);
  for (const path of ["/metrics/resource", "/metrics/cadvisor"]) {
    const { text } = await kubelet.get(path).expect(200);
    expect(text).toContain('container="counter"');
    expect(text).not.toContain('container="init"');
  }
});

test.each([
  ["1.25", "nodeName systemContainers startTime cpu memory"],
  ["1.32", "nodeName systemContainers startTime cpu memory"],
  ["1.33", "nodeName systemContainers startTime cpu memory swap"],
])("only_cpu_and_memory in %s", async (kubernetesVersion, members) => {
  const kubelet = await testKubelet({ kubernetesVersion });
  const { text } = await kubelet.get("/stats/summary?only_cpu_and_memory=true").expect(200);
  expect(Object.keys((JSON.parse(text) as Summary).node).join(" ")).toBe(members);
});

test("a form counts in front of the query", async () => {
  const kubelet = await testKubelet();
  const post = (path: string, type: string, body: string) => kubelet.post(path).set("Content-Type", type).send(body);
  const form = "application/x-www-form-urlencoded";
  const small = "only_cpu_and_memory=true";
  expect((await post("/stats/summary", form, small).expect(200)).text).not.toContain('"rlimit"');
  expect((await post(`/stats/summary?${small}`, form, small).expect(200)).text).toContain('"rlimit"');
  expect((await post("/stats/summary", "text/plain", small).expect(200)).text).toContain('"rlimit"');
  await post("/stats/summary", form, "a=1;b").expect(500, "Internal Error: parse form failed: invalid semicolon separator in query");
  await post("/stats/summary", `${form}; charset`, small).expect(500, "Internal Error: parse form failed: mime: invalid media parameter");
});

test("without the runtime it says at which step it failed", async () => {
  const kubelet = await testKubelet();
  await kubelet.double.close();
  const whole = await kubelet.get("/stats/summary").expect(500);
  expect(whole.text).toMatch(/^Internal Error: failed to get imageFs stats: rpc error: code = Unavailable /);
  const small = await kubelet.get("/stats/summary?only_cpu_and_memory=true").expect(500);
  expect(small.text).toMatch(
    /^Internal Error: failed to list pod stats: failed to get pod or container map: failed to list all containers: rpc error: code = Unavailable /,
  );
});

test("an empty Content-Type is none", async () => {
  const kubelet = await testKubelet();
  const answer = await kubelet.raw(
    "POST /stats/summary HTTP/1.1\r\nHost: x\r\nContent-Type:\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});
