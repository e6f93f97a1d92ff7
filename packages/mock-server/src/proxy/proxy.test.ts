import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, get, type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, connect, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Har } from "../har/har.ts";
import { createMask } from "../har/mask.ts";
import { detectMinor } from "./detect-version.ts";
import { listen, type ProxyUnderTest, startProxy, startReference } from "./proxy.test.support.ts";
import { createUpstream } from "./upstream.ts";

let directory = "";
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "proxy-test-"))));
afterEach(() => rmSync(directory, { recursive: true }));

function recorded(): Har["log"]["entries"] {
  // The proxy has just written it.
  return (JSON.parse(readFileSync(join(directory, "out.har"), "utf8")) as Har).log.entries;
}

describe("in front of the reference kubelet", () => {
  let reference: Awaited<ReturnType<typeof startReference>>;
  let proxy: ProxyUnderTest;
  beforeAll(async () => void (reference = await startReference()));
  afterAll(() => reference.stop());
  beforeEach(async () => void (proxy = await startProxy(reference.upstream, join(directory, "out.har"))));

  test("passes requests and answers on, finds nothing wrong, and records them for their owner", async () => {
    const pods = await proxy.send("/pods", { headers: { Authorization: "Bearer s3cret-of-the-client" } });
    const created = await proxy.send(`/checkpoint/default/${reference.pod}/counter`, { method: "POST" });
    await proxy.send("/nowhere?access_token=hunter2-hunter2");
    expect([pods.status, created.status]).toEqual([200, 200]);
    expect(await proxy.end()).toMatch(/^3 exchanges, 1 violation /);
    expect(proxy.said).toEqual(["violation of the request, no operation, GET /nowhere: path is none that the spec of Kubernetes 1.36 has"]);

    const [first, second, third] = recorded();
    expect(first).toMatchObject({ request: { method: "GET", url: `${reference.upstream.url}/pods` }, response: { status: 200 } });
    expect(first?.request.headers).toContainEqual({ name: "Authorization", value: "[redacted]" });
    expect(first?.response.content.text).toContain('"kind":"PodList"');
    expect(first?.timings.ssl).toBeGreaterThan(0);
    expect(second?.response.content.text).toBe(created.body);
    expect(third?.request.queryString).toEqual([{ name: "access_token", value: "[redacted]" }]);
    const text = readFileSync(join(directory, "out.har"), "utf8");
    expect(text).not.toMatch(/s3cret|hunter2/);
    expect(statSync(join(directory, "out.har")).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(["out.har"]);
  });

  test("lets a followed log flow, and records what came of it", async () => {
    const logs = get({ port: proxy.port, path: `/containerLogs/default/${reference.pod}/counter?follow=true&tailLines=1`, agent: false });
    const [response] = (await once(logs, "response")) as [IncomingMessage];
    const [line] = (await once(response, "data")) as [Buffer];
    expect(line.toString()).toMatch(/\n$/);
    response.on("error", () => undefined);
    await proxy.end();
    const [entry] = recorded();
    expect(entry?.response.content.text?.startsWith(line.toString())).toBe(true);
    expect(entry?.comment).toBe("the client went away");
  });

  test("joins the connections of a WebSocket, and counts their bytes", async () => {
    const url = `ws://127.0.0.1:${proxy.port}/exec/default/${reference.pod}/counter?command=echo&command=hunter2-hunter2&output=1`;
    const socket = new WebSocket(url, ["v5.channel.k8s.io"]);
    socket.binaryType = "arraybuffer";
    const output: string[] = [];
    socket.addEventListener("message", ({ data }) => output.push(Buffer.from(data as ArrayBuffer).toString()));
    await once(socket, "close");
    expect(output.join("")).toContain("hunter2-hunter2\n");
    expect(socket.protocol).toBe("v5.channel.k8s.io");
    await proxy.end();
    expect(proxy.said).toEqual([]);
    const [entry] = recorded();
    expect(entry?.response).toMatchObject({
      status: 101,
      comment: expect.stringMatching(/^\d+ bytes to the kubelet and \d+ from it, not recorded$/),
    });
    expect(JSON.stringify(entry)).not.toContain("hunter2");
  });

  test("an upgrade that is refused is answered as any other request", async () => {
    const socket = connect(proxy.port, "127.0.0.1");
    socket.write(
      "GET /exec/default/none/counter?command=x&output=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n",
    );
    let text = "";
    for await (const chunk of socket) text += (chunk as Buffer).toString();
    expect(text).toMatch(/^HTTP\/1.1 404 Not Found\r\n[^]*pod does not exist/);
    await proxy.end();
    expect(proxy.said).toEqual([]);
  });
});

/** Something that answers as told, in front of which a proxy stands. */
async function inFrontOf(listener: RequestListener): Promise<ProxyUnderTest & { stop: () => void }> {
  const server = createServer(listener);
  const proxy = await startProxy({ url: `http://127.0.0.1:${await listen(server)}` }, join(directory, "out.har"));
  return { ...proxy, stop: () => void server.close() };
}

test.each([
  ["a status", 299, "application/json", "{}", "getPods, GET /pods: status is 299, none that the spec has"],
  ["a media type", 200, "text/html", "x", "getPods, GET /pods: media type of 200 is text/html, none that the spec has"],
  [
    "a body",
    200,
    "application/json",
    '{"kind":"PodList","apiVersion":"v1","metadata":{},"items":{}}',
    "getPods, GET /pods: body of 200: /items must be array,null",
  ],
  ["broken JSON", 200, "application/json", "{", "getPods, GET /pods: body of 200: is no JSON"],
])("names %s that is not as the spec says, and tells the client what is known by then", async (_name, status, type, body, line) => {
  const proxy = await inFrontOf((_request, response) => response.writeHead(status, { "Content-Type": type }).end(body));
  const answer = await proxy.send("/pods");
  const again = await proxy.send("/pods");
  expect([answer.status, answer.body, again.body]).toEqual([status, body, body]);
  if (status !== 200 || type === "text/html")
    expect(answer.headers["mock-violations"]).toBe(`response: ${line.slice(line.indexOf(": ") + 2)}`);
  expect(await proxy.end()).toMatch(/^2 exchanges, 2 violations .* of 1 kind\n2 times: /);
  expect(proxy.said).toEqual([`violation of the response, ${line}`]);
  proxy.stop();
});

test.each([
  ["a log without a media type", "/containerLogs/a/b/c", 200, {}, "x"],
  ["a file of any type", "/logs/a.json", 200, { "Content-Type": "application/json" }, "[]"],
  ["a refusal that is a status line only", "/exec/a/b/c?command=x&output=1", 403, { Connection: "close" }, ""],
  ["an answer without a body and hence a type", "/logs/a", 301, { "Content-Length": "0" }, ""],
  [
    "a path that is encoded needlessly",
    "/%70ods",
    200,
    { "Content-Type": "application/json" },
    '{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}',
  ],
])("finds nothing wrong with %s", async (_name, path, status, headers, body) => {
  const proxy = await inFrontOf((_request, response) => response.writeHead(status, headers).end(body));
  await proxy.send(path);
  await proxy.end();
  expect(proxy.said).toEqual([]);
  proxy.stop();
});

test("a path that the spec has not may be refused, and not served", async () => {
  const proxy = await inFrontOf((request, response) => response.writeHead(request.url === "/a" ? 200 : 406).end());
  await proxy.send("/a");
  await proxy.send("/b");
  await proxy.end();
  expect(proxy.said).toContain("violation of the response, no operation, GET /a: status is 200 to a request that the spec has not");
  expect(proxy.said).toHaveLength(3);
  proxy.stop();
});

test("sends bytes of the path and headers as they came, follows no redirect, and gives no credentials over plain HTTP", async () => {
  const seen: [string | undefined, string[]][] = [];
  const proxy = await inFrontOf((request, response) => {
    seen.push([request.url, request.rawHeaders]);
    response.writeHead(301, { Location: "http://127.0.0.1:1/elsewhere?token=hunter2-hunter2" }).end();
  });
  const answer = await proxy.send("/pods//%2e%2E/a%zz?x=%41&&y", {
    headers: { "X-cAsE": "1", Authorization: "Bearer abc", Connection: "x-case" },
  });
  expect(answer.status).toBe(301);
  expect(answer.headers.location).toBe("http://127.0.0.1:1/elsewhere?token=hunter2-hunter2");
  await proxy.end();
  expect(seen).toHaveLength(1);
  expect(seen[0]?.[0]).toBe("/pods//%2e%2E/a%zz?x=%41&&y");
  expect(seen[0]?.[1].join(" ")).not.toMatch(/X-cAsE|Bearer/);
  expect(JSON.stringify(recorded())).not.toContain("hunter2");
  proxy.stop();
});

test("checks and records what was compressed", async () => {
  const body = '{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"a","annotations":{"x":"hunter2"}}}]}';
  const proxy = await inFrontOf((_request, response) =>
    response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" }).end(gzipSync(body)),
  );
  await proxy.send("/pods");
  await proxy.end();
  expect(proxy.said.join()).not.toContain("no JSON");
  expect(recorded()[0]?.response.content).toMatchObject({ size: body.length, text: body.replace("hunter2", "[redacted]") });
  proxy.stop();
});

test("cuts a long body, and says so", async () => {
  const body = "x".repeat(5 * 1024 * 1024);
  const proxy = await inFrontOf((_request, response) => response.writeHead(200, { "Content-Type": "text/plain" }).end(body));
  expect((await proxy.send("/containerLogs/a/b/c")).body.length).toBe(body.length);
  expect(await proxy.end()).toContain("1 body not checked");
  const content = recorded()[0]?.response.content;
  expect(content?.text?.length).toBe(4 * 1024 * 1024);
  expect(content).toMatchObject({ size: body.length, comment: `truncated: the first 4194304 of ${body.length} bytes` });
  proxy.stop();
});

test("says why a kubelet gave no answer", async () => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  const proxy = await startProxy({ url: `https://127.0.0.1:${port}` }, join(directory, "out.har"));
  const answer = await proxy.send("/pods");
  expect([answer.status, answer.body]).toEqual([502, `mock-kubelet: https://127.0.0.1:${port} gave no answer: nothing listens there\n`]);
  await proxy.end();
  expect(recorded()[0]?.response).toMatchObject({ status: 0, comment: expect.stringContaining("nothing listens there") });
});

test("has no credentials for a read-only port", () => {
  expect(() => createUpstream({ url: "http://node-1:10255", token: "x" })).toThrow("credentials are not sent over plain HTTP");
  expect(() => createUpstream({ url: "https://n:1", certificateAuthority: "-----BEGIN CERTIFICATE-----\nx" })).toThrow("is no PEM");
});

test.each(["HTTP/1.1 099 X", "HTTP/1.1 200 a\u0001b"])("%j is told of, and the next request is answered", async (line) => {
  const server = createNetServer((socket) => void socket.on("data", () => socket.end(`${line}\r\nContent-Length: 2\r\n\r\n{}`)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // A TCP server's address is of this kind.
  const proxy = await startProxy({ url: `http://127.0.0.1:${port}` }, join(directory, "out.har"));
  const answers = [await proxy.send("/pods"), await proxy.send("/pods")];
  const told = `mock-kubelet: http://127.0.0.1:${port} gave an answer that cannot be passed on: `;
  expect(answers.map(({ status, body }) => [status, body.startsWith(told)])).toEqual([
    [502, true],
    [502, true],
  ]);
  await proxy.end();
  expect(recorded()).toHaveLength(2);
  server.close();
});

const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.c2lnbmF0dXJl";
test.each([
  ["what a command has printed, where it is no text", "POST", "/run/a/b/c?cmd=env", "application/json", "hunter2\u00ff"],
  ["what a command has printed, where the spec has no such request", "PUT", "//%72un/a/b/c?cmd=env", "application/json", "hunter2"],
  ["JSON with a byte that is none of it", "GET", "/pods", "application/json", '{"items":[{"spec":{"args":["hunter2"]}}]}\u00ff'],
  ["the kubelet's command line", "GET", "/debug/pprof/cmdline", "text/plain; charset=utf-8", "kubelet\0--token=hunter2"],
  ["a token in a media type", "GET", "/pods", `application/json; x=${token}`, "{}"],
])("does not record %s", async (_name, method, path, type, body) => {
  const proxy = await inFrontOf((_request, response) => response.writeHead(200, { "Content-Type": type }).end(Buffer.from(body, "latin1")));
  await proxy.send(path, { method, headers: { "Content-Type": `text/plain; x=${token}` } });
  await proxy.end();
  const [entry] = recorded();
  const { text = "", encoding } = entry?.response.content ?? {};
  expect(Buffer.from(text, encoding === "base64" ? "base64" : "utf8").toString()).not.toContain("hunter2");
  expect(JSON.stringify(entry)).not.toContain(token);
  proxy.stop();
});

test("says that a recording is lost, and not where it is", async () => {
  const parent = join(directory, "gone");
  mkdirSync(parent);
  const proxy = await startProxy({ url: "http://127.0.0.1:1" }, join(parent, "out.har"));
  rmSync(parent, { recursive: true });
  expect(await proxy.end()).toMatch(/; the recording is lost: ENOENT/);
});

test("hides a client's password in whatever the kubelet says of it", () => {
  const encoded = Buffer.from("me:hunter2:hunter2").toString("base64");
  const mask = createMask([], new Set())({ target: "/pods", headers: [["Authorization", `Basic ${encoded}`]] });
  expect(mask.text("no such user: me with hunter2:hunter2")).toBe("no such user: me with [redacted]");
});

test("does not wait for ever for a version that is not told", async () => {
  const silent = createServer(() => undefined);
  const changing = createServer().on("upgrade", () => undefined);
  changing.on("request", (_request, response) => response.writeHead(101, { Upgrade: "x", Connection: "Upgrade" }).end());
  const [first, second] = [await listen(silent), await listen(changing)];
  await expect(detectMinor(createUpstream({ url: `http://127.0.0.1:${first}` }), 0.1)).rejects.toThrow(
    "it sent no metrics within 0.1 seconds",
  );
  expect(await detectMinor(createUpstream({ url: `http://127.0.0.1:${second}` }))).toBeUndefined();
  for (const server of [silent, changing]) server.close().closeAllConnections();
});
