import { type EventEmitter } from "node:events";
import { type Duplex } from "node:stream";
import { createHash } from "node:crypto";
import { createWebSocketStream, WebSocket } from "ws";
import { LONGEST_MESSAGE } from "./x-net-web-socket.ts";

/** The part of ws's own set-up that its client calls after its handshake. */
interface Attachable {
  _isServer: boolean;
  setSocket(
    duplex: Duplex,
    head: Uint8Array,
    options: {
      maxPayload: number;
      maxFragments: number;
      maxBufferedChunks: number;
      allowSynchronousEvents: boolean;
      skipUTF8Validation: boolean;
    },
  ): void;
}

/** ws's declarations leave out the options that its own server passes with the address null. */
const Unconnected = WebSocket as unknown as new (address: null, protocols: undefined, options: object) => WebSocket;

/** A WebSocket of `ws`, as far as its users here go. Events: message (data, isBinary), close (code), error, ping, pong. */
export interface MessageSocket extends EventEmitter {
  /** Equal to OPEN while messages can be sent. */
  readonly readyState: number;
  readonly OPEN: number;
  send(data: Uint8Array | string): void;
  send(data: Uint8Array | string, options: { binary?: boolean }, done?: (error?: Error) => void): void;
  ping: (payload?: string) => void;
  close: (code?: number) => void;
  /** Cuts the connection without a goodbye. */
  terminate: () => void;
  /** Stops and starts the messages. */
  pause: () => void;
  resume: () => void;
}

/** Bytes that wait to be sent, above which pings are not answered. */
const LONGEST_QUEUE = 1 << 16;

/**
 * What is kept of a message that is not whole. Without these a server that sends fragments of a byte without end fills the memory: each
 * costs a hundred times its length. The counts are ws's own defaults, which it does not apply here either.
 */
const MESSAGE_LIMITS = { maxPayload: LONGEST_MESSAGE, maxFragments: 1 << 14, maxBufferedChunks: 1 << 18 };

/** How long the peer may take to answer a goodbye; ws's own default, which it does not apply here. */
const CLOSE_TIMEOUT_MS = 30_000;

/**
 * Speaks WebSocket as a client over a duplex whose handshake is done, so that the handshake stays the caller's: ws's own refuses the
 * empty `Sec-WebSocket-Protocol` that Kubernetes' servers answer to a client that offered none.
 * No extensions; `head` is what arrived with the handshake. A message of more than 32 MiB or 16,384 fragments is an error and ends the
 * connection. Events and methods are those of `ws`.
 */
export function webSocketOver(duplex: Duplex, head: Uint8Array = Buffer.alloc(0)): MessageSocket {
  const socket = new Unconnected(null, undefined, { autoPong: false, closeTimeout: CLOSE_TIMEOUT_MS });
  // ws keeps these two for itself; its client uses them exactly like this.
  const attachable = socket as unknown as Attachable;
  attachable._isServer = false;
  attachable.setSocket(duplex, head, { ...MESSAGE_LIMITS, allowSynchronousEvents: true, skipUTF8Validation: false });
  // A server that pings and does not read gets no answer: what is kept for it would grow without end.
  socket.on("ping", (payload) => void (socket.bufferedAmount < LONGEST_QUEUE && socket.pong(payload)));
  // Who did the handshake has usually paused it.
  duplex.resume();
  return socket;
}

/** The `Sec-WebSocket-Accept` that answers a key (RFC 6455, 4.2.2). */
export function webSocketAccept(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}

/** The messages of a WebSocket as one stream of bytes: each write is a binary message. */
export function webSocketStream(socket: MessageSocket): Duplex {
  // It comes from webSocketOver.
  return createWebSocketStream(socket as WebSocket);
}
