import { once } from "node:events";
import type { IncomingMessage, RequestListener } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { createAuthority, seedNode } from "../index.ts";
import { plane } from "../plane.test.support.ts";

/** A control plane with the node `n`, whose kubelet answers as told. */
async function withKubelet(answer: RequestListener, kubeletAuthority?: string) {
  const authority = await createAuthority({ commonName: "ca" });
  const serving = authority.issue({ commonName: "n", names: ["127.0.0.1"], usage: "server" });
  const kubelet = https.createServer({ ...serving, ca: authority.cert, requestCert: true, rejectUnauthorized: false }, answer);
  await once(kubelet.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    kubelet.close();
    kubelet.closeAllConnections();
  });
  const { port } = kubelet.address() as AddressInfo; // A listening TCP server has an AddressInfo.
  const rules = [{ user: "u-proxy", verbs: ["get", "create"], resources: ["nodes/proxy"] }];
  const made = await plane({ authority, rules, kubeletAuthority: kubeletAuthority ?? authority.cert });
  const { state } = made.running;
  const status = { addresses: [{ type: "InternalIP", address: "127.0.0.1" }], daemonEndpoints: { kubeletEndpoint: { Port: port } } };
  state.update("nodes", { ...seedNode(state, { name: "n" }), status }, { subresource: "status" });
  return { ...made, kubelet, port };
}

const proxy = "/api/v1/nodes/n/proxy";

test("a request reaches the kubelet under the server's identity, and its answer comes back unchanged", async () => {
  const { identity, client, running } = await withKubelet((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate(); // The server speaks TLS.
      response.writeHead(418, { "Content-Type": "text/plain", "X-Own": "1" });
      response.end([request.method, request.url, body, subject.CN, subject.O, request.headers.authorization ?? "none"].join(" "));
    });
  });
  running.access.tokens.push({ token: "t", name: "u-proxy", uid: "", groups: [] });
  const headers = { Authorization: "Bearer t" };
  const reply = await client().send("POST", `${proxy}/run/a%2Fb//c?x=%20y`, { body: "hello", type: "text/x", headers });
  expect(reply).toMatchObject({
    status: 418,
    headers: { "cache-control": "no-cache, private", "x-own": "1", "content-type": "text/plain" },
  });
  // The path was cleaned and written anew.
  expect(reply.text).toBe("POST /run/a/b/c?x=%20y hello kube-apiserver-kubelet-client system:masters none");
  const other = await client(identity("u-pods")).send("POST", `${proxy}/run`);
  expect(other.json["message"]).toBe(
    'nodes "n" is forbidden: User "u-pods" cannot create resource "nodes/proxy" in API group "" at the cluster scope',
  );
});

test("redirects lead back through the proxy", async () => {
  const { admin, port } = await withKubelet((request, response) => {
    const to = request.url === "/logs" ? "/logs/" : `https://127.0.0.1:${port}/far`;
    response
      .writeHead(request.url === "/away" ? 302 : 307, { Location: request.url === "/away" ? "https://elsewhere.example/" : to })
      .end();
  });
  const location = async (path: string) => (await admin.send("GET", proxy + path)).headers.location;
  expect(await location("/logs")).toBe(`${proxy}/logs/`);
  expect(await location("/other")).toBe(`${proxy}/far`);
  expect(await location("/away")).toBe("https://elsewhere.example/");
  expect(await location("")).toBe(`${proxy}/`);
});

test("an answer streams, and ends with its client", async () => {
  const ended = Promise.withResolvers<void>();
  const { admin } = await withKubelet((_request, response) => {
    response.write("first");
    response.once("close", () => ended.resolve());
  });
  const response = await admin.open("GET", `${proxy}/containerLogs/a/b/c?follow=true`);
  const [chunk] = (await once(response, "data")) as [Buffer]; // Its only argument.
  expect(chunk.toString()).toBe("first");
  response.destroy();
  await ended.promise;
});

test("an upgrade joins both sides, a refused one is an answer", async () => {
  const { running, admin, identity, kubelet } = await withKubelet((_request, response) => void response.writeHead(403).end("no"));
  kubelet.on("upgrade", (request, socket, head) => {
    // The query did not come along.
    if (request.url !== "/exec/a") {
      socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\nConnection: close\r\n\r\nnever");
      return;
    }
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\nX-Head: ${head.length}\r\n\r\n`);
    socket.pipe(socket);
  });
  const open = (path: string) => {
    const headers = { Connection: "Upgrade", Upgrade: "echo" };
    return https
      .request(`${running.url}${proxy}${path}`, { ...identity("u-proxy"), ca: running.authority.cert, headers, agent: false })
      .end();
  };
  const [answer, socket] = (await once(open("/exec/a?command=ls"), "upgrade")) as [IncomingMessage, TLSSocket, Buffer]; // The event's arguments.
  expect(answer.headers["upgrade"]).toBe("echo");
  socket.write("hello");
  const [chunk] = (await once(socket, "data")) as [Buffer]; // Its only argument.
  expect(chunk.toString()).toBe("hello");
  socket.destroy();
  const [refused] = (await once(open("/exec/b"), "response")) as [IncomingMessage]; // Its only argument.
  expect(refused.statusCode).toBe(400);
  refused.destroy();
  const headers = { Connection: "Upgrade", Upgrade: "echo" };
  expect((await admin.send("GET", "/api/v1/nodes/n", { headers })).json).toMatchObject({ kind: "Node" });
  await running.requests.until(() => running.requests.all({ status: 101 })[0]);
});

test("what cannot be reached is unavailable, unknown nodes are not found", async () => {
  const { admin, kubelet, port, running } = await withKubelet(
    (_request, response) => response.end("ok"),
    (await createAuthority({ commonName: "other" })).cert,
  );
  expect(await admin.send("GET", `${proxy}/healthz`)).toMatchObject({
    status: 503,
    json: { message: expect.stringContaining("certificate") },
  });
  kubelet.close();
  kubelet.closeAllConnections();
  await once(kubelet, "close");
  expect((await admin.send("GET", `${proxy}/healthz`)).json["message"]).toBe(
    `error trying to reach service: dial tcp 127.0.0.1:${port}: connect: connection refused`,
  );
  expect((await admin.send("GET", "/api/v1/nodes/absent/proxy/healthz")).status).toBe(404);
  seedNode(running.state, { name: "blank" });
  expect((await admin.send("GET", "/api/v1/nodes/blank/proxy/healthz")).status).toBe(500);
});

test("what the server asks for itself its client does not see", async () => {
  const { admin } = await withKubelet((request, response) => {
    const encoding = String(request.headers["accept-encoding"]);
    response.setHeader("X-Asked", encoding);
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (encoding === "gzip") response.setHeader("Content-Encoding", "gzip");
    response.end(encoding === "gzip" ? gzipSync("metrics") : "metrics");
  });
  const unasked = await admin.send("GET", `${proxy}/metrics`);
  expect(unasked).toMatchObject({ text: "metrics", headers: { "x-asked": "gzip", "content-type": "text/plain; charset=utf-8" } });
  for (const name of ["content-encoding", "access-control-allow-origin"]) expect(unasked.headers[name]).toBeUndefined();
  expect((await admin.send("GET", `${proxy}/metrics`, { headers: { "Accept-Encoding": "gzip" } })).headers["content-encoding"]).toBe(
    "gzip",
  );
});

test.each([
  ["/%70ods", "/pods"],
  ["/logs/%2e%2e/y/", "/y/"],
  ["//healthz", "/healthz"],
  ["/a%20b/%3C'", "/a%20b/%3C%27"],
])("the path %s is passed on as %s", async (sent, seen) => {
  const { admin } = await withKubelet((request, response) => void response.end(request.url));
  expect((await admin.send("GET", proxy + sent)).text).toBe(seen);
});

test("methods that no proxy knows are refused, OPTIONS is passed on", async () => {
  const { admin } = await withKubelet((request, response) => void response.end(request.method));
  expect((await admin.send("OPTIONS", `${proxy}/pods`)).text).toBe("OPTIONS");
  expect(await admin.send("PROPFIND", `${proxy}/pods`)).toMatchObject({ status: 405, json: { kind: "Status" } });
});
