import { startControlPlane, textAt, type ControlPlane, type JsonObject } from "@kubelet-conformance/control-plane";
import { writeFile } from "node:fs/promises";
import https from "node:https";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readKubeconfig, startKubelet, type RunningKubelet } from "../index.ts";
import { temporaryDirectory } from "../kubelet.test.support.ts";

const name = "n1";
const namespace = "default";

/** A kubelet of the node n1 on a control plane; both end with the test. */
async function node(manifest?: object): Promise<{ plane: ControlPlane; kubelet: RunningKubelet }> {
  const plane = await startControlPlane();
  onTestFinished(() => plane.stop());
  const directory = await temporaryDirectory();
  const file = join(directory, "kubeconfig");
  await writeFile(file, plane.kubeconfigFor({ user: `system:node:${name}`, groups: ["system:nodes"] }));
  const pods = join(directory, "pod.json");
  if (manifest !== undefined) await writeFile(pods, JSON.stringify(manifest));
  await writeFile(join(directory, "ca.crt"), plane.authority.cert);
  const kubelet = await startKubelet({
    kubernetesVersion: "1.36",
    hostnameOverride: name,
    apiServer: await readKubeconfig(file),
    configuration: {
      address: "127.0.0.1",
      authentication: { x509: { clientCAFile: join(directory, "ca.crt") } },
      authorization: { mode: "Webhook" },
      ...(manifest === undefined ? {} : { staticPodPath: pods }),
    },
    ports: { main: 0, healthz: 0 },
  });
  onTestFinished(() => kubelet.stop());
  return { plane, kubelet };
}

const container = { name: "main", image: "localhost/busybox:1", imagePullPolicy: "Never", command: ["sh", "-c", "echo hello; sleep 100"] };

function pod(podName: string, spec: JsonObject = {}): JsonObject {
  return { metadata: { name: podName, namespace }, spec: { nodeName: name, containers: [container], ...spec } };
}

function phase(plane: ControlPlane, podName: string, wanted: string): Promise<JsonObject> {
  return plane.state.until(() => {
    const found = plane.state.get("pods", { name: podName, namespace });
    return found !== undefined && textAt(found, "status.phase") === wanted ? found : undefined;
  });
}

async function get(plane: ControlPlane, kubelet: RunningKubelet, path: string): Promise<{ status: number; text: string }> {
  const client = plane.authority.issue({ commonName: "admin", organizations: ["system:masters"], usage: "client" });
  return new Promise((resolve, reject) => {
    const request = https.get(kubelet.urls.main + path, { rejectUnauthorized: false, ...client }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on("error", reject);
  });
}

test("a pod that is bound to the node runs, and is gone once it is deleted", async () => {
  const { plane, kubelet } = await node();
  plane.state.create("pods", pod("bound"));
  const running = await phase(plane, "bound", "Running");
  expect(running).toMatchObject({
    status: {
      observedGeneration: 1,
      hostIP: "127.0.0.1",
      podIP: expect.any(String),
      containerStatuses: [{ name: "main", ready: true, state: { running: {} } }],
    },
  });
  expect(await get(plane, kubelet, `/containerLogs/${namespace}/bound/main`)).toMatchObject({ status: 200, text: "hello\n" });
  const reasons = await plane.state.until(() => {
    const found = plane.state.list("events", namespace).filter((event) => textAt(event, "involvedObject.name") === "bound");
    return found.length >= 3 ? found.map((event) => textAt(event, "reason")) : undefined;
  });
  expect(reasons.toSorted()).toEqual(["Created", "Pulled", "Started"]);

  plane.state.delete("pods", { name: "bound", namespace });
  await plane.state.until(() => plane.state.get("pods", { name: "bound", namespace }) === undefined || undefined);
  await plane.state.until(() => plane.state.list("events", namespace).some((event) => event["reason"] === "Killing") || undefined);
});

test("a pod that ends is told to have succeeded", async () => {
  const { plane } = await node();
  plane.state.create("pods", pod("job", { restartPolicy: "Never", containers: [{ ...container, command: ["sh", "-c", "echo done"] }] }));
  expect(await phase(plane, "job", "Succeeded")).toMatchObject({
    status: { containerStatuses: [{ state: { terminated: { exitCode: 0 } } }] },
  });
});

test("a static pod has a mirror, which comes back when it is deleted", async () => {
  const manifest = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: { containers: [container] } };
  const { plane, kubelet } = await node(manifest);
  const mirror = await phase(plane, `web-${name}`, "Running");
  expect(mirror).toMatchObject({
    metadata: {
      annotations: { "kubernetes.io/config.source": "file" },
      ownerReferences: [{ kind: "Node", name, controller: true, uid: plane.state.get("nodes", { name })?.metadata.uid }],
    },
  });
  const uid = textAt(mirror, "metadata.uid");
  const { text } = await get(plane, kubelet, "/pods");
  expect(text).not.toContain(uid);
  plane.state.delete("pods", { name: `web-${name}`, namespace }, { gracePeriodSeconds: 0 });
  const next = await plane.state.until(() => {
    const found = plane.state.get("pods", { name: `web-${name}`, namespace });
    return found !== undefined && found.metadata.uid !== uid ? found : undefined;
  });
  expect(next.metadata["annotations"]).toMatchObject({ "kubernetes.io/config.mirror": expect.stringMatching(/^[0-9a-f]{32}$/) });
});

test("an ephemeral container that is added later starts", async () => {
  const { plane } = await node();
  const created = plane.state.create("pods", pod("debugged"));
  await phase(plane, "debugged", "Running");
  const current = plane.state.get("pods", { name: "debugged", namespace }) ?? created;
  const ephemeralContainers = [{ ...container, name: "debugger" }];
  // A literal of plain values.
  plane.state.update("pods", { ...current, spec: { ...(current["spec"] as JsonObject), ephemeralContainers } });
  const running = await plane.state.until(() => {
    const text = JSON.stringify(plane.state.get("pods", { name: "debugged", namespace })?.["status"] ?? {});
    return text.includes('"name":"debugger","state":{"running"') ? text : undefined;
  });
  expect(running).toContain('"phase":"Running"');
});

test("the API server says who may do what", async () => {
  const { plane, kubelet } = await node();
  expect((await get(plane, kubelet, "/pods")).status).toBe(200);
  expect(plane.requests.all({ resource: "subjectaccessreviews" })[0]?.body).toMatchObject({
    spec: { resourceAttributes: { verb: "get", version: "v1", resource: "nodes", subresource: "pods", name }, user: "admin" },
  });
});
