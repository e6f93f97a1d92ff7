import { randomBytes } from "node:crypto";
import type { MessageSocket } from "@kubelet-conformance/streaming";
import { KubeletError } from "./kubelet-error.ts";
import type { Upgraded } from "./transport.ts";

/** What a channel holds for a reader that is slow; beyond it all channels of the connection wait. */
const mostBytes = 1 << 20;

/** Servers end connections that send longer messages than 32 MiB; short ones leave room for the other channels. */
const longestMessage = 1 << 16;

/** The channels of a WebSocket, as web streams. */
export interface Channels {
  /** The subprotocol that the server chose. */
  readonly protocol: string;
  /** What comes on a channel; only of those that were asked for. */
  readable(channel: number): ReadableStream<Uint8Array>;
  /** Fulfilled when the bytes are with the operating system. */
  send(channel: number, data: Uint8Array | string): Promise<void>;
  /** v5: says that a channel is over. */
  end(channel: number): void;
  /** Fulfilled when the connection is over: whether it ended in order. */
  readonly closed: Promise<boolean>;
  /** Says goodbye. */
  close(): void;
  /** Ends the connection at once; whoever reads or writes gets the reason. */
  fail(reason: unknown): void;
}

/** The headers by which a WebSocket is asked for. */
export function handshake(): { key: string; headers: Record<string, string> } {
  const key = randomBytes(16).toString("base64");
  return { key, headers: { "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key } };
}

export interface ChannelsOptions {
  operation: string;
  /** The key of the handshake. */
  key: string;
  /** The channels that will be read; what comes on others is thrown away. */
  read: readonly number[];
}

/** Speaks channels over a connection whose handshake is done. */
export async function openChannels({ socket: connection, head, headers }: Upgraded, options: ChannelsOptions): Promise<Channels> {
  const { operation, key, read } = options;
  const { binaryFrame, CLOSE_SIGNAL, webSocketAccept, webSocketOver } = await import("@kubelet-conformance/streaming");
  if (headers.get("sec-websocket-accept") !== webSocketAccept(key)) {
    connection.destroy();
    throw new KubeletError({
      code: "malformed",
      operation,
      reason: "the answer to the WebSocket handshake has the wrong Sec-WebSocket-Accept",
    });
  }
  const protocol = headers.get("sec-websocket-protocol") ?? "";
  const socket = webSocketOver(connection, head);
  const inputs = inputsOf(socket, read);
  let reason: unknown = new KubeletError({ code: "stream-broken", operation, reason: "the connection broke before its end" });
  const { promise: closed, resolve } = Promise.withResolvers<boolean>();
  socket.on("error", () => socket.terminate());
  socket.on("close", (code: number) => {
    const isOrderly = code === 1000;
    inputs.end(isOrderly ? undefined : { reason });
    resolve(isOrderly);
  });
  const sendFrame = async (frame: Uint8Array): Promise<void> =>
    new Promise((sent, failed) => {
      if (socket.readyState !== socket.OPEN)
        return failed(new KubeletError({ code: "stream-broken", operation, reason: "the connection has ended" }));
      socket.send(frame, { binary: true }, (error) => (error ? failed(reason) : sent()));
    });
  return {
    protocol,
    closed,
    readable: (channel) => inputs.of(channel),
    async send(channel, data) {
      const bytes = typeof data === "string" ? Buffer.from(data) : data;
      for (let at = 0; at < bytes.length; at += longestMessage)
        await sendFrame(binaryFrame(channel, bytes.subarray(at, at + longestMessage)));
    },
    end: (channel) => void sendFrame(Buffer.of(CLOSE_SIGNAL, channel)).catch(() => {}),
    close: () => socket.close(1000),
    fail(why) {
      reason = why;
      socket.terminate();
    },
  };
}

/** How long a server's words about a stream may be: what runtimes say is kilobytes. */
const longestError = 1 << 20;

/** What came on a channel that tells what went wrong; undefined where it has no end. */
export async function errorText(channel: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of channel) {
    length += part.length;
    if (length > longestError) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

interface Inputs {
  of(channel: number): ReadableStream<Uint8Array>;
  end(broken: { reason: unknown } | undefined): void;
}

/** Hands the messages to the readers of their channels, and halts the connection while one of them is behind. */
function inputsOf(socket: MessageSocket, read: readonly number[]): Inputs {
  const controllers = new Map<number, ReadableStreamDefaultController<Uint8Array>>();
  const full = new Set<number>();
  const proceed = (channel: number): void => {
    if (full.delete(channel) && full.size === 0) socket.resume();
  };
  socket.on("message", (data: Buffer) => {
    const [channel = -1] = data;
    const controller = controllers.get(channel);
    // A channel that nobody reads, or its first message, which says that it is there.
    if (!controller || data.length < 2) return;
    controller.enqueue(data.subarray(1));
    if ((controller.desiredSize ?? 1) > 0) return;
    full.add(channel);
    socket.pause();
  });
  const open = (channel: number): ReadableStream<Uint8Array> =>
    new ReadableStream<Uint8Array>(
      {
        start: (controller) => void controllers.set(channel, controller),
        pull: () => proceed(channel),
        cancel() {
          controllers.delete(channel);
          proceed(channel);
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: mostBytes }),
    );
  const streams = new Map(read.map((channel) => [channel, open(channel)]));
  return {
    of(channel) {
      const stream = streams.get(channel);
      if (!stream) throw new RangeError(`channel ${channel} is not read`);
      return stream;
    },
    end(broken) {
      for (const controller of controllers.values()) {
        if (broken) controller.error(broken.reason);
        else controller.close();
      }
      controllers.clear();
    },
  };
}
