import type { Socket } from "node:net";
import type { Hostile, Place } from "./hostile.ts";
import { afterDiscovery, discovery, drip, everywhere, flood, listenTcp, listenTls, reader, send } from "./listen.ts";

const tcp = (onConnection: (socket: Socket) => void) => (place: Place) => listenTcp(place, onConnection);
const onData = (react: (socket: Socket) => void) => tcp((socket) => void socket.once("data", () => react(socket)));
/** A TLS record that announces a ServerHello of 16,384 bytes. */
const helloRecord = Buffer.from([0x16, 0x03, 0x03, 0x40, 0x00, 0x02, 0x00, 0x3f, 0xfc]);

const focus = ["--focus", "health", "--focus", "routing.shape", "--focus", "pods.list"];

/** Connections that end, stall or carry something else, at every stage. */
export const connections: readonly Hostile[] = [
  { name: "a connection that is reset at once", open: tcp((socket) => void socket.resetAndDestroy()), code: 2 },
  { name: "a connection that is closed at once", open: tcp((socket) => void socket.end()), code: 2 },
  { name: "a reset in the TLS handshake", open: onData((socket) => void socket.resetAndDestroy()), code: 2 },
  { name: "an end in the TLS handshake", open: onData((socket) => void socket.end()), code: 2 },
  { name: "silence in the TLS handshake", open: onData(() => {}), code: 2, timeout: 0.5, says: /no answer/ },
  {
    name: "a TLS handshake that drips",
    open: onData((socket) => {
      socket.write(helloRecord);
      drip(socket, "x");
    }),
    code: 2,
    timeout: 0.5,
  },
  { name: "a server that never reads", open: tcp((socket) => void socket.pause()), code: 2, timeout: 0.5 },
  { name: "garbage instead of TLS", open: onData((socket) => void socket.write(Buffer.alloc(4096, 0xa7))), code: 2 },
  { name: "garbage without end instead of TLS", open: onData((socket) => flood(socket, Buffer.alloc(65_536, 0xa7))), code: 2 },
  { name: "TLS alerts without end", open: onData((socket) => flood(socket, Buffer.from([0x15, 3, 3, 0, 2, 1, 90]))), code: 2, timeout: 2 },
  { name: "empty TLS records without end", open: onData((socket) => flood(socket, Buffer.from([0x16, 3, 3, 0, 0]))), code: 2, timeout: 2 },
  {
    name: "HTTP on a TLS port",
    open: onData((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    code: 2,
    says: /does not speak TLS/,
  },
  {
    name: "another service's greeting",
    open: tcp((socket) => void socket.write("SSH-2.0-OpenSSH_9.9\r\n")),
    code: 2,
    says: /does not speak TLS/,
  },
  {
    name: "an answer before the request",
    open: (place) => listenTls(place, (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")),
    code: 2,
  },
  { name: "a reset after the request", open: (place) => everywhere(place, (socket) => void socket.destroy()), code: 2 },
  {
    name: "a reset in the head",
    open: (place) => everywhere(place, (socket) => void socket.write("HTTP/1.1 200 OK\r\nX-", () => socket.destroy())),
    code: 2,
  },
  {
    name: "a reset in the body",
    open: (place) =>
      everywhere(place, (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", () => socket.destroy())),
    code: 2,
  },
  { name: "silence after the request", open: (place) => everywhere(place, () => {}), code: 2, timeout: 0.5, says: /no answer/ },
  {
    name: "a server that dies after five requests",
    open: async (place) => {
      const dying = { ...place, closers: [] as (() => void)[] };
      place.closers.push(() => dying.closers.forEach((close) => close()));
      const answer = afterDiscovery((socket) => send(socket, "ok"));
      return listenTls(
        dying,
        reader((socket, request) => {
          if (request.number >= 5) dying.closers.forEach((close) => close());
          else answer(socket, request);
        }),
      );
    },
    code: 1,
    says: /stopped answering/,
    args: focus,
  },
  {
    name: "a server that closes every other connection",
    open: async (place) => {
      const answer = afterDiscovery((socket) => send(socket, "ok"));
      let connection = 0;
      return listenTls(place, (socket) => {
        if (connection++ % 2 === 1) socket.destroy();
        else reader(answer)(socket);
      });
    },
    code: 1,
    args: focus,
  },
  {
    name: "a server that falls silent after discovery",
    open: (place) => listenTls(place, reader(afterDiscovery(() => {}))),
    code: 1,
    timeout: 0.5,
    says: /stopped answering/,
    args: focus,
  },
  {
    name: "answers to the requests before",
    open: (place) => {
      let last = discovery["/pods"] ?? "";
      return listenTls(
        place,
        reader((socket, { path, number }) => {
          send(socket, number < 3 ? (discovery[path] ?? "ok") : last);
          last = `answer to ${path}`;
        }),
      );
    },
    code: 1,
    args: focus,
  },
];
