import { once } from "node:events";
import { text } from "node:stream/consumers";
import { constants, createDeflate } from "node:zlib";
import library from "spdy-transport";
import { afterEach, expect, test } from "vitest";
import { socketPair } from "./pair.test.support.ts";
import { acceptSpdy, openSpdy, type AcceptOptions } from "./spdy.ts";
import { type SpdyStream } from "./spdy-stream.ts";

// The library has no types; its shape was read from its source.
const spdyDictionary = (library as { protocol: { spdy: { dictionary: Record<string, Buffer> } } }).protocol.spdy.dictionary["3.1"];

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanups.splice(0)) each();
});

async function pair(onStream: (stream: SpdyStream) => void, options: Partial<AcceptOptions> = {}) {
  const { client, server, destroy } = await socketPair();
  cleanups.push(destroy);
  return { near: openSpdy(client), far: acceptSpdy(server, { ...options, onStream }) };
}

test("a stream carries its headers and bytes both ways, and each side closes for itself", async () => {
  const { near } = await pair((stream) => {
    void text(stream).then((sent) => stream.end(`${stream.headers["streamtype"]}:${sent}`));
  });
  const stream = await near.createStream({ streamType: "stdin" });
  stream.end("hello");
  expect(await text(stream)).toBe("stdin:hello");
  expect(stream.wasReset).toBe(false);
});

test("several streams are independent of each other", async () => {
  const { near } = await pair((stream) => void stream.pipe(stream));
  const streams = await Promise.all(["a", "b", "c"].map((streamType) => near.createStream({ streamType })));
  for (const [index, stream] of streams.entries()) stream.end(`text ${index}`);
  expect(await Promise.all(streams.map((stream) => text(stream)))).toStrictEqual(["text 0", "text 1", "text 2"]);
});

test("much more than a flow-control window arrives, whole and in order", async () => {
  const lines = Array.from({ length: 40_000 }, (_, index) => `line ${index} ${"x".repeat(100)}\n`).join("");
  const { near } = await pair((stream) => void stream.end(lines));
  const stream = await near.createStream({ streamType: "stdout" });
  expect((await text(stream)) === lines).toBe(true);
});

test("a reset ends both directions", async () => {
  const { promise: reset, resolve } = Promise.withResolvers<boolean>();
  const { near } = await pair((stream) => {
    void text(stream).then(() => resolve(stream.wasReset));
  });
  const stream = await near.createStream({ streamType: "stdin" });
  stream.write("before");
  stream.reset();
  expect(await reset).toBe(true);
  expect(await text(stream)).toBe("");
});

test("a refused stream is an error for who opened it, and the connection goes on", async () => {
  const { near } = await pair((stream) => stream.end("taken"), { accepts: (headers) => headers["streamtype"] === "stdout" });
  await expect(near.createStream({ streamType: "other" })).rejects.toMatchObject({ code: "stream-refused" });
  expect(await text(await near.createStream({ streamType: "stdout" }))).toBe("taken");
});

test("a connection without frames closes by itself when that was asked for", async () => {
  const { near, far } = await pair(() => undefined, { idleTimeoutMs: 20 });
  expect(await Promise.all([near.closed, far.closed])).toStrictEqual([undefined, undefined]);
});

test("pings are answered by both sides", async () => {
  const { near, far } = await pair(() => undefined);
  expect(await Promise.all([near.ping(), far.ping()])).toHaveLength(2);
});

test("closing one side ends the streams and the connection of the other", async () => {
  const { near, far } = await pair((stream) => {
    stream.write("last words");
    far.close();
  });
  const stream = await near.createStream({ streamType: "stdout" });
  expect(await text(stream)).toBe("last words");
  expect(await near.closed).toBeUndefined();
  expect(await far.closed).toBeUndefined();
});

test("a stream that nobody can reply to is an error with a code", async () => {
  const { client, server, destroy } = await socketPair();
  cleanups.push(destroy);
  const near = openSpdy(client);
  server.destroy();
  await expect(near.createStream({ streamType: "stdin" })).rejects.toMatchObject({ name: "SpdyError" });
  await near.closed;
});

test("a stream as a kubelet opens it, and the reply that it waits for", async () => {
  const { client, server, destroy } = await socketPair();
  cleanups.push(destroy);
  const { promise: opened, resolve } = Promise.withResolvers<SpdyStream>();
  acceptSpdy(server, { onStream: resolve });
  // SYN_STREAM of kubelet 1.36.4 with the one header streamtype: error.
  client.write("80030001000000290000000100000000000078f9e3c6a7c26260606004a7b392a2d4c45c6851c29a0a0a6800000000ffff", "hex");
  expect((await opened).headers).toStrictEqual({ streamtype: "error" });
  const [reply] = (await once(client, "data")) as [Buffer];
  // Version 3, SYN_REPLY, no flags; the stream.
  expect(reply.toString("hex")).toMatch(/^8003000200.{6}00000001/);
});

test("headers that grow beyond all need when they are inflated end the connection", async () => {
  const { client, server, destroy } = await socketPair();
  cleanups.push(destroy);
  const far = acceptSpdy(server, { onStream: () => undefined });
  const deflate = createDeflate({ dictionary: spdyDictionary, flush: constants.Z_SYNC_FLUSH });
  deflate.write(Buffer.alloc(64 << 20));
  const block: Buffer[] = [];
  let size = 0;
  // As much as fits into a frame stands for a thousand times as much.
  for await (const part of deflate) {
    block.push(part as Buffer); // zlib has no encoding.
    size += (part as Buffer).length;
    if (size > 60_000) break;
  }
  const head = Buffer.from("800300010000000000000001000000000000", "hex");
  head.writeUIntBE(size + 10, 5, 3);
  client.write(Buffer.concat([head, ...block]));
  expect((await far.closed)?.message).toBe("the headers of a frame are longer than 1048576 bytes");
});
