import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";
import tls from "node:tls";
import { ContainerState } from "@kubelet-conformance/cri";
import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { decodeStatus, exitCodeOf, openSpdy, webSocketOver, webSocketStream } from "@kubelet-conformance/streaming";
import { expect, onTestFinished, test } from "vitest";
import { testKubelet, type TestKubelet } from "../../kubelet.test.support.ts";
import { testRuntimeUrl } from "./runtime-url.test.support.ts";

const key = "dGhlIHNhbXBsZSBub25jZQ==";

interface Upgraded {
  readonly status: number;
  readonly head: string;
  readonly connection: tls.TLSSocket;
  readonly rest: Buffer;
}

/** Sends a request and reads the head of its answer. */
async function upgrade(kubelet: TestKubelet, line: string, headers: Readonly<Record<string, string>>): Promise<Upgraded> {
  const { adminCertificate: cert, adminKey } = credentials(kubelet);
  const url = new URL(kubelet.urls.main);
  const connection = tls.connect({ host: url.hostname, port: Number(url.port), cert, key: adminKey, rejectUnauthorized: false });
  onTestFinished(() => void connection.destroy());
  await once(connection, "secureConnect");
  const lines = Object.entries({ Host: "node", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.write(`${line} HTTP/1.1\r\n${lines.join("")}\r\n`);
  let received = Buffer.alloc(0);
  while (!received.includes("\r\n\r\n")) {
    const [chunk] = (await once(connection, "data")) as [Buffer];
    received = Buffer.concat([received, chunk]);
  }
  connection.pause();
  const end = received.indexOf("\r\n\r\n");
  const head = received.toString("latin1", 0, end);
  return { status: Number(head.slice(9, 12)), head, connection, rest: received.subarray(end + 4) };
}

function credentials(kubelet: TestKubelet) {
  const issued = kubelet.clients.issue({ commonName: "admin", organizations: ["system:masters"], usage: "client" });
  return { adminCertificate: issued.cert, adminKey: issued.key };
}

const toWebSocket = (protocol: string) => ({
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": key,
  "Sec-WebSocket-Protocol": protocol,
});
const toSpdy = (protocol: string) => ({ Connection: "Upgrade", Upgrade: "SPDY/3.1", "X-Stream-Protocol-Version": protocol });

async function messages({ connection, rest }: Upgraded): Promise<string[]> {
  const socket = webSocketOver(connection, rest);
  const all: string[] = [];
  socket.on("message", (data: Buffer) => all.push(data.toString("hex")));
  const [code] = (await once(socket, "close")) as [number];
  return [...all, `close ${code}`];
}

const hex = (message: string) => Buffer.from(message).toString("hex");
const success = hex('\x03{"metadata":{},"status":"Success"}');

async function settled(version = "1.36"): Promise<TestKubelet> {
  const kubelet = await testKubelet({ kubernetesVersion: version });
  await kubelet.settled;
  return kubelet;
}

test("exec over SPDY is passed on to the runtime's URL, and its answer back", async () => {
  const kubelet = await settled();
  const upgraded = await upgrade(
    kubelet,
    "POST /exec/default/counter-node/counter?command=cat&input=1&output=1",
    toSpdy("v4.channel.k8s.io"),
  );
  expect(upgraded.head).toMatch(
    /^HTTP\/1\.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY\/3\.1\r\nX-Stream-Protocol-Version: v4\.channel\.k8s\.io\r\nDate: /,
  );
  const spdy = openSpdy(upgraded.connection, upgraded.rest);
  const error = await spdy.createStream({ streamType: "error" });
  const stdin = await spdy.createStream({ streamType: "stdin" });
  const stdout = await spdy.createStream({ streamType: "stdout" });
  stdin.end("copied");
  expect([await text(stdout), await text(error)]).toEqual(["copied", '{"metadata":{},"status":"Success"}']);
  expect(await spdy.closed).toBeUndefined();
});

test("v5 is translated from 1.36 on, and refused by the runtime before", async () => {
  const target = "GET /exec/default/counter-node/counter?command=echo&command=hi&output=1&error=1";
  const translated = await upgrade(await settled(), target, toWebSocket("v4.channel.k8s.io, v5.channel.k8s.io"));
  expect(translated.head).toMatch(/Sec-WebSocket-Protocol: v5\.channel\.k8s\.io$/);
  expect(await messages(translated)).toEqual(["01", hex("\x01hi\n"), success, "close 1000"]);
  const passedOn = await upgrade(await settled("1.35"), target, toWebSocket("v5.channel.k8s.io"));
  expect(passedOn.head).toBe("HTTP/1.1 403 Forbidden\r\nConnection: close");
});

test("the translation keeps exit codes, closes channels and tells what the runtime refused", async () => {
  const kubelet = await settled();
  const failing = await upgrade(kubelet, "GET /exec/default/counter-node/counter?command=false&output=1", toWebSocket("v5.channel.k8s.io"));
  const status = decodeStatus(Buffer.from((await messages(failing)).at(-2)?.slice(2) ?? "", "hex").toString());
  expect(exitCodeOf(status ?? {})).toBe(1);
  expect(status?.message).toBe("command terminated with non-zero exit code: command terminated with exit code 1");
  const cat = await upgrade(
    kubelet,
    "GET /exec/default/counter-node/counter?command=cat&input=1&output=1",
    toWebSocket("v5.channel.k8s.io"),
  );
  const socket = webSocketOver(cat.connection, cat.rest);
  const all: string[] = [];
  socket.on("message", (data: Buffer) => all.push(data.toString("hex")));
  socket.send(Buffer.from("\0some input"));
  socket.send(Buffer.of(255, 0));
  await once(socket, "close");
  expect(all).toEqual(["01", hex("\x01some input"), success]);
});

test("port-forward: WebSocket channels, and SPDY tunnelled through WebSocket from 1.36 on", async () => {
  const kubelet = await settled();
  const channels = await upgrade(kubelet, "GET /portForward/default/counter-node?port=80", toWebSocket("v4.channel.k8s.io"));
  const received = await messages(channels);
  expect(received.slice(0, 2)).toEqual(["005000", "015000"]);
  expect(Buffer.from(received[2] ?? "", "hex").toString()).toMatch(/^\x01error forwarding port 80 to pod [0-9a-f]{64}, uid : /);
  const tunnelled = await upgrade(kubelet, "GET /portForward/default/counter-node", toWebSocket("SPDY/3.1+portforward.k8s.io"));
  expect(tunnelled.head).toMatch(/Sec-WebSocket-Protocol: SPDY\/3\.1\+portforward\.k8s\.io$/);
  const socket = webSocketOver(tunnelled.connection, tunnelled.rest);
  const spdy = openSpdy(webSocketStream(socket));
  const headers = { port: "8080", requestID: "0" };
  await spdy.createStream({ ...headers, streamType: "error" });
  const data = await spdy.createStream({ ...headers, streamType: "data" });
  data.write("GET / HTTP/1.1\r\nHost: pod\r\nConnection: close\r\n\r\n");
  expect(await text(data)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*hello from counter-node\n$/);
  spdy.close();
  await spdy.closed;
  const older = await upgrade(await settled("1.35"), "GET /portForward/default/counter-node", toWebSocket("SPDY/3.1+portforward.k8s.io"));
  expect(older.status).toBe(400);
});

test("WebSocket requests that the kubelet answers itself are counted from 1.36 on, those that it passes on are not", async () => {
  const counts = async (kubelet: TestKubelet) => (await kubelet.get("/metrics")).text.match(/^kubelet_websocket_.*$/gm);
  const exec = "GET /exec/default/counter-node/counter?command=echo&output=1";
  const kubelet = await settled();
  await upgrade(kubelet, exec, toWebSocket("v4.channel.k8s.io"));
  expect(await counts(kubelet)).toBeNull();
  await upgrade(kubelet, exec, toWebSocket("v5.channel.k8s.io"));
  await upgrade(kubelet, exec, toWebSocket("v4.channel.k8s.io, v5.channel.k8s.io"));
  await upgrade(kubelet, "GET /attach/default/counter-node/counter?output=1", toWebSocket("v5.channel.k8s.io"));
  await upgrade(kubelet, "GET /portForward/default/counter-node", toWebSocket("SPDY/3.1+portforward.k8s.io"));
  expect(await counts(kubelet)).toEqual([
    'kubelet_websocket_streaming_requests_total{subresource="attach"} 1',
    'kubelet_websocket_streaming_requests_total{subresource="exec"} 2',
    'kubelet_websocket_streaming_requests_total{subresource="portforward"} 1',
  ]);
  const older = await settled("1.35");
  await upgrade(older, exec, toWebSocket("v5.channel.k8s.io"));
  expect(await counts(older)).toBeNull();
});

test("a refusal of the runtime is relayed, and the connection ends", async () => {
  const kubelet = await settled();
  const answer = await kubelet.raw(
    "POST /exec/default/counter-node/counter?command=ls&output=1 HTTP/1.1\r\nHost: node\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n\r\n",
  );
  const line = "unable to upgrade: header X-Stream-Protocol-Version does not exist in request with 5 headers\n";
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Length: 186\r\nContent-Type: text\/plain; charset=utf-8\r\nDate: /);
  expect(answer.endsWith(`\r\nX-Content-Type-Options: nosniff\r\n\r\n${line}${line}`)).toBe(true);
});

test("more requests than the runtime lets wait for their streams are told to come back in a minute", async () => {
  const double = new RuntimeDouble();
  onTestFinished(() => double.close());
  const client = double.client();
  const kubelet = await testKubelet({ runtime: client });
  await kubelet.settled;
  const { containers } = await client.runtime.listContainers({ filter: { state: { state: ContainerState.CONTAINER_RUNNING } } });
  const wanted = { containerId: containers[0]?.id ?? "", cmd: ["ls"], stdout: true };
  for (let waiting = 0; waiting < 1000; waiting += 1) await client.runtime.exec(wanted);
  const answer = await kubelet.get("/exec/default/counter-node/counter?command=ls&output=1");
  expect([answer.status, answer.headers["retry-after"], answer.text]).toEqual([
    429,
    "60",
    "rpc error: code = ResourceExhausted desc = maximum number of in-flight requests exceeded",
  ]);
});

test("what a client sends ahead of the answer is lost when it is passed on", async () => {
  const kubelet = await settled();
  const { adminCertificate: cert, adminKey } = credentials(kubelet);
  const { hostname, port } = new URL(kubelet.urls.main);
  const connection = tls.connect({ host: hostname, port: Number(port), cert, key: adminKey, rejectUnauthorized: false });
  await once(connection, "secureConnect");
  const headers = Object.entries({ Host: "node", ...toWebSocket("v4.channel.k8s.io") }).map(([name, value]) => `${name}: ${value}\r\n`);
  const typed = (character: string) => Buffer.from(`\x82\x83\0\0\0\0\0${character}\n`, "latin1");
  const head = `GET /exec/default/counter-node/counter?command=cat&input=1&output=1 HTTP/1.1\r\n${headers.join("")}\r\n`;
  let received = "";
  connection.on("data", (bytes: Buffer) => (received += bytes.toString("latin1")));
  const until = async (part: string): Promise<void> => {
    while (!received.includes(part)) await once(connection, "data");
  };
  connection.write(Buffer.concat([Buffer.from(head), typed("a")]));
  await until("\r\n\r\n\x82\x01\x01");
  connection.write(typed("b"));
  await until("\x01b\n");
  expect(received).not.toContain("\x01a\n");
  connection.destroy();
});

test("a URL that leads nowhere, or to nonsense, is the kubelet's own 500", async () => {
  const server = net.createServer((socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const line = "GET /exec/default/counter-node/counter?command=ls&output=1";
  // The double's own URLs are good; a runtime in front of it gives others.
  const odd = await testRuntimeUrl(`http://127.0.0.1:${port}/exec/x`);
  expect((await upgrade(odd, line, toSpdy("v4.channel.k8s.io"))).rest.toString()).toBe("invalid upgrade response: status code 200\n");
  await new Promise((resolve) => server.close(resolve));
  const away = await upgrade(odd, line, toSpdy("v4.channel.k8s.io"));
  expect([away.status, away.rest.toString()]).toEqual([
    500,
    `error dialing backend: dial tcp 127.0.0.1:${port}: connect: connection refused\n`,
  ]);
  expect(away.head).not.toContain("Connection: close");
});

test("a megabyte through the kubelet comes back whole, over SPDY and translated from WebSocket", async () => {
  const kubelet = await settled();
  const bytes = Buffer.from("0123456789abcdef".repeat(1 << 16));
  const direct = await upgrade(
    kubelet,
    "POST /exec/default/counter-node/counter?command=cat&input=1&output=1",
    toSpdy("v4.channel.k8s.io"),
  );
  const spdy = openSpdy(direct.connection, direct.rest);
  await spdy.createStream({ streamType: "error" });
  const stdin = await spdy.createStream({ streamType: "stdin" });
  const stdout = await spdy.createStream({ streamType: "stdout" });
  stdin.end(bytes);
  expect((await buffer(stdout)).equals(bytes)).toBe(true);
  const translated = await upgrade(
    kubelet,
    "GET /exec/default/counter-node/counter?command=cat&input=1&output=1",
    toWebSocket("v5.channel.k8s.io"),
  );
  const socket = webSocketOver(translated.connection, translated.rest);
  const frames: Buffer[] = [];
  socket.on("message", (data: Buffer) => frames.push(data));
  socket.send(Buffer.concat([Buffer.of(0), bytes]));
  socket.send(Buffer.of(255, 0));
  await once(socket, "close");
  const output = frames.flatMap((frame) => (frame[0] === 1 ? frame.subarray(1) : []));
  expect(Buffer.concat(output).equals(bytes)).toBe(true);
});

test("a client that goes away ends the runtime's side, and the request is over", async () => {
  const kubelet = await settled();
  const inFlight = async (): Promise<string | undefined> =>
    /^kubelet_http_inflight_requests\{.*path="exec".*\} (\d+)$/m.exec((await kubelet.get("/metrics")).text)?.[1];
  const { connection } = await upgrade(
    kubelet,
    "GET /exec/default/counter-node/counter?command=cat&input=1&output=1",
    toWebSocket("v4.channel.k8s.io"),
  );
  expect(await inFlight()).toBe("1");
  connection.destroy();
  // Each look is a request of its own.
  while ((await inFlight()) !== "0");
});
