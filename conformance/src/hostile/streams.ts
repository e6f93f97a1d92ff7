import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { deflateSync } from "node:zlib";
import type { Hostile, Place } from "./hostile.ts";
import { afterDiscovery, drip, flood, listenTls, reader, send } from "./listen.ts";

/** A kubelet that switches protocols as it is asked to, and then does this. */
const switches =
  (react: (socket: Socket) => void, wrongKey = false) =>
  (place: Place): Promise<string> =>
    listenTls(
      place,
      reader(
        afterDiscovery((socket, { head }) => {
          const value = (name: string): string | undefined => new RegExp(`^${name}: *(.*)\r$`, "im").exec(head)?.[1];
          const upgrade = value("Upgrade");
          if (upgrade === undefined) return send(socket, "ok");
          const key = `${wrongKey ? "" : (value("Sec-WebSocket-Key") ?? "")}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
          const protocol = (name: string): string => (value(name) === undefined ? "" : `${name}: ${value(name)?.split(",")[0]}\r\n`);
          socket.removeAllListeners("data").resume();
          socket.write(
            `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n` +
              `Sec-WebSocket-Accept: ${createHash("sha1").update(key).digest("base64")}\r\n` +
              `${protocol("Sec-WebSocket-Protocol")}${protocol("X-Stream-Protocol-Version")}\r\n`,
          );
          return react(socket);
        }),
      ),
    );

const webSocket = ["streaming.websocket"];
const spdy = ["streaming.spdy.stdout", "streaming.spdy.stdin", "streaming.spdy.success", "streaming.spdy.switch", "streaming.attach"];
const entry = (kind: "WebSocket" | "SPDY", name: string, react: (socket: Socket) => void, wrongKey?: boolean): Hostile => ({
  name: `${kind}: ${name}`,
  open: switches(react, wrongKey),
  code: 1,
  args: ["--exec", "default/web/web", "--concurrency", "32", ...(kind === "SPDY" ? spdy : webSocket).flatMap((id) => ["--focus", id])],
  timeout: 3,
});
const bytes = (...values: number[]): Buffer => Buffer.from(values);
const message = (text: string): Buffer => Buffer.concat([bytes(0x82, text.length + 1, 1), Buffer.from(text)]);
const goodbye = bytes(0x88, 2, 3, 0xe8);
/** The head of a SPDY control frame. */
const control = (type: number, length: number): Buffer => bytes(0x80, 3, 0, type, 0, length >> 16, (length >> 8) & 255, length & 255);
const bomb = deflateSync(Buffer.alloc(64 << 20));

/** What comes over a connection once it is upgraded. */
export const streams: readonly Hostile[] = [
  entry("WebSocket", "a handshake with another key", (socket) => void socket.end(goodbye), true),
  entry("WebSocket", "messages without end", (socket) => flood(socket, message("x".repeat(100)))),
  entry("WebSocket", "empty messages without end", (socket) => flood(socket, Buffer.alloc(8192, bytes(0x82, 0)))),
  entry("WebSocket", "fragments without end", (socket) => {
    socket.write(bytes(0x02, 1, 1));
    flood(socket, Buffer.alloc(6000, bytes(0x00, 1, 0x61)));
  }),
  entry("WebSocket", "pings without end", (socket) => flood(socket, Buffer.alloc(8192, bytes(0x89, 0)))),
  entry("WebSocket", "a frame of eight exbibytes", (socket) => {
    socket.write(bytes(0x82, 127, 0x7f, 255, 255, 255, 255, 255, 255, 255));
    flood(socket, "x".repeat(16_384));
  }),
  entry("WebSocket", "a close that is never answered", () => {}),
  entry("WebSocket", "data after the close", (socket) => {
    socket.write(goodbye);
    flood(socket, message("late"));
  }),
  entry("WebSocket", "a close frame of garbage", (socket) => void socket.write(bytes(0x88, 3, 0, 1, 255))),
  entry("WebSocket", "masked and reserved frames", (socket) => void socket.write(bytes(0xf3, 0x81, 1, 2, 3, 4, 5))),
  entry("WebSocket", "a reset", (socket) => void socket.destroy()),
  entry("WebSocket", "bytes that drip", (socket) => drip(socket, "\u0082")),
  entry("SPDY", "garbage without end", (socket) => flood(socket, Buffer.alloc(16_384, 0xa7))),
  entry("SPDY", "a frame of sixteen mebibytes", (socket) => {
    socket.write(bytes(0, 0, 0, 1, 0, 255, 255, 255));
    flood(socket, "x".repeat(16_384));
  }),
  entry("SPDY", "headers that are a compressed bomb", (socket) => {
    const head = Buffer.concat([control(1, bomb.length + 10), Buffer.alloc(10)]);
    head.writeUInt32BE(2, 8);
    socket.write(Buffer.concat([head, bomb]));
  }),
  entry("SPDY", "pings without end", (socket) => flood(socket, Buffer.concat([control(6, 4), bytes(0, 0, 0, 2)]))),
  entry("SPDY", "settings without end", (socket) => flood(socket, Buffer.concat([control(4, 4), bytes(0, 0, 0, 0)]))),
  entry("SPDY", "settings of a million entries", (socket) => void socket.write(Buffer.concat([control(4, 4), bytes(0, 255, 255, 255)]))),
  entry("SPDY", "goodbye at once", (socket) => void socket.write(Buffer.concat([control(7, 8), Buffer.alloc(8)]))),
  entry("SPDY", "a reset", (socket) => void socket.destroy()),
  entry("SPDY", "silence", () => {}),
];
