import { expect, test } from "vitest";
import { plane } from "../plane.test.support.ts";

const tokens = [{ token: "secret", name: "u-pods", uid: "1", groups: ["dev"] }];
const rules = [
  { user: "u-pods", verbs: ["get"], resources: ["nodes/pods"] },
  { group: "ops", verbs: ["*"], resources: ["nodes/*"] },
  { user: "unlucky", unavailable: true },
];
const tokenreviews = "/apis/authentication.k8s.io/v1/tokenreviews";
const accessreviews = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

test("a TokenReview knows the tokens of the table, also later ones, and records none", async () => {
  const { running, identity, client } = await plane({ tokens });
  const node = client(identity("system:node:n", "system:nodes"));
  const review = async (token: string) => (await node.send("POST", tokenreviews, { body: { spec: { token } } })).json["status"];
  expect(await review("secret")).toEqual({
    authenticated: true,
    user: { username: "u-pods", uid: "1", groups: ["dev", "system:authenticated"] },
  });
  expect(await review("wrong")).toEqual({ user: {}, error: "invalid bearer token" });
  running.access.tokens.push({ token: "late", name: "late", uid: "2", groups: [] });
  expect(await review("late")).toMatchObject({ authenticated: true });
  const [record] = running.requests.all({ resource: "tokenreviews" });
  expect(record).toMatchObject({ verb: "create", user: "system:node:n", status: 201, body: { spec: { token: "[redacted]" } } });
});

test.each([
  ["u-pods", [], "get", "pods", true],
  ["u-pods", [], "get", "proxy", false],
  ["u-pods", [], "create", "pods", false],
  ["x", ["ops"], "", "checkpoint", true],
  ["x", ["system:masters"], "get", "proxy", true],
  ["x", [], "get", "pods", false],
])("SubjectAccessReview for %s %j: %s nodes/%s is %s", async (user, groups, verb, subresource, allowed) => {
  const { identity, client } = await plane({ rules });
  const node = client(identity("system:node:n", "system:nodes"));
  const spec = {
    user,
    groups,
    resourceAttributes: { ...(verb !== "" && { verb }), version: "v1", resource: "nodes", subresource, name: "n" },
  };
  expect(await node.send("POST", accessreviews, { body: { spec } })).toMatchObject({ status: 201, json: { spec, status: { allowed } } });
});

test("a review that is unavailable fails", async () => {
  const { admin } = await plane({ rules });
  const spec = { user: "unlucky", resourceAttributes: { verb: "get", resource: "nodes", subresource: "pods" } };
  expect((await admin.send("POST", accessreviews, { body: { spec } })).status).toBe(500);
});

test("strangers are told what they may not do; nodes may do everything but proxy", async () => {
  const { running, identity, client } = await plane({ tokens, rules });
  const stranger = client();
  expect(await stranger.send("GET", "/healthz")).toMatchObject({ status: 200, text: "ok" });
  expect((await stranger.send("GET", "/version")).json).toMatchObject({ gitVersion: "v1.37.0" });
  expect((await stranger.send("GET", "/api/v1/nodes/n")).json["message"]).toBe(
    'nodes "n" is forbidden: User "system:anonymous" cannot get resource "nodes" in API group "" at the cluster scope',
  );
  expect(await stranger.send("GET", "/api/v1/nodes", { headers: { Authorization: "Bearer wrong" } })).toMatchObject({
    status: 401,
    json: { message: "Unauthorized", reason: "Unauthorized" },
  });
  expect((await stranger.send("GET", "/api/v1/pods", { headers: { Authorization: "Bearer secret" } })).status).toBe(403);
  const node = client(identity("system:node:n", "system:nodes"));
  expect((await node.send("GET", "/api/v1/nodes")).status).toBe(200);
  expect((await node.send("GET", "/api/v1/nodes/n/proxy/pods")).status).toBe(403);
  expect(running.requests.all({ user: "system:node:n" }).map(({ path, status }) => [path, status])).toEqual([
    ["/api/v1/nodes", 200],
    ["/api/v1/nodes/n/proxy/pods", 403],
  ]);
});

test("a service account's token is known to reviews", async () => {
  const { admin } = await plane();
  await admin.send("POST", "/api/v1/namespaces/default/serviceaccounts", { body: { metadata: { name: "sa" } } });
  const reply = await admin.send("POST", "/api/v1/namespaces/default/serviceaccounts/sa/token", {
    body: { spec: { expirationSeconds: 600 } },
  });
  expect(reply).toMatchObject({ status: 201, json: { kind: "TokenRequest", spec: { expirationSeconds: 600 } } });
  const { token } = reply.json["status"] as { token: string }; // A TokenRequest has one.
  expect((await admin.send("POST", tokenreviews, { body: { spec: { token } } })).json["status"]).toMatchObject({
    user: { username: "system:serviceaccount:default:sa" },
  });
});
