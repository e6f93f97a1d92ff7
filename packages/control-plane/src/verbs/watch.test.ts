import { expect, test } from "vitest";
import { plane, watchEvents } from "../plane.test.support.ts";
import { seedPod } from "../seed.ts";

const watchList = "watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";

test("WatchList: what is there, the bookmark, then what happens", async () => {
  const { running, admin } = await plane();
  seedPod(running.state, { name: "mine", nodeName: "n1" });
  seedPod(running.state, { name: "other", nodeName: "n2" });
  const events = watchEvents(await admin.open("GET", `/api/v1/pods?${watchList}&fieldSelector=spec.nodeName%3Dn1`));
  expect((await events.next()).value).toMatchObject({ type: "ADDED", object: { kind: "Pod", metadata: { name: "mine" } } });
  expect((await events.next()).value).toMatchObject({
    type: "BOOKMARK",
    object: {
      kind: "Pod",
      metadata: { annotations: { "k8s.io/initial-events-end": "true" }, resourceVersion: String(running.state.version) },
    },
  });
  seedPod(running.state, { name: "later", nodeName: "n1" });
  running.state.delete("pods", { name: "other", namespace: "default" }, { gracePeriodSeconds: 0 });
  running.state.delete("pods", { name: "later", namespace: "default" });
  running.state.delete("pods", { name: "later", namespace: "default" }, { gracePeriodSeconds: 0 });
  const seen = [];
  for (let count = 0; count < 3; count++) seen.push((await events.next()).value?.type);
  expect(seen).toEqual(["ADDED", "MODIFIED", "DELETED"]);
  expect(running.faults.closeWatches()).toBe(1);
  expect((await events.next()).done).toBe(true);
});

test("list, then watch from its version; an object that begins to fit is added, one that ceases is deleted", async () => {
  const { running, admin } = await plane();
  const path = "/api/v1/namespaces/default/configmaps";
  await admin.send("POST", path, { body: { metadata: { name: "a", labels: { on: "yes" } } } });
  const version = String(running.state.version);
  const relabel = (on: string) =>
    admin.send("PATCH", `${path}/a`, { body: { metadata: { labels: { on } } }, type: "application/merge-patch+json" });
  await relabel("no");
  await relabel("yes");
  const events = watchEvents(await admin.open("GET", `${path}?watch=1&resourceVersion=${version}&labelSelector=on%3Dyes`));
  expect((await events.next()).value?.type).toBe("DELETED");
  expect((await events.next()).value).toMatchObject({ type: "ADDED", object: { metadata: { labels: { on: "yes" } } } });
  await events.return(undefined);
});

test("a version that is forgotten is gone, and so is a watch that is told so", async () => {
  const { running, admin } = await plane();
  const { version } = running.state;
  seedPod(running.state, { name: "p", nodeName: "n" });
  running.state.compact();
  const gone = { type: "ERROR", object: { kind: "Status", code: 410, reason: "Expired" } };
  const old = watchEvents(await admin.open("GET", `/api/v1/pods?watch=true&resourceVersion=${version}`));
  expect((await old.next()).value).toMatchObject(gone);
  expect((await old.next()).done).toBe(true);
  const current = watchEvents(await admin.open("GET", `/api/v1/pods?watch=true&resourceVersion=${running.state.version}`));
  expect(running.faults.closeWatches({ resource: "nodes", gone: true })).toBe(0);
  expect(running.faults.closeWatches({ resource: "pods", gone: true })).toBe(1);
  expect((await current.next()).value).toMatchObject(gone);
});

test("a watch ends after timeoutSeconds, with a bookmark", async () => {
  const { admin } = await plane();
  const reply = await admin.send("GET", "/api/v1/services?watch=true&timeoutSeconds=1&allowWatchBookmarks=true");
  expect(JSON.parse(reply.text)).toMatchObject({ type: "BOOKMARK", object: { kind: "Service" } });
});

test("initial events need resourceVersionMatch", async () => {
  const { admin } = await plane();
  expect(await admin.send("GET", "/api/v1/services?watch=true&sendInitialEvents=true")).toMatchObject({
    status: 422,
    json: { reason: "Invalid" },
  });
});
