import { once } from "node:events";
import { expect, test } from "vitest";
import { socketPair } from "./pair.test.support.ts";
import { webSocketAccept, webSocketOver } from "./web-socket.ts";

test("both sides speak over a duplex that is already upgraded", async () => {
  const { client, server, destroy } = await socketPair();
  const near = webSocketOver(client, "client");
  const far = webSocketOver(server, "server");
  far.on("message", (data, isBinary) => far.send(data, { binary: isBinary }));
  near.ping();
  await once(near, "pong");
  near.send(Buffer.of(1, 2));
  const [echo] = (await once(near, "message")) as [Buffer];
  expect(echo).toStrictEqual(Buffer.of(1, 2));
  far.close(1000);
  const [code] = (await once(near, "close")) as [number];
  expect(code).toBe(1000);
  destroy();
});

test("the accept value is RFC 6455's example", () => {
  expect(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ==")).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
});
