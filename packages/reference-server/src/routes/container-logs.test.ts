import { once } from "node:events";
import { readdir, readlink, realpath } from "node:fs/promises";
import http2 from "node:http2";
import tls from "node:tls";
import { expect, test } from "vitest";
import { testKubelet, type TestKubelet } from "../kubelet.test.support.ts";

const path = "/containerLogs/default/counter-node";

function connect(kubelet: TestKubelet, protocol: string): tls.TLSSocket {
  const admin = kubelet.clients.issue({ commonName: "admin", organizations: ["system:masters"], usage: "client" });
  const { hostname, port } = new URL(kubelet.urls.main);
  return tls.connect({ host: hostname, port: Number(port), ca: kubelet.caCertificate, ...admin, ALPNProtocols: [protocol] });
}

function running({ double }: TestKubelet): string {
  return [...double.state.containers.values()].find(({ finishedAt, startedAt }) => startedAt > 0n && finishedAt === 0n)?.id ?? "";
}

test("a followed log comes chunk by chunk and ends with its container, which is the previous one from then on", async () => {
  const kubelet = await testKubelet();
  const socket = connect(kubelet, "http/1.1");
  socket.write(`GET ${path}/counter?follow=true HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let received = "";
  socket.on("data", (bytes: Buffer) => (received += bytes.toString()));
  while (!received.includes("tick 1\n")) await once(socket, "data");
  expect(received).toMatch(
    /^HTTP\/1\.1 200 OK\r\nDate: [^\r]*\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ntick 0\n\r\n7\r\ntick 1\n\r\n/,
  );
  await kubelet.double.client().runtime.stopContainer({ containerId: running(kubelet) });
  await once(socket, "end");
  expect(received.endsWith("0\r\n\r\n")).toBe(true);
  const previous = async () => (await kubelet.get(`${path}/counter?previous=true&limitBytes=6`)).text;
  await expect.poll(previous, { timeout: 10_000 }).toBe("tick 0");
});

test("a client that hangs up is not written to any more", async () => {
  const kubelet = await testKubelet();
  const socket = connect(kubelet, "http/1.1");
  socket.write(`GET ${path}/counter?follow=true&tailLines=0 HTTP/1.1\r\nHost: x\r\n\r\n`);
  await once(socket, "data");
  socket.destroy();
  await kubelet.get("/healthz").expect(200, "ok");
  await expect(kubelet.stop()).resolves.toBeUndefined();
});

test("one stream by its gate; without anything of it the status waits for the end", async () => {
  const kubelet = await testKubelet({ configuration: { featureGates: { PodLogsQuerySplitStreams: true } } });
  expect((await kubelet.get(`${path}/init?stream=Stdout`).expect(200)).text).toBe("init done\n");
  expect((await kubelet.get(`${path}/init?stream=Stderr&follow=true`).expect(200)).text).toBe("");
  kubelet.double.state.containers.clear();
  const lost = await kubelet.get(`${path}/init?stream=Stderr`);
  expect([lost.status, lost.text]).toEqual([400, expect.stringMatching(/is waiting to start|^unable to retrieve container logs for /)]);
});

test("over HTTP/2 a log has no type, and what is said of its absence has one", async () => {
  const kubelet = await testKubelet({ kubernetesVersion: "1.35" });
  const socket = connect(kubelet, "h2");
  await once(socket, "secureConnect");
  const session = http2.connect(kubelet.urls.main, { createConnection: () => socket });
  const ask = async (name: string) => {
    const stream = session.request({ ":path": `${path}/${name}` });
    const [headers]: http2.IncomingHttpHeaders[] = await once(stream, "response");
    await stream.toArray();
    return [headers?.[":status"], headers?.["content-type"], headers?.["content-length"]];
  };
  expect(await ask("init")).toEqual([200, undefined, undefined]);
  expect(await ask("waiting")).toEqual([400, "text/plain; charset=utf-8", "80"]);
  session.close();
});

test.runIf(process.platform === "linux")("logs that are followed over HTTP/2 are let go with their connection", async () => {
  const kubelet = await testKubelet({ kubernetesVersion: "1.35" });
  const open = async () => {
    const names = await readdir("/proc/self/fd");
    const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => "")));
    return targets.filter((target) => target === log).length;
  };
  const { logPath = "" } = kubelet.double.state.containers.get(running(kubelet)) ?? {};
  const log = await realpath(logPath);
  const before = await open();
  for (const leave of ["session", "socket", "half"] as const) {
    const socket = connect(kubelet, "h2");
    await once(socket, "secureConnect");
    const session = http2.connect(kubelet.urls.main, { createConnection: () => socket });
    session.on("error", () => undefined);
    const streams = Array.from({ length: 20 }, () => session.request({ ":path": `${path}/counter?follow=true` }));
    for (const stream of streams) stream.on("error", () => undefined);
    await Promise.all(streams.map((stream) => once(stream, "data")));
    expect(await open()).toBe(before + streams.length);
    if (leave === "session") session.destroy();
    else if (leave === "socket") socket.destroy();
    else socket.end();
    await expect.poll(open, { timeout: 10_000 }).toBe(before);
    session.destroy();
  }
});

test("names in errors are quoted as Go quotes them", async () => {
  const kubelet = await testKubelet();
  expect((await kubelet.get(`${path}/a%22b%0A`).expect(404)).text).toBe('container "a\\"b\\n" not found in pod "counter-node"');
  expect((await kubelet.get("/containerLogs/default/%FF%00/c").expect(404)).text).toBe('pod "\\xff\\x00" does not exist');
  expect((await kubelet.post("/run/default/counter-node/a%22b?cmd=ls").expect(500)).text).toBe('container not found ("a\\"b")');
});

test("a zone may be 24 hours or 60 minutes away, as time.Parse has it", async () => {
  const kubelet = await testKubelet();
  const statusSince = async (zone: string) => (await kubelet.get(`${path}/init?sinceTime=2020-01-01T00:00:00${zone}`)).status;
  expect([await statusSince("-24:60"), await statusSince("-25:00"), await statusSince("-23:61")]).toEqual([200, 400, 400]);
});
