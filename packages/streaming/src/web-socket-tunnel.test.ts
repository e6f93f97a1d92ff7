import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { clientFrame, serverFrames } from "./frames.test.support.ts";
import { socketPair } from "./pair.test.support.ts";
import { serveTunnel } from "./web-socket-tunnel.ts";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanups.splice(0)) each();
});

async function tunnel() {
  const { client, server, destroy } = await socketPair();
  cleanups.push(destroy);
  const inside = serveTunnel(server);
  inside.once("end", () => inside.end());
  return { client, inside, answer: serverFrames(client) };
}

const binary = 2;
const close = (code: number, reason = ""): string => `8:${code.toString(16).padStart(4, "0")}${Buffer.from(reason).toString("hex")}`;

test("carries bytes in messages, however they are cut, and pings between them", async () => {
  const { client, inside, answer } = await tunnel();
  client.write(clientFrame(binary, "a", { isFinal: false }));
  client.write(clientFrame(9, "x"));
  client.write(clientFrame(0, "", { isFinal: false }));
  client.write(clientFrame(0, "b"));
  client.write(clientFrame(binary, "c"));
  inside.write("answer");
  client.write(clientFrame(8, Buffer.of(3, 232)));
  expect(await text(inside)).toBe("abc");
  expect((await answer).toSorted()).toEqual(["2:616e73776572", close(1000), "a:78"]);
});

test("passes on the beginning of a message that is far from its end", async () => {
  const { client, inside } = await tunnel();
  client.write(clientFrame(binary, "beginning", { claimed: 2 ** 40 }));
  const [piece] = (await once(inside, "data")) as [Buffer];
  expect(piece.toString()).toBe("beginning");
});

test.each([
  ["no mask", clientFrame(binary, "a", { isMasked: false }), "bad MASK"],
  ["a reserved bit", clientFrame(binary, "a", { reserved: 4 }), "RSV1 set"],
  ["everything", clientFrame(11, "a", { reserved: 7, isMasked: false }), "RSV1 set, RSV2 set, RSV3 set, bad opcode 11, bad MASK"],
  ["an unknown opcode", clientFrame(3, "a"), "bad opcode 3"],
  ["a continuation of nothing", clientFrame(0, "a"), "continuation after FIN"],
  ["a message within another", Buffer.concat([clientFrame(binary, "a", { isFinal: false }), clientFrame(binary, "b")]), "data before FIN"],
  ["a long ping", clientFrame(9, "x".repeat(126)), "len > 125 for control"],
  ["half a ping", clientFrame(9, "x", { isFinal: false }), "FIN not set on control"],
  ["a goodbye with a bad code", clientFrame(8, Buffer.of(0, 1)), "bad close code 1"],
  ["a goodbye that is no text", clientFrame(8, Buffer.of(3, 232, 255)), "invalid utf8 payload in close frame"],
])("ends at %s, in gorilla's words", async (_, bytes, reason) => {
  const { client, inside, answer } = await tunnel();
  client.write(bytes);
  await text(inside);
  expect(await answer).toEqual([close(1002, reason)]);
});

test.each([
  ["the client's end", undefined, close(1000)],
  ["a text message", clientFrame(1, "a"), close(1000)],
  ["a goodbye", clientFrame(8, Buffer.of(3, 233)), close(1001)],
  ["a goodbye without a code", clientFrame(8, ""), "8:"],
])("ends at %s", async (_, bytes, goodbye) => {
  const { client, inside, answer } = await tunnel();
  if (bytes === undefined) client.end();
  else client.write(bytes);
  expect(await text(inside)).toBe("");
  expect(await answer).toEqual([goodbye]);
});
