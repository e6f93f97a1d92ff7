import { type Duplex } from "node:stream";
import { createHash } from "node:crypto";
import { WebSocket } from "ws";

/** The part of ws's own set-up that its client and its server call after their handshakes. */
interface Attachable {
  _isServer: boolean;
  setSocket(
    duplex: Duplex,
    head: Uint8Array,
    options: { maxPayload: number; allowSynchronousEvents: boolean; skipUTF8Validation: boolean },
  ): void;
}

/** ws's declarations leave out the options that its own server passes with the address null. */
const Unconnected = WebSocket as unknown as new (address: null, protocols: undefined, options: object) => WebSocket;

/**
 * Speaks WebSocket over a duplex whose handshake is done, so that the handshake stays the caller's: ws's client refuses the empty
 * `Sec-WebSocket-Protocol` that Kubernetes' servers answer to a client that offered none, and its server cannot send one.
 * No extensions; `head` is what arrived with the handshake, `maxPayload` the longest message taken (bytes, 0: any). Events and methods
 * are those of `ws`.
 */
export function webSocketOver(
  duplex: Duplex,
  side: "client" | "server",
  head: Uint8Array = Buffer.alloc(0),
  { maxPayload = 0 }: { readonly maxPayload?: number } = {},
): WebSocket {
  const socket = new Unconnected(null, undefined, {});
  // ws keeps these two for itself; both of its sides use them exactly like this.
  const attachable = socket as unknown as Attachable;
  attachable._isServer = side === "server";
  attachable.setSocket(duplex, head, { maxPayload, allowSynchronousEvents: true, skipUTF8Validation: false });
  return socket;
}

/** The `Sec-WebSocket-Accept` that answers a key (RFC 6455, 4.2.2). */
export function webSocketAccept(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}
