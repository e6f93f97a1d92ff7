import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { requirements } from "@kubelet-conformance/spec";
import { afterEach, expect, test } from "vitest";
import type { CheckContext } from "../engine/check.ts";
import { openSession } from "../engine/context.ts";
import { openScope } from "../engine/scope.ts";
import type { Target } from "../target/target.ts";
import { createTransport } from "../target/transport.ts";
import { execSpdy, execWebSocket } from "./command.ts";
import { openSpdyChannels } from "./spdy.ts";
import { messageLimit, within } from "./upgrade.ts";
import { channelData, openWebSocket } from "./web-socket.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const container = { namespace: "default", pod: "p", container: "c" };
const spdyAnswer =
  "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n";
const webSocketAnswer =
  "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n";

/** A check's context for a server that does this with an upgraded connection. */
async function contextFor(onUpgrade: (connection: Duplex) => void, leave = true): Promise<CheckContext & { close: () => void }> {
  const server = http.createServer((_request, response) => response.end());
  server.on("upgrade", (_request, connection) => {
    // The client ends the connection as it likes.
    connection.on("error", () => {});
    onUpgrade(connection);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = createTransport({ server: url });
  const target: Target = {
    server: url,
    kubernetesVersion: "1.36",
    minor: "1.36",
    versionSource: "declared",
    credentials: { name: "credentials" },
    identities: {},
    facts: {},
    running: container,
    ...(leave ? { command: container } : {}),
  };
  const [requirement] = requirements();
  if (!requirement) throw new Error("the catalogue is empty");
  const { context, close } = openSession(
    requirement,
    openScope(target, transport.send, { timeoutMs: 1_000 }),
    new AbortController().signal,
  );
  ends.push(
    close,
    transport.close,
    () => server.closeAllConnections(),
    () => void server.close(),
  );
  return { ...context, close };
}

test("runs no command and opens no connection without leave", async () => {
  let upgraded = 0;
  const context = await contextFor(() => void upgraded++, false);
  const headers = { Upgrade: "SPDY/3.1", Connection: "Upgrade" };
  const forbidden = [
    { target: "/exec/default/p/c?command=echo&output=1" },
    { target: "/exec/default/p/uid/c?command=echo&output=1", headers },
    { target: "/run/default/p/c?cmd=echo", method: "POST" },
    { target: "/%72un/default/p/c?cmd=echo", method: "POST" },
    { target: "/attach/default/p/c?output=1", headers },
    { target: "/portForward/default/p", headers },
  ];
  for (const request of forbidden) await expect(context.send(request)).rejects.toMatchObject({ need: "command-container" });
  expect(upgraded).toBe(0);
  // What nothing can come of is asked all the same.
  await context.send({ target: "/exec/default/p/absent?command=echo&output=1" });
  await context.send({ target: "/attach/default/p/c?output=1" });
});

test("fails the requirement when the kubelet does not switch", async () => {
  const context = await contextFor((connection) => {
    connection.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno\n");
  });
  await expect(execSpdy(context, { command: ["echo"] })).rejects.toMatchObject({
    expected: "101 Switching Protocols",
    actual: expect.stringContaining("403"),
  });
});

test.each([
  ["closes at once", (connection: Duplex): void => void connection.end()],
  ["resets", (connection: Duplex): void => void connection.destroy()],
])("ends with a failure when the server %s after the switch to SPDY", async (_title, then) => {
  const context = await contextFor((connection) => {
    connection.write(spdyAnswer, () => then(connection));
  });
  await expect(execSpdy(context, { command: ["echo"] })).rejects.toThrow(/the peer|the connection|no stream could be opened/);
});

test.each([
  ["closes at once", (connection: Duplex): void => void connection.end()],
  ["sends what is no frame", (connection: Duplex): void => void connection.write("HTTP/1.1 200 OK\r\n\r\n".repeat(100))],
  ["sends a frame of 2^62 bytes", (connection: Duplex): void => void connection.write(Buffer.from("827f4000000000000000", "hex"))],
])("takes it for the end when the server %s after the switch to WebSocket", async (_title, then) => {
  const context = await contextFor((connection) => {
    connection.write(webSocketAnswer, () => then(connection));
  });
  const { closeCode, stdout } = await execWebSocket(context, { command: ["echo"] });
  expect(closeCode).not.toBe(1000);
  expect(stdout).toHaveLength(0);
});

test("fails the requirement when a message is no channel frame", async () => {
  const context = await contextFor((connection) => {
    connection.write(webSocketAnswer);
    connection.write(Buffer.of(0x82, 0));
  });
  const socket = await openWebSocket(context, { target: "/exec/default/p/c" }, ["v4.channel.k8s.io"]);
  await expect(socket.until(() => false)).rejects.toMatchObject({ expected: "messages that are channel frames" });
});

test.each([
  ["SPDY", spdyAnswer, Buffer.concat([Buffer.from("800300060000000400000001", "hex")])],
  ["WebSocket", webSocketAnswer, Buffer.concat([Buffer.of(0x82, 126, 0xff, 0xff), Buffer.alloc(0xffff)])],
])("ends a %s connection that sends without end", async (name, answer, frame) => {
  const ended = Promise.withResolvers<void>();
  const context = await contextFor((connection) => {
    connection.once("close", () => ended.resolve());
    connection.write(answer);
    const flood = (): void => {
      while (!connection.destroyed && connection.write(frame));
    };
    connection.on("drain", flood);
    flood();
  });
  const request = { target: "/exec/default/p/c" };
  if (name === "SPDY") await openSpdyChannels(context, request, ["v4.channel.k8s.io"]);
  else await openWebSocket(context, request, ["v4.channel.k8s.io"]);
  await expect(ended.promise).resolves.toBeUndefined();
});

test.each(["SPDY", "WebSocket"])(
  "ends a %s connection whose pieces are as small as they can be, soon and with little kept",
  async (name) => {
    const ended = Promise.withResolvers<void>();
    const frame = name === "SPDY" ? Buffer.from("000000010000000161", "hex") : Buffer.of(0x82, 2, 1, 97);
    const piece = Buffer.concat(Array.from({ length: 1000 }, () => frame));
    const context = await contextFor((connection) => {
      connection.once("close", () => ended.resolve());
      connection.write(name === "SPDY" ? spdyAnswer : webSocketAnswer);
      const flood = (): void => {
        while (!connection.destroyed && connection.write(piece));
      };
      connection.on("drain", flood);
      flood();
    });
    const request = { target: "/exec/default/p/c" };
    if (name === "SPDY") await openSpdyChannels(context, request, ["v4.channel.k8s.io"]);
    else {
      const socket = await openWebSocket(context, request, ["v4.channel.k8s.io"]);
      await socket.until((frames) => channelData(frames, 1).includes("b"));
      expect(socket.frames.length).toBeLessThanOrEqual(messageLimit);
    }
    await expect(ended.promise).resolves.toBeUndefined();
  },
);

test("ends its connections with the check", async () => {
  const ended = Promise.withResolvers<void>();
  const context = await contextFor((connection) => {
    connection.once("end", () => ended.resolve());
    connection.resume();
    connection.write(spdyAnswer);
  });
  await openSpdyChannels(context, { target: "/exec/default/p/c" }, ["v4.channel.k8s.io"]);
  context.close();
  await expect(ended.promise).resolves.toBeUndefined();
});

test("does not wait for ever", async () => {
  await expect(within(new Promise(() => {}), "an answer", 1)).rejects.toMatchObject({ expected: "an answer" });
});

test("takes a connection that breaks off for the kubelet's fault, and a mistake of ours for ours", async () => {
  const context = await contextFor((connection) => {
    connection.write(spdyAnswer, () => connection.destroy());
  });
  const { connection } = await openSpdyChannels(context, { target: "/attach/default/p/c" }, ["v4.channel.k8s.io"]);
  const stream = connection.createStream({ streamType: "error" });
  await expect(within(stream, "a reply")).rejects.toMatchObject({ name: "Broken", expected: "a reply" });
  await expect(within(Promise.reject(new TypeError("oops")), "a reply")).rejects.toThrow(new TypeError("oops"));
});
