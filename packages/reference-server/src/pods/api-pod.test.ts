import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory, testKubelet } from "../kubelet.test.support.ts";

const container = (name: string, script = "sleep 100000") => ({
  name,
  image: "localhost/busybox:1",
  imagePullPolicy: "Never",
  command: ["sh", "-c", script],
});
const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "api", namespace: "default", uid: "ce32a397-541c-4308-a7fa-6c17cdd9947c" },
  spec: {
    hostNetwork: true,
    initContainers: [container("init", "echo done"), { ...container("sidecar"), restartPolicy: "Always" }],
    containers: [container("main")],
    ephemeralContainers: [container("running"), container("over", "echo done"), { ...container("absent"), image: "localhost/absent:1" }],
  },
};

async function kubeletWith(content: object, kubernetesVersion: string) {
  const path = join(await temporaryDirectory(), "pod.json");
  await writeFile(path, JSON.stringify(content));
  return testKubelet({ kubernetesVersion, apiPodPath: path });
}

interface Listed {
  items: { metadata: { name: string; uid: string; annotations: Record<string, string> }; status: Record<string, Status[]> }[];
}
type Status = { name: string; state: object; ready: boolean; started?: boolean };

// As kubelets of 1.30 to 1.37 were seen to.
test("a pod of an API server runs with its sidecar and its ephemeral containers, and says so on /pods", async () => {
  const kubelet = await kubeletWith(pod, "1.36");
  const { items } = JSON.parse((await kubelet.get("/pods").expect(200)).text) as Listed; // The list has a schema test of its own.
  const own = items.find(({ metadata }) => metadata.name === "api");
  expect(own?.metadata).toMatchObject({ uid: pod.metadata.uid, annotations: { "kubernetes.io/config.source": "api" } });
  const seen = (member: string) =>
    own?.status[member]?.map(({ name, state, ready, started }) => [name, Object.keys(state)[0], ready, started]);
  expect(seen("initContainerStatuses")).toEqual([
    ["init", "terminated", true, false],
    ["sidecar", "running", true, true],
  ]);
  expect(seen("containerStatuses")).toEqual([["main", "running", true, true]]);
  expect(seen("ephemeralContainerStatuses")).toEqual([
    ["absent", "waiting", false, undefined],
    ["over", "terminated", false, undefined],
    ["running", "running", false, undefined],
  ]);
});

test.each([
  ["init", 500, "(container init not found)"],
  ["sidecar", 200, "checkpoint-api_default-sidecar-"],
  ["running", 200, "checkpoint-api_default-running-"],
  ["over", 500, "(container over not found)"],
  ["absent", 500, "(container absent not found)"],
  ["nobody", 404, "container nobody does not exist"],
])("a checkpoint of its container %s answers %i", async (name, status, text) => {
  const kubelet = await kubeletWith(pod, "1.36");
  expect((await kubelet.post(`/checkpoint/default/api/${name}`).expect(status)).text).toContain(text);
});

test("up to 1.28 a sidecar is an init container that holds the pod up", async () => {
  const short = { ...pod, spec: { ...pod.spec, initContainers: [{ ...container("sidecar", "echo done"), restartPolicy: "Always" }] } };
  const kubelet = await kubeletWith(short, "1.28");
  expect((await kubelet.get("/pods").expect(200)).text).toMatch(/"name":"sidecar","state":\{"terminated"/);
});

test("a static pod with ephemeral containers is none", async () => {
  const path = join(await temporaryDirectory(), "pod.json");
  await writeFile(path, JSON.stringify(pod));
  const kubelet = await testKubelet({ configuration: { staticPodPath: path } });
  expect((await kubelet.get("/pods").expect(200)).text).toContain('"items":null');
});
