import { Duplex } from "node:stream";
import {
  ChannelFrameError,
  base64Frame,
  binaryFrame,
  openSpdy,
  readBase64Frame,
  readBinaryFrame,
  webSocketOver,
} from "@kubelet-conformance/streaming";
import * as fc from "fast-check";
import { expect, test } from "vitest";

/** A connection over which these bytes come, and then its end. */
function connectionOf(pieces: readonly Uint8Array[]): Duplex {
  const left = [...pieces];
  return new Duplex({
    read() {
      this.push(left.shift() ?? null);
    },
    write: (_chunk, _encoding, done) => done(),
  }).on("error", () => {});
}

const heads = [
  [0x82, 5],
  [0x81, 0xfe],
  [0x88, 2, 3, 0xe8],
  [0x89, 0],
  [0x02, 1, 1],
  [0x82, 127, 0x7f, 255],
  [0x80, 3, 0, 1, 0, 0, 0, 10],
  [0x80, 3, 0, 4, 0, 0, 0, 4],
  [0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 2],
  [0, 0, 0, 1, 0, 0, 0, 3],
];
const bytes = fc.array(fc.oneof(fc.constantFrom(...heads.map((head) => Uint8Array.from(head))), fc.uint8Array({ maxLength: 40 })), {
  maxLength: 12,
});

test("whatever comes as WebSocket frames, the connection ends and nothing else does", async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (pieces) => {
      const socket = webSocketOver(connectionOf(pieces));
      socket.on("error", () => socket.terminate());
      const code = await new Promise<unknown>((resolve) => socket.once("close", resolve));
      expect(code).toBeTypeOf("number");
    }),
    { numRuns: 300 },
  );
});

test("whatever comes as SPDY frames, the connection ends and nothing else does", async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (pieces) => {
      const connection = openSpdy(connectionOf(pieces));
      const [opened] = await Promise.allSettled([connection.createStream({ streamType: "error" })]);
      if (opened?.status === "fulfilled") opened.value.on("error", () => {}).resume();
      connection.close();
      expect(await connection.closed).not.toBeInstanceOf(TypeError);
    }),
    { numRuns: 150 },
  );
});

test("channel frames are read back, and what is none is named", () => {
  fc.assert(
    fc.property(fc.nat(9), fc.uint8Array(), (channel, data) => {
      expect(readBinaryFrame(binaryFrame(channel, data))).toEqual({ channel, data: Buffer.from(data) });
      expect(readBase64Frame(base64Frame(channel, data))).toEqual({ channel, data: Buffer.from(data) });
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      try {
        readBase64Frame(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ChannelFrameError);
      }
    }),
  );
});
