import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMockKubelet, type MockKubelet } from "../mock-kubelet.ts";

describe("what streams is answered by the reference kubelet", () => {
  let mock: MockKubelet;
  beforeAll(async () => {
    mock = await createMockKubelet({ tls: false });
  });
  afterAll(() => mock.close());

  async function ask(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
    const [response] = (await once(get(mock.url + path, { headers }), "response")) as [IncomingMessage]; // node's event
    return response;
  }

  /** The messages of a WebSocket until it closes, or until one contains a text; each begins with its channel. */
  async function talk(path: string, protocol: string, until?: string): Promise<{ channel: number; text: string }[]> {
    const socket = new WebSocket(`${mock.url.replace("http", "ws")}${path}`, [protocol]);
    socket.binaryType = "arraybuffer";
    const messages: { channel: number; text: string }[] = [];
    await new Promise<void>((done, fail) => {
      socket.addEventListener("error", () => fail(new Error("the handshake failed")));
      socket.addEventListener("close", () => done());
      socket.addEventListener("message", ({ data }) => {
        const bytes = Buffer.from(data as ArrayBuffer); // as binaryType says
        messages.push({ channel: bytes[0] ?? -1, text: bytes.subarray(1).toString() });
        if (until !== undefined && messages.some(({ text }) => text.includes(until))) socket.close();
      });
    });
    expect(socket.protocol).toBe(protocol);
    return messages;
  }

  test("a followed log goes on, line by line, with CORS, until the client hangs up", async () => {
    const response = await ask("/containerLogs/default/counter-lab-node/counter?follow=true", {
      Origin: "https://front-end.example",
      Authorization: "Bearer unknown-to-the-kubelet-behind",
    });
    expect(response).toMatchObject({ statusCode: 200, headers: { "access-control-allow-origin": "https://front-end.example" } });
    let text = "";
    for await (const chunk of response) {
      text += String(chunk);
      if (text.endsWith("2\n")) break;
    }
    expect(text).toBe("tick 0\ntick 1\ntick 2\n");
    expect(mock.requests()[0]).toMatchObject({ operationId: "getContainerLogs", because: "it streams", relayedTo: "reference kubelet" });
    expect(mock.requests()[0]).not.toHaveProperty("status");
  });

  test("exec runs a command", async () => {
    const messages = await talk("/exec/default/counter-lab-node/counter?command=echo&command=hi&output=1&error=1", "v4.channel.k8s.io");
    expect(
      messages
        .filter(({ channel }) => channel === 1)
        .map(({ text }) => text)
        .join(""),
    ).toBe("hi\n");
    expect(messages.findLast(({ channel }) => channel === 3)?.text).toContain('"status":"Success"');
  });

  test("attach sees what the container prints, by the pod's UID, too", async () => {
    const uid = "7d91e2cb80bd13ba3ef6af352dad01a9";
    const messages = await talk(`/attach/default/counter-lab-node/${uid}/counter?output=1&error=1`, "v4.channel.k8s.io", "tick");
    expect(messages.some(({ channel, text }) => channel === 1 && text.startsWith("tick"))).toBe(true);
  });

  test("port-forward names the port on both channels", async () => {
    const messages = await talk("/portForward/default/counter-lab-node?port=258", "v4.channel.k8s.io", "\u0001");
    expect(messages[0]).toEqual({ channel: 0, text: "\u0002\u0001" });
  });

  test("what the kubelet refuses of a handshake is its answer", async () => {
    const response = await ask("/exec/default/absent/counter?command=echo&output=1", {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Version": "13",
    });
    expect(response.statusCode).toBe(404);
    expect(Buffer.concat(await response.toArray()).toString()).toBe("pod does not exist");
  });

  test("without a stream, or with a wish, examples answer, and never 101", async () => {
    const plain = await ask("/exec/default/counter-lab-node/counter?command=echo&output=1");
    expect(plain.statusCode).toBe(500);
    expect(Buffer.concat(await plain.toArray()).toString()).toBe("Upgrade request required\n");
    const wished = await ask("/exec/default/counter-lab-node/counter?command=echo&output=1", {
      Connection: "Upgrade",
      Upgrade: "websocket",
      Prefer: "code=403",
    });
    expect(wished.statusCode).toBe(403);
    const log = await ask("/containerLogs/default/counter-lab-node/counter?follow=true", { Prefer: "example=with-timestamps" });
    expect(Buffer.concat(await log.toArray()).toString()).toBe("2026-11-21T07:59:25.697280915Z init done\n");
  });

  test("101 cannot be wished for", async () => {
    const response = await ask("/exec/default/counter-lab-node/counter", { Prefer: "code=101" });
    expect(response.statusCode).toBe(400);
    expect(Buffer.concat(await response.toArray()).toString()).toMatch(/^getExec has no answer 101; it has 307, 400, 401/);
  });

  test("without streams, examples answer", async () => {
    await using plain = await createMockKubelet({ tls: false, streams: false });
    const log = await fetch(`${plain.url}/containerLogs/default/counter-lab-node/counter?follow=true`);
    expect(await log.text()).toBe("init done\n");
  });

  test("an upgrade to what nobody speaks is no upgrade", async () => {
    const response = await ask("/healthz", { Connection: "Upgrade, HTTP2-Settings", Upgrade: "h2c" });
    expect(response.statusCode).toBe(200);
    expect(Buffer.concat(await response.toArray()).toString()).toBe("ok");
  });
});
