import { once } from "node:events";
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { webSocketAccept, webSocketOver } from "./web-socket.ts";
import { LONGEST_MESSAGE } from "./x-net-web-socket.ts";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanups.splice(0)) each();
});

test("speaks over a duplex that is already upgraded", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  cleanups.push(() => server.close());
  await once(server, "listening");
  // It listens on a port.
  const { port } = server.address() as { port: number };
  const client = connect(port, "127.0.0.1");
  cleanups.push(() => client.destroy());
  client.write(
    "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  const [[far]] = (await Promise.all([once(server, "connection"), once(client, "data")])) as unknown as [[WebSocket]];
  const near = webSocketOver(client);
  far.on("message", (data, isBinary) => far.send(data, { binary: isBinary }));
  near.ping();
  await once(near, "pong");
  near.send(Buffer.of(1, 2));
  const [echo] = (await once(near, "message")) as [Buffer];
  expect(echo).toStrictEqual(Buffer.of(1, 2));
  far.close(1000);
  const [code] = (await once(near, "close")) as [number];
  expect(code).toBe(1000);
});

test("the accept value is RFC 6455's example", () => {
  expect(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ==")).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
});

test.each([
  [
    "of too many fragments",
    Buffer.concat([Buffer.of(0x02, 1, 1), Buffer.alloc(3 << 14, Buffer.of(0x00, 1, 0x61))]),
    "WS_ERR_TOO_MANY_BUFFERED_PARTS",
  ],
  ["that claims to be too long", longFrame(LONGEST_MESSAGE + 1), "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"],
])("a message %s is an error before it fills the memory", async (_what, bytes, code) => {
  const connection = new PassThrough();
  const socket = webSocketOver(connection);
  socket.on("message", () => expect.unreachable());
  const failed = once(socket, "error");
  connection.write(bytes);
  expect((await failed)[0]).toHaveProperty("code", code);
  socket.terminate();
});

/** The head of a binary frame with a length of eight bytes. */
function longFrame(length: number): Buffer {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(0x827f);
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
