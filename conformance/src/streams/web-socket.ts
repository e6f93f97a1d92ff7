import { randomBytes } from "node:crypto";
import type { ChannelFrame } from "@kubelet-conformance/streaming";
import { Broken, type CheckContext } from "../engine/check.ts";
import { headerOf, type WireResponse } from "../target/wire.ts";
import { bound, messageLimit, upgrade, type UpgradeRequest } from "./upgrade.ts";

/** A WebSocket whose messages are channel frames. */
export interface WebSocketChannels {
  answer: WireResponse;
  /** The key that the client sent. */
  key: string;
  /** The protocol that the server chose; empty when the header is; undefined: there is none. */
  protocol: string | undefined;
  /** What has arrived, in order. */
  frames: readonly ChannelFrame[];
  /** Whether every message so far was text (base64 forms) or binary (the others). */
  kinds: ReadonlySet<"text" | "binary">;
  /** Fulfilled when the condition holds of what has arrived, or the connection has ended. */
  until: (condition: (frames: readonly ChannelFrame[]) => boolean) => Promise<void>;
  /** Fulfilled when the connection has ended, with the code of the close frame; 1006 without one. */
  closed: Promise<number>;
  send: (channel: number, data: Uint8Array | string) => void;
  /** Sends bytes that need not be a frame. */
  sendRaw: (bytes: Uint8Array) => void;
  /** Fulfilled with the payload of the answer to a ping, or undefined when the connection ends. */
  ping: (payload: string) => Promise<string | undefined>;
  close: () => void;
}

/** The headers of a WebSocket handshake; without protocols it names none. */
export function webSocketHeaders(protocols: readonly string[], key: string): Record<string, string> {
  const offer = protocols.length === 0 ? {} : { "Sec-WebSocket-Protocol": protocols.join(", ") };
  return { Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key, ...offer };
}

/** Opens a WebSocket. Fails the requirement when the kubelet does not switch. */
export async function openWebSocket(
  context: CheckContext,
  request: UpgradeRequest,
  protocols: readonly string[],
): Promise<WebSocketChannels> {
  const codec = await import("@kubelet-conformance/streaming");
  const key = randomBytes(16).toString("base64");
  const { answer, connection, head } = await upgrade(context, request, webSocketHeaders(protocols, key));
  const protocol = headerOf(answer, "Sec-WebSocket-Protocol");
  const base64 = codec.isBase64(protocol ?? "");
  const socket = codec.webSocketOver(connection, head);
  const frames: ChannelFrame[] = [];
  const kinds = new Set<"text" | "binary">();
  const waiting = new Set<() => void>();
  const { promise: closed, resolve: close } = Promise.withResolvers<number>();
  let isOver = false;
  let fault: Error | undefined;
  const look = (): void => {
    for (const wake of waiting) wake();
  };
  let received = 0;
  for (const kind of ["message", "ping", "pong"]) socket.on(kind, () => void (++received > messageLimit && socket.terminate()));
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isOver || received > messageLimit) return;
    kinds.add(isBinary ? "binary" : "text");
    try {
      frames.push(base64 ? codec.readBase64Frame(data.toString()) : codec.readBinaryFrame(data));
    } catch (error) {
      fault ??= error instanceof Error ? error : new Error(String(error));
    }
    look();
  });
  // Its close tells all that there is to tell; nobody waits for a goodbye from a server that broke the protocol.
  socket.on("error", () => socket.terminate());
  socket.on("close", (code) => {
    isOver = true;
    close(code);
    look();
  });
  bound(connection);
  const until = (condition: (frames: readonly ChannelFrame[]) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const wake = (): void => {
        if (fault === undefined && !isOver && !condition(frames)) return;
        waiting.delete(wake);
        if (fault === undefined) resolve();
        else reject(new Broken("messages that are channel frames", fault.message));
      };
      waiting.add(wake);
      wake();
    });
  return {
    answer,
    key,
    protocol,
    frames,
    kinds,
    until,
    closed,
    send: (channel, data) => socket.send(base64 ? codec.base64Frame(channel, data) : codec.binaryFrame(channel, data)),
    sendRaw: (bytes) => void connection.write(bytes),
    ping: (payload) => {
      socket.ping(payload);
      return new Promise(
        (resolve) => void socket.once("pong", (data: Buffer) => resolve(data.toString())).once("close", () => resolve(undefined)),
      );
    },
    close: () => socket.close(1000),
  };
}

/** All data of one channel so far. */
export function channelData(frames: readonly ChannelFrame[], channel: number): Buffer {
  return Buffer.concat(frames.filter((frame) => frame.channel === channel).map(({ data }) => data));
}
