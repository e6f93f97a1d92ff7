import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { clientFrame, serverFrames } from "./frames.test.support.ts";
import { socketPair } from "./pair.test.support.ts";
import { serveChannels } from "./web-socket-channels.ts";
import { LONGEST_MESSAGE } from "./x-net-web-socket.ts";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanups.splice(0)) each();
});

async function serve(protocol: string, idleMs = 3_600_000) {
  const { client, server, destroy } = await socketPair();
  cleanups.push(destroy);
  const channels = serveChannels(server, Buffer.alloc(0), { protocol, idleMs });
  return { client, channels, stdin: text(channels.input(0)), answer: serverFrames(client) };
}

const binary = 2;
const goodbye = "8:03e8";

test("reads what a careless client sends as x/net/websocket does", async () => {
  const { client, stdin, answer } = await serve("v4.channel.k8s.io");
  client.write(clientFrame(binary, "\0a", { isFinal: false }));
  // A fragment is a message of its own: its first byte is taken for the channel.
  client.write(clientFrame(0, "\0b", { isFinal: false }));
  client.write(clientFrame(0, "c"));
  client.write(clientFrame(binary, "\0d", { reserved: 7 }));
  client.write(clientFrame(3, "\0e"));
  client.write(clientFrame(1, "\0f"));
  client.write(clientFrame(binary, ""));
  client.write(clientFrame(binary, "\tno such channel"));
  client.write(clientFrame(9, "ping"));
  client.write(clientFrame(10, "pong"));
  client.end(clientFrame(8, Buffer.of(3, 233)));
  expect(await stdin).toBe("abdef");
  expect(await answer).toEqual([`a:${Buffer.from("ping").toString("hex")}`, goodbye]);
});

test("a message may be 32 MiB long, and one that claims to be longer ends the connection unread", async () => {
  const longest = await serve("v4.channel.k8s.io");
  longest.client.end(clientFrame(binary, Buffer.alloc(LONGEST_MESSAGE)));
  expect((await longest.stdin).length).toBe(LONGEST_MESSAGE - 1);
  expect(await longest.answer).toEqual([goodbye]);
  const longer = await serve("v4.channel.k8s.io");
  longer.client.write(clientFrame(binary, "\0a", { claimed: LONGEST_MESSAGE + 1 }));
  expect(await longer.stdin).toBe("");
  expect(await longer.answer).toEqual([goodbye]);
});

test("a frame without a mask is an error, and the end", async () => {
  const { client, stdin, answer } = await serve("v4.channel.k8s.io");
  client.write(clientFrame(binary, "\0a", { isMasked: false }));
  expect(await stdin).toBe("");
  expect(await answer).toEqual(["8:03ea", goodbye]);
});

test("v5 closes one channel, and ends the connection when it cannot tell which", async () => {
  const good = await serve("v5.channel.k8s.io");
  good.client.write(Buffer.concat([clientFrame(binary, "\0a"), clientFrame(binary, Buffer.of(255, 0)), clientFrame(binary, "\0b")]));
  expect(await good.stdin).toBe("a");
  expect(good.client.readableEnded).toBe(false);
  good.channels.close();
  expect(await good.answer).toEqual([goodbye]);
  for (const signal of [[255], [255, 0, 0], [255, 5]]) {
    const { client, stdin, answer } = await serve("v5.channel.k8s.io");
    client.write(Buffer.concat([clientFrame(binary, "\0a"), clientFrame(binary, Buffer.from(signal)), clientFrame(binary, "\0b")]));
    expect(await stdin).toBe("a");
    expect(await answer).toEqual([goodbye]);
  }
  const older = await serve("v4.channel.k8s.io");
  older.client.end(Buffer.concat([clientFrame(binary, Buffer.of(255, 0)), clientFrame(binary, "\0b")]));
  expect(await older.stdin).toBe("b");
});

test("base64 is read strictly, whatever the kind of the message", async () => {
  const { client, stdin, answer } = await serve("v4.base64.channel.k8s.io");
  for (const message of ["0YQ==", "0!!!!", "0YQ", "xYQ=="]) client.write(clientFrame(1, message));
  client.end(clientFrame(binary, "0Yg=="));
  expect(await stdin).toBe("ab");
  expect(await answer).toEqual([goodbye]);
});

test("a client that goes away in the middle of a message leaves the beginning of it, and no connection", async () => {
  const { client, channels, stdin } = await serve("v4.channel.k8s.io");
  client.end(clientFrame(binary, "\0abc", { claimed: 100 }));
  expect(await stdin).toBe("abc");
  await channels.closed;
});

test("a connection without messages is cut", async () => {
  const { client, channels, answer } = await serve("v4.channel.k8s.io", 20);
  await channels.closed;
  expect(await answer).toEqual([]);
  expect(client.readableEnded).toBe(true);
});

test("pongs wait for a client that does not read them", async () => {
  const { client, server, destroy } = await socketPair();
  cleanups.push(destroy);
  serveChannels(server, Buffer.alloc(0), { protocol: "", idleMs: 3_600_000 });
  client.pause();
  const ping = Buffer.concat(Array.from({ length: 1000 }, () => clientFrame(9, "x".repeat(125))));
  // Until the server takes no more of them.
  while (client.write(ping)) await once(client, "drain", { signal: AbortSignal.timeout(500) }).catch(() => undefined);
  expect(server.writableLength).toBeLessThan(1 << 20);
});
