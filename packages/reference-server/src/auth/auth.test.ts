import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ClientCertificate, KubeletRequest } from "../http/message.ts";
import { temporaryDirectory } from "../kubelet.test.support.ts";
import { createAuthenticator } from "./authenticate.ts";
import { createAuthorizer } from "./authorize.ts";
import { ruleTable, tokenTable } from "./static-reviews.ts";
import { readRulesFile } from "./rules.ts";
import { readTokenFile } from "./tokens.ts";

function asking(authorization?: string, certificate?: ClientCertificate): KubeletRequest {
  // The authenticator looks at nothing else.
  return { header: (name: string) => (name === "Authorization" ? authorization : undefined), certificate } as KubeletRequest;
}

const known = { verified: true, commonName: "admin", organizations: ["ops"] };
const unknown = { ...known, verified: false };
const cacheMs = 60_000;
const always = () => true;
const tokens = [{ token: "secret", name: "bob", uid: "1", groups: ["dev"] }];

test("a certificate names user and groups, a token its owner", async () => {
  const authenticate = createAuthenticator({ anonymous: false, webhook: true, review: tokenTable(tokens, always), cacheMs });
  expect(await authenticate(asking(undefined, known))).toEqual({ name: "admin", uid: "", groups: ["ops", "system:authenticated"] });
  expect(await authenticate(asking("bearer secret"))).toEqual({ name: "bob", uid: "1", groups: ["dev", "system:authenticated"] });
  expect((await authenticate(asking("Bearer secret", unknown)))?.name).toBe("bob");
});

test.each<[string, KubeletRequest]>([
  ["nothing", asking()],
  ["a wrong token", asking("Bearer wrong")],
  ["an empty token", asking("Bearer ")],
  ["basic", asking("Basic YTpi")],
  ["an unknown certificate", asking(undefined, unknown)],
])("%s is nobody when anonymous requests are off", async (_what, request) => {
  for (const webhook of [false, true])
    expect(await createAuthenticator({ anonymous: false, webhook, review: tokenTable([], always), cacheMs })(request)).toBeUndefined();
});

test("anonymous requests are served, spoilt ones are not", async () => {
  const off = createAuthenticator({ anonymous: true, webhook: false, review: tokenTable([], always), cacheMs });
  const on = createAuthenticator({ anonymous: true, webhook: true, review: tokenTable(tokens, always), cacheMs });
  for (const request of [asking(), asking("Bearer "), asking("Basic YTpi")]) {
    expect((await off(request))?.name).toBe("system:anonymous");
    expect((await on(request))?.groups).toEqual(["system:unauthenticated"]);
  }
  // Without webhook authentication nobody looks at tokens.
  expect((await off(asking("Bearer wrong")))?.name).toBe("system:anonymous");
  expect(await on(asking("Bearer wrong"))).toBeUndefined();
  expect(await off(asking(undefined, unknown))).toBeUndefined();
});

const table = [{ prefix: "/pods", subresources: ["pods", "proxy"] }];
const rules = [
  { user: "u-pods", verbs: ["get"], resources: ["nodes/pods"] },
  { user: "u-all", verbs: ["*"], resources: ["nodes/*"] },
  { group: "ops", verbs: ["create"], resources: ["nodes/proxy"] },
  { user: "unlucky", unavailable: true },
];
const authorize = createAuthorizer({
  review: ruleTable(rules, always),
  subresources: table,
  forbiddenText: "no (user=$user, verb=$verb, [$subresources] $subresource)",
  cacheMs: { allowed: 60_000, denied: 60_000 },
});
const user = (name: string, ...groups: string[]) => ({ name, uid: "", groups });

test("the first subresource that is allowed wins, HEAD has no verb", async () => {
  expect(await authorize(user("u-pods"), "GET", "/pods/x")).toBeUndefined();
  expect((await authorize(user("u-pods"), "POST", "/pods"))?.body).toBe("no (user=u-pods, verb=create, [pods proxy] proxy)");
  expect((await authorize(user("u-pods"), "GET", "/podsx"))?.body).toBe("no (user=u-pods, verb=get, [proxy] proxy)");
  expect(await authorize(user("x", "ops"), "POST", "/run/a")).toBeUndefined();
  expect((await authorize(user("u-pods"), "HEAD", "/pods"))?.body).toContain("verb=,");
  expect(await authorize(user("u-all"), "HEAD", "/pods")).toBeUndefined();
  expect(await authorize(user("root", "system:masters"), "FOO", "/x")).toBeUndefined();
  expect(await authorize(user("unlucky"), "GET", "/pods")).toMatchObject({
    status: 500,
    body: "Authorization error (user=unlucky, verb=get, resource=nodes, subresource=pods)",
  });
});

// As kubelets of 1.30 to 1.37 were seen to.
test("while reviews cannot be had, what they said is believed, anything else is refused", async () => {
  let reachable = true;
  const authenticate = createAuthenticator({ anonymous: true, webhook: true, review: tokenTable(tokens, () => reachable), cacheMs });
  const cached = createAuthorizer({
    review: ruleTable(rules, () => reachable),
    subresources: table,
    forbiddenText: "no",
    cacheMs: { allowed: 60_000, denied: 60_000 },
  });
  expect(await cached(user("u-pods"), "GET", "/pods")).toBeUndefined();
  expect((await cached(user("u-pods"), "GET", "/run"))?.status).toBe(403);
  reachable = false;
  expect(await authenticate(asking("Bearer secret"))).toBeUndefined();
  expect(await cached(user("u-pods"), "GET", "/pods")).toBeUndefined();
  expect((await cached(user("u-pods"), "GET", "/run"))?.status).toBe(403);
  expect(await cached(user("root", "system:masters"), "GET", "/pods")).toMatchObject({
    status: 500,
    body: "Authorization error (user=root, verb=get, resource=nodes, subresource=pods)",
  });
  reachable = true;
  expect((await authenticate(asking("Bearer secret")))?.name).toBe("bob");
  expect(await cached(user("root", "system:masters"), "GET", "/pods")).toBeUndefined();
  reachable = false;
  expect((await authenticate(asking("Bearer secret")))?.name).toBe("bob");
});

test("what a review said is forgotten in time", async () => {
  let reachable = true;
  const authenticate = createAuthenticator({ anonymous: false, webhook: true, review: tokenTable(tokens, () => reachable), cacheMs: 0 });
  expect((await authenticate(asking("Bearer secret")))?.name).toBe("bob");
  reachable = false;
  expect(await authenticate(asking("Bearer secret"))).toBeUndefined();
});

async function file(text: string): Promise<string> {
  const path = join(await temporaryDirectory(), "file");
  await writeFile(path, text);
  return path;
}

test("a token file is CSV; what is wrong is named without the secret", async () => {
  expect(await readTokenFile(await file('# who\ns1,alice,1,"a, b"\ns2,bob,2\n\n'))).toEqual([
    { token: "s1", name: "alice", uid: "1", groups: ["a", "b"] },
    { token: "s2", name: "bob", uid: "2", groups: [] },
  ]);
  const broken: unknown = await readTokenFile(await file("ok,a,1\nverysecret,alice\n")).catch((error: unknown) => error);
  expect(broken).toMatchObject({ line: 2 });
  expect(String(broken)).not.toContain("verysecret");
  await expect(readTokenFile(await file("\n"))).rejects.toThrow("no tokens");
  await expect(readTokenFile("/absent")).rejects.toThrow("ENOENT");
});

test.each([
  ["a: 1", 1, "list"],
  ["- { user: a, verbs: [get], resources: [nodes/pods] }\n- { user: a, group: b }", 2, "either user or group"],
  ["- { user: a, verbs: get, resources: [] }", 1, '"verbs" must be a list'],
  ["- { user: a, verbs: [get], resources: [pods] }", 1, 'resource "pods"'],
  ["- { usr: a }", 1, 'unknown member "usr"'],
  ["- [", 1, ""],
])("rules %j are refused by line", async (text, line, reason) => {
  const error: unknown = await readRulesFile(await file(text)).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "KUBELET_FILE", line });
  expect(String(error)).toContain(reason);
});
