import { once } from "node:events";
import http2 from "node:http2";
import { expect, test } from "vitest";
import { plane, watchEvents } from "./plane.test.support.ts";
import { seedNode, seedPod } from "./seed.ts";

test("a status fault hits what it names, as often as it says", async () => {
  const { running, admin } = await plane();
  seedNode(running.state, { name: "n" });
  const fault = running.faults.inject({ resource: "nodes", verb: "get", times: 1, effect: { kind: "status", code: 429 } });
  expect((await admin.send("GET", "/api/v1/nodes")).status).toBe(200);
  const refused = await admin.send("GET", "/api/v1/nodes/n");
  expect(refused).toMatchObject({
    status: 429,
    headers: { "retry-after": "1" },
    json: { reason: "TooManyRequests", details: { retryAfterSeconds: 1 } },
  });
  expect((await admin.send("GET", "/api/v1/nodes/n")).status).toBe(200);
  expect(fault.hits).toBe(1);
  expect(running.requests.count({ resource: "nodes", status: 429 })).toBe(1);
});

test("409 speaks of the object, 500 of the fault; removing and clearing end them", async () => {
  const { running, admin } = await plane();
  const lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n";
  const fault = running.faults.inject({ resource: "leases", effect: { kind: "status", code: 409 } });
  expect((await admin.send("PUT", lease, { body: {} })).json["message"]).toMatch(
    /leases\.coordination\.k8s\.io "n": the object has been modified/,
  );
  fault.remove();
  running.faults.inject({ user: "admin", effect: { kind: "status", code: 500 } });
  expect((await admin.send("GET", lease)).json).toMatchObject({ reason: "InternalError", message: "injected fault: 500" });
  running.faults.clear();
  expect((await admin.send("GET", lease)).status).toBe(404);
});

test("WatchList alone can be refused", async () => {
  const { running, admin } = await plane();
  const fault = running.faults.inject({ verb: "watch", initialEvents: true, effect: { kind: "status", code: 422 } });
  const initial = "watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
  expect((await admin.send("GET", `/api/v1/pods?${initial}`)).status).toBe(422);
  expect((await admin.send("GET", "/api/v1/pods?watch=true&timeoutSeconds=1")).status).toBe(200);
  expect(fault.hits).toBe(1);
});

test("a slow answer can be given up, a cut one never comes", async () => {
  const { running, admin } = await plane();
  running.faults.inject({ resource: "nodes/*", effect: { kind: "slow", milliseconds: 1 } });
  expect((await admin.send("GET", "/api/v1/nodes")).status).toBe(200);
  running.faults.clear();
  running.faults.inject({ effect: { kind: "cut" } });
  await expect(admin.send("GET", "/api/v1/nodes")).rejects.toMatchObject({ code: "ECONNRESET" });
  await running.requests.until(() => running.requests.all().at(-1)?.durationMs);
  expect(running.requests.all().at(-1)).not.toHaveProperty("status");
});

test("down refuses and drops connections; up again on the same port, with the same objects and versions", async () => {
  const { running, admin } = await plane();
  seedPod(running.state, { name: "p", nodeName: "n" });
  const { version } = running.state;
  const events = watchEvents(await admin.open("GET", "/api/v1/pods?watch=true"));
  await events.next();
  const ending = events.next();
  ending.catch(() => {});
  await running.faults.down();
  await expect(ending).rejects.toThrow("aborted");
  await expect(admin.send("GET", "/api/v1/pods")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  seedPod(running.state, { name: "q", nodeName: "n" });
  await running.faults.up();
  const resumed = watchEvents(await admin.open("GET", `/api/v1/pods?watch=true&resourceVersion=${version}`));
  expect((await resumed.next()).value).toMatchObject({ type: "ADDED", object: { metadata: { name: "q" } } });
  await resumed.return(undefined);
});

test("HTTP/2 clients are authenticated, watch, and are cut by stream", async () => {
  const { running, identity } = await plane();
  const session = http2.connect(running.url, { ca: running.authority.cert, ...identity("system:node:n", "system:nodes") });
  const stream = session.request({ ":path": "/api/v1/pods?watch=true" });
  const [headers] = (await once(stream, "response")) as [http2.IncomingHttpHeaders]; // Its first argument.
  expect(headers[":status"]).toBe(200);
  seedPod(running.state, { name: "p", nodeName: "n" });
  const [chunk] = (await once(stream, "data")) as [Buffer]; // Its only argument.
  expect(JSON.parse(chunk.toString())).toMatchObject({ type: "ADDED" });
  expect(running.requests.all().at(-1)).toMatchObject({ user: "system:node:n", verb: "watch", status: 200 });
  running.faults.inject({ effect: { kind: "cut" } });
  const cut = session.request({ ":path": "/api/v1/pods" });
  await once(cut, "close");
  expect(cut.sentHeaders[":path"]).toBe("/api/v1/pods");
  expect(session.closed).toBe(false);
  session.destroy();
});
