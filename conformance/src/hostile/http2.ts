import type { Socket } from "node:net";
import type { Answer, Hostile, Place } from "./hostile.ts";
import { afterDiscovery, flood, listenTls, reader, send } from "./listen.ts";

function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const settings = frame(4, 0, 0);
const ping = frame(6, 0, 0, Buffer.alloc(8));
/** `:status: 200` of the static table. */
const ok = Buffer.from([0x88]);
const endOfHeaders = 4;
const endOfStream = 1;
/** A literal header without indexing, its name `x`, its value of so many bytes. */
const literal = (bytes: number): Buffer =>
  Buffer.concat([Buffer.from([0, 1, 0x78, 0x7f, ...varint(bytes - 127)]), Buffer.alloc(bytes, 0x61)]);

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

/** A kubelet over HTTP/1.1; where HTTP/2 is chosen, this after the client has spoken. */
const speaks =
  (react: (socket: Socket) => void) =>
  (place: Place): Promise<string> => {
    const plain: Answer = afterDiscovery((socket) => send(socket, "ok"));
    const http1 = reader(plain);
    return listenTls(
      place,
      (socket) => {
        // A TLS socket of node:tls; what ALPN chose is a member of it.
        if ("alpnProtocol" in socket && socket.alpnProtocol === "h2") socket.once("data", () => react(socket));
        else http1(socket);
      },
      { ALPNProtocols: ["h2", "http/1.1"] },
    );
  };

const args = ["--kubernetes-version", "1.35", "--focus", "routing.protocol", "--focus", "protocol.http2"];
const entry = (name: string, react: (socket: Socket) => void): Hostile => ({
  name: `HTTP/2: ${name}`,
  open: speaks(react),
  code: 1,
  args,
  timeout: 2,
});
const answered =
  (...frames: Buffer[]) =>
  (socket: Socket) =>
    void socket.write(Buffer.concat([settings, ...frames]));

/** Frames that a client must not drown in. */
export const http2s: readonly Hostile[] = [
  entry("settings without end", (socket) => flood(socket, settings)),
  entry("pings without end", (socket) => {
    socket.write(settings);
    flood(socket, ping);
  }),
  entry("goodbye at once", answered(frame(7, 0, 0, Buffer.from([0, 0, 0, 0, 0, 0, 0, 11])))),
  entry("a reset of the stream", answered(frame(3, 0, 1, Buffer.from([0, 0, 0, 2])))),
  entry("no window", answered(frame(4, 0, 0, Buffer.from([0, 4, 0, 0, 0, 0])))),
  entry("a window beyond all bounds", answered(frame(8, 0, 0, Buffer.from([0x7f, 0xff, 0xff, 0xff])))),
  entry("continuations without end", (socket) => {
    socket.write(Buffer.concat([settings, frame(1, 0, 1, ok)]));
    flood(socket, frame(9, 0, 1, literal(1000)));
  }),
  entry("a header of a mebibyte", (socket) => {
    const block = Buffer.concat([ok, literal(1 << 20)]);
    const pieces = Array.from({ length: Math.ceil(block.length / 16_384) }, (_, index) =>
      block.subarray(index * 16_384, (index + 1) * 16_384),
    );
    socket.write(
      Buffer.concat([
        settings,
        ...pieces.map((piece, index) => frame(index === 0 ? 1 : 9, index === pieces.length - 1 ? endOfHeaders : 0, 1, piece)),
      ]),
    );
  }),
  entry("a header table bomb", (socket) => {
    // One large entry of the dynamic table, then thousands of references to it.
    const big = Buffer.concat([Buffer.from([0x40, 1, 0x78, 0x7f, ...varint(3900 - 127)]), Buffer.alloc(3900, 0x61)]);
    socket.write(Buffer.concat([settings, frame(1, endOfHeaders, 1, Buffer.concat([ok, big, Buffer.alloc(8000, 0xbe)]))]));
  }),
  entry("data without end", (socket) => {
    socket.write(Buffer.concat([settings, frame(8, 0, 0, Buffer.from([0x7f, 0, 0, 0])), frame(1, endOfHeaders, 1, ok)]));
    flood(socket, frame(0, 0, 1, Buffer.alloc(16_384)));
  }),
  entry("data beyond its frame", answered(frame(0, endOfStream, 99, Buffer.alloc(100)))),
  entry("pushed answers", answered(frame(5, endOfHeaders, 1, Buffer.concat([Buffer.from([0, 0, 0, 2]), ok])))),
  entry("a frame of sixteen mebibytes", answered(Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1]))),
  entry("garbage", (socket) => flood(socket, Buffer.alloc(16_384, 0xa7))),
  entry("HTTP/1.1 after all", (socket) => send(socket, "ok")),
  entry("silence", () => {}),
];
