import { X509Certificate } from "node:crypto";
import { connect } from "node:tls";
import { expect, test } from "vitest";
import { createAuthority, conditionOf, startControlPlane } from "./index.ts";
import { plane } from "./plane.test.support.ts";
import { seedNode } from "./seed.ts";

test("a kubeconfig has all that its user needs", async () => {
  const authority = await createAuthority({ commonName: "shared" });
  const { running, client } = await plane({ authority });
  const config: unknown = JSON.parse(running.kubeconfigFor({ user: "system:node:n", groups: ["system:nodes"] }));
  const { clusters, users } = config as Record<string, Record<string, Record<string, string>>[]>; // As a kubeconfig is.
  const pem = (text: string | undefined) => Buffer.from(text ?? "", "base64").toString();
  expect(clusters?.[0]?.["cluster"]?.["server"]).toBe(running.url);
  expect(pem(clusters?.[0]?.["cluster"]?.["certificate-authority-data"])).toBe(authority.cert);
  const cert = pem(users?.[0]?.["user"]?.["client-certificate-data"]);
  expect(new X509Certificate(cert).subject).toBe("O=system:nodes\nCN=system:node:n");
  const node = client({ cert, key: pem(users?.[0]?.["user"]?.["client-key-data"]) });
  expect((await node.send("POST", "/api/v1/nodes", { body: { metadata: { name: "n" }, spec: {} } })).json).toMatchObject({
    spec: { taints: [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }] },
  });
  expect(running.requests.all()).toMatchObject([
    { method: "POST", verb: "create", resource: "nodes", user: "system:node:n", body: { spec: {} }, status: 201 },
  ]);
});

test("waiting sees a change, ends by signal, and by stop", async () => {
  const running = await startControlPlane();
  const ready = running.state.until(() =>
    conditionOf(running.state.get("nodes", { name: "n" }), "Ready")?.status === "True" ? "ready" : undefined,
  );
  const node = seedNode(running.state, { name: "n" });
  running.state.update("nodes", { ...node, status: { conditions: [{ type: "Ready", status: "True" }] } }, { subresource: "status" });
  expect(await ready).toBe("ready");
  await expect(running.state.until(() => undefined, { signal: AbortSignal.abort(new Error("late")) })).rejects.toThrow("late");
  const forever = running.requests.until(() => undefined);
  await Promise.all([expect(forever).rejects.toThrow("the control plane was stopped"), running.stop()]);
  await running.stop();
});

test("a port that is taken is an error", async () => {
  const { running } = await plane();
  await expect(startControlPlane({ port: Number(new URL(running.url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("an upgrade that is asked for behind an unanswered request ends its connection, and nothing else", async () => {
  const { running, client } = await plane();
  const authority = running.kubeconfigFor({ user: "admin", groups: ["system:masters"] });
  const config: unknown = JSON.parse(authority);
  const { users } = config as Record<string, Record<string, Record<string, string>>[]>; // As a kubeconfig is.
  const pem = (text: string | undefined) => Buffer.from(text ?? "", "base64").toString();
  const admin = { cert: pem(users?.[0]?.["user"]?.["client-certificate-data"]), key: pem(users?.[0]?.["user"]?.["client-key-data"]) };
  const { port } = new URL(running.url);
  const socket = connect({ host: "127.0.0.1", port: Number(port), rejectUnauthorized: false, ...admin });
  const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  socket.write(`GET /api/v1/nodes?watch=true HTTP/1.1\r\nHost: x\r\n\r\nGET /api/v1/nodes HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`);
  await new Promise((closed) => socket.resume().on("error", closed).on("close", closed));
  expect((await client(admin).send("GET", "/api/v1/nodes")).status).toBe(200);
});
