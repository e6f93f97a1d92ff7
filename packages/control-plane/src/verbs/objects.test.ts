import { expect, test } from "vitest";
import { plane } from "../plane.test.support.ts";
import { seedNode, seedPod } from "../seed.ts";

const configmaps = "/api/v1/namespaces/default/configmaps";
const strategic = "application/strategic-merge-patch+json";

test("an object is created, read, replaced and deleted, and carries what the server gives it", async () => {
  const { admin } = await plane();
  const created = await admin.send("POST", configmaps, { body: { metadata: { name: "c", uid: "mine" }, data: { a: "b" } } });
  expect(created).toMatchObject({ status: 201, json: { kind: "ConfigMap", apiVersion: "v1", data: { a: "b" } } });
  expect(created.json["metadata"]).toMatchObject({ name: "c", namespace: "default", resourceVersion: expect.stringMatching(/^\d+$/) });
  expect(created.json["metadata"]).not.toMatchObject({ uid: "mine" });
  expect((await admin.send("GET", `${configmaps}/c`)).json).toEqual(created.json);
  const next = await admin.send("PUT", `${configmaps}/c`, { body: { ...created.json, data: { a: "c" } } });
  expect(next).toMatchObject({ status: 200, json: { data: { a: "c" } } });
  expect(await admin.send("PUT", `${configmaps}/c`, { body: created.json })).toMatchObject({ status: 409, json: { reason: "Conflict" } });
  const listed = await admin.send("GET", configmaps);
  expect(listed.json).toMatchObject({ kind: "ConfigMapList", items: [{ metadata: { name: "c" } }] });
  expect(listed.json["items"]).not.toMatchObject([{ kind: "ConfigMap" }]);
  expect(await admin.send("DELETE", `${configmaps}/c`)).toMatchObject({ status: 200, json: { status: "Success" } });
  expect(await admin.send("GET", `${configmaps}/c`)).toMatchObject({
    status: 404,
    json: { message: 'configmaps "c" not found', reason: "NotFound", details: { name: "c", kind: "configmaps" }, code: 404 },
  });
});

test.each([
  ["POST", configmaps, { metadata: {} }, 422, "Invalid"],
  ["POST", configmaps, "{", 400, "BadRequest"],
  ["POST", configmaps, { metadata: { name: "c", namespace: "other" } }, 400, "BadRequest"],
  ["POST", "/api/v1/namespaces/absent/configmaps", { metadata: { name: "c" } }, 404, "NotFound"],
  ["POST", "/api/v1/configmaps", { metadata: { name: "c" } }, 404, "NotFound"],
  ["POST", "/api/v1/namespaces", { metadata: { name: "default" } }, 409, "AlreadyExists"],
  ["PUT", `${configmaps}/a`, { metadata: { name: "b" } }, 400, "BadRequest"],
  ["PUT", configmaps, {}, 405, "MethodNotAllowed"],
  ["GET", "/api/v1/nothing", undefined, 404, "NotFound"],
])("%s %s %j is refused with %i", async (method, path, body, status, reason) => {
  const { admin } = await plane();
  const reply = await admin.send(method, path, { ...(body !== undefined && { body }) });
  expect(reply).toMatchObject({ status, json: { kind: "Status", status: "Failure", reason, code: status } });
});

test("only JSON is spoken", async () => {
  const { admin } = await plane();
  expect(await admin.send("POST", configmaps, { body: "x", type: "application/vnd.kubernetes.protobuf" })).toMatchObject({ status: 415 });
  expect(await admin.send("PATCH", `${configmaps}/c`, { body: "[]", type: "application/json-patch+json" })).toMatchObject({ status: 415 });
  const accept = (Accept: string) => admin.send("GET", configmaps, { headers: { Accept } });
  expect((await accept("application/vnd.kubernetes.protobuf")).status).toBe(406);
  expect((await accept("application/vnd.kubernetes.protobuf,application/json")).status).toBe(200);
});

test("status and spec are written apart, and a patch that changes nothing is no change", async () => {
  const { running, admin } = await plane();
  seedNode(running.state, { name: "n" });
  const node = "/api/v1/nodes/n";
  const body = {
    metadata: { annotations: { a: "b" } },
    spec: { unschedulable: true },
    status: { conditions: [{ type: "Ready", status: "True" }] },
  };
  const status = await admin.send("PATCH", `${node}/status`, { body, type: strategic });
  expect(status.json).toMatchObject({
    metadata: { annotations: { a: "b" } },
    status: { capacity: { pods: "110" }, conditions: [{ type: "Ready" }] },
  });
  expect(status.json["spec"]).toEqual({ taints: [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }] });
  const spec = await admin.send("PATCH", node, { body: { spec: { unschedulable: true }, status: null }, type: strategic });
  expect(spec.json).toMatchObject({ spec: { unschedulable: true }, status: { capacity: { pods: "110" } } });
  const { version } = running.state;
  expect((await admin.send("PATCH", `${node}/status`, { body: {}, type: strategic })).json).toEqual(spec.json);
  expect(running.state.version).toBe(version);
  expect(await admin.send("PATCH", `${node}/status`, { body: { metadata: { uid: "x" } }, type: strategic })).toMatchObject({
    status: 422,
    json: { message: 'Node "n" is invalid: metadata.uid: Invalid value: "x": field is immutable' },
  });
  expect((await admin.send("PATCH", `${node}/scale`, { body: {}, type: strategic })).status).toBe(404);
});

test("a pod gets the defaults, is bound once, and goes when its kubelet says so", async () => {
  const { running, admin } = await plane();
  const pods = "/api/v1/namespaces/default/pods";
  const created = await admin.send("POST", pods, { body: { metadata: { name: "p" }, spec: { containers: [{ name: "c", image: "i" }] } } });
  expect(created.json).toMatchObject({
    spec: { securityContext: {}, restartPolicy: "Always", containers: [{ resources: {}, imagePullPolicy: "Always" }] },
    status: { phase: "Pending", qosClass: "BestEffort" },
  });
  const bind = () => admin.send("POST", `${pods}/p/binding`, { body: { metadata: { name: "p" }, target: { kind: "Node", name: "n" } } });
  expect((await bind()).status).toBe(201);
  expect(await bind()).toMatchObject({ status: 409, json: { message: expect.stringContaining('already assigned to node "n"') } });
  const marked = await admin.send("DELETE", `${pods}/p`);
  expect(marked.json).toMatchObject({
    metadata: { deletionGracePeriodSeconds: 30, deletionTimestamp: expect.any(String) },
    spec: { nodeName: "n" },
  });
  const final = (uid: unknown) => admin.send("DELETE", `${pods}/p`, { body: { gracePeriodSeconds: 0, preconditions: { uid } } });
  expect(await final("other")).toMatchObject({ status: 409, json: { reason: "Conflict" } });
  expect((await final(running.state.get("pods", { name: "p", namespace: "default" })?.metadata.uid)).status).toBe(200);
  expect((await admin.send("GET", `${pods}/p`)).status).toBe(404);
});

test("a collection is deleted by selector", async () => {
  const { running, admin } = await plane();
  seedPod(running.state, { name: "a", namespace: "new", nodeName: "n1" });
  seedPod(running.state, { name: "b", nodeName: "n2" });
  const reply = await admin.send("DELETE", "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1&gracePeriodSeconds=0");
  expect(reply.json).toMatchObject({ kind: "PodList", items: [{ metadata: { name: "a" } }] });
  expect(running.state.list("pods").map(({ metadata }) => metadata.name)).toEqual(["b"]);
});
