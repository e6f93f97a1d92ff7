import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { answerWebSocket, serveChannels, type WebSocketChannels } from "@kubelet-conformance/streaming";
import { describe, expect, test } from "vitest";
import { adminOf, counter, startTestKubelet } from "./kubelet.test.support.ts";
import { serve, type TestServer } from "./server.test.support.ts";

const text = async (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();
const somewhere = { namespace: "a", pod: "b", container: "c" };

/** A server that does this with a WebSocket. */
async function serveSocket(onSocket: (channels: WebSocketChannels, socket: Duplex) => void, accept = true): Promise<TestServer> {
  const made = await serve((_request, response) => void response.writeHead(404).end("pod does not exist"));
  made.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const header = (name: string) => request.headersDistinct[name.toLowerCase()]?.[0];
    const answer = answerWebSocket({ method: "GET", header }, ["v5.channel.k8s.io"]);
    const lines = answer.headers.map(([name, value]) => `${name}: ${accept ? value : value.replace(/=$/, "x")}\r\n`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
    onSocket(serveChannels(socket, head, { protocol: answer.protocol, idleMs: 60_000 }), socket);
  });
  return made;
}

describe.each([
  ["1.25", "v4.channel.k8s.io"],
  ["1.35", "v4.channel.k8s.io"],
  ["1.36", "v5.channel.k8s.io"],
])("on a kubelet %s", (kubernetesVersion, protocol) => {
  test(`exec speaks ${protocol} and tells both outputs and the exit code`, async () => {
    const client = await adminOf(await startTestKubelet({ kubernetesVersion }));
    const session = await client.exec({ ...counter, command: ["sh", "-c", "echo out; echo err >&2; exit 3"] });
    expect(session.protocol).toBe(protocol);
    expect(await Promise.all([text(session.stdout), text(session.stderr)])).toEqual(["out\n", "err\n"]);
    expect(await session.exit).toMatchObject({ exitCode: 3, status: { reason: "NonZeroExitCode" } });
    await expect(session.stdin.getWriter().write("x")).rejects.toMatchObject({ code: "stdin-closed" });
  });

  test("input goes through in both directions, and its end as far as the protocol can tell it", async () => {
    const client = await adminOf(await startTestKubelet({ kubernetesVersion }));
    const session = await client.exec({ ...counter, command: ["cat"], stdin: true, stderr: false });
    const writer = session.stdin.getWriter();
    const long = `${"0123456789abcdef".repeat(20_000)}\n`;
    const sending = writer.write(long);
    const reader = session.stdout.getReader();
    const decoder = new TextDecoder();
    let seen = "";
    while (seen.length < long.length) seen += decoder.decode((await reader.read()).value, { stream: true });
    await sending;
    expect(seen === long).toBe(true);
    if (protocol.startsWith("v5")) {
      await writer.close();
      expect(await session.exit).toMatchObject({ exitCode: 0 });
    } else {
      await expect(writer.close()).rejects.toMatchObject({ code: "stdin-not-closable" });
      session.close();
      await expect(session.exit).rejects.toMatchObject({ code: "stream-broken" });
    }
  });
});

test("a program that is none has no exit code, and a pod that is none is an error", async () => {
  const client = await adminOf(await startTestKubelet());
  const session = await client.exec({ ...counter, command: ["/absent"] });
  const exit = await session.exit;
  expect(exit.exitCode).toBeUndefined();
  expect(exit.message).toMatch(/^Internal error occurred: .*error executing command in container: /);
  const unknown = client.exec({ ...counter, pod: "x", command: ["a"] });
  await expect(unknown).rejects.toMatchObject({ code: "not-found", operation: "getExec", text: "pod does not exist" });
  const idle = client.exec({ ...counter, command: ["a"], stdout: false, stderr: false });
  await expect(idle).rejects.toMatchObject({ code: "bad-request", text: "you must specify at least 1 of stdin, stdout, stderr" });
});

test("attach with a UID of another pod is refused", async () => {
  const client = await adminOf(await startTestKubelet());
  await expect(client.attach({ ...counter, uid: "x" })).rejects.toMatchObject({ code: "kubelet-failed", operation: "getAttachByUid" });
});

test("a terminal of a container is attached to, read and written", async () => {
  const client = await adminOf(await startTestKubelet());
  const session = await client.attach({ ...counter, container: "tty", stdin: true, stderr: false, tty: true });
  await session.stdin.getWriter().write("hello\r");
  let seen = "";
  for await (const chunk of session.stdout) {
    seen += Buffer.from(chunk).toString();
    if (/hello\r\nhello\r\n/.test(seen)) break;
  }
  expect(seen).toContain("hello\r\nhello\r\n");
  session.close();
});

test("a signal ends a session with its reason", async () => {
  const client = await adminOf(await startTestKubelet());
  const controller = new AbortController();
  const session = await client.exec({ ...counter, command: ["cat"], stdin: true, signal: controller.signal });
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(session.exit).rejects.toBe(reason);
  await expect(text(session.stdout)).rejects.toBe(reason);
  await expect(client.exec({ ...counter, command: ["cat"], signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const other = await client.exec({ ...counter, command: ["cat"], stdin: true });
  client.close();
  await expect(other.exit).rejects.toMatchObject({ code: "closed" });
});

test("a connection that breaks is no end of the output", async () => {
  const { client } = await serveSocket((channels, socket) => {
    channels.send(1, "half");
    socket.end();
  });
  const session = await (await client()).exec({ ...somewhere, command: ["x"] });
  await expect(text(session.stdout)).rejects.toMatchObject({ code: "stream-broken" });
  await expect(session.exit).rejects.toMatchObject({ code: "stream-broken" });
});

test("words without end on how a command has ended are not collected", async () => {
  const { client } = await serveSocket((channels, socket) => {
    const output = channels.output(3);
    const chunk = Buffer.alloc(1 << 16, "x");
    const fill = (): void => void (socket.destroyed || output.write(chunk, fill));
    fill();
  });
  const session = await (await client()).exec({ ...somewhere, command: ["x"] });
  await expect(session.exit).rejects.toMatchObject({ code: "stream-broken", message: expect.stringContaining("without end") });
  await expect(text(session.stdout)).rejects.toMatchObject({ code: "stream-broken" });
});

test("an output that nobody reads halts the connection, one that is cancelled does not", async () => {
  const total = 64 << 20;
  let sent = 0;
  const { client } = await serveSocket((channels) => {
    const output = channels.output(2);
    const chunk = Buffer.alloc(1 << 16, "x");
    const fill = (): void => {
      for (let goesOn = true; goesOn && sent < total; sent += chunk.length) goesOn = output.write(chunk);
      if (sent < total) return;
      channels.send(1, "end");
      channels.send(3, '{"status":"Success"}');
      channels.close();
    };
    output.on("drain", fill);
    fill();
  });
  const opened = await client();
  const { stdout, stderr, exit } = await opened.exec({ ...somewhere, command: ["x"] });
  for (let call = 0; call < 200; call++) await opened.GET("/healthz");
  expect(sent).toBeLessThan(total / 2);
  await stderr.cancel();
  expect(await text(stdout)).toBe("end");
  expect(await exit).toMatchObject({ exitCode: 0 });
});

test("a handshake with the wrong key is no WebSocket", async () => {
  const { client } = await serveSocket(() => {}, false);
  await expect((await client()).exec({ ...somewhere, command: ["x"] })).rejects.toMatchObject({ code: "malformed", operation: "getExec" });
});

describe("portForward", () => {
  test("carries bytes both ways until the pod's side ends", async () => {
    const client = await adminOf(await startTestKubelet());
    const { readable, writable } = await client.portForward({ namespace: "default", pod: "sample-node", port: 8080 });
    const writer = writable.getWriter();
    await writer.write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    expect(await text(readable)).toMatch(/hello from sample-node\n$/);
  });

  test("of a port where nothing listens says so", async () => {
    const client = await adminOf(await startTestKubelet());
    const { readable } = await client.portForward({ namespace: "default", pod: "sample-node", port: 9 });
    await expect(text(readable)).rejects.toMatchObject({
      code: "port-forward-failed",
      message: expect.stringContaining("connection refused"),
    });
    const unknown = client.portForward({ namespace: "default", pod: "x", port: 9 });
    await expect(unknown).rejects.toMatchObject({ code: "not-found", operation: "getPortForward" });
    const odd = client.portForward({ namespace: "default", pod: "sample-node", port: 0 });
    await expect(odd).rejects.toMatchObject({ code: "bad-request", text: expect.stringContaining('port "0" must be > 0') });
  });
});
