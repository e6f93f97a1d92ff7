import { PassThrough, Writable, type Duplex, type Readable } from "node:stream";
import { base64Frame, binaryFrame, readBase64Frame, readBinaryFrame, type ChannelFrame } from "./channel-frame.ts";
import { CLOSE_SIGNAL, isBase64, WEBSOCKET_V5 } from "./protocols.ts";
import { webSocketOver } from "./web-socket.ts";

/** The channels of a WebSocket connection. */
export interface WebSocketChannels {
  /** What the client sends on a channel; ends with the connection, over v5 also with the client's close signal. */
  readonly input: (channel: number) => Readable;
  /** Each write is one message. */
  readonly output: (channel: number) => Writable;
  readonly send: (channel: number, data: Uint8Array | string) => void;
  /** Says goodbye and ends the connection. */
  readonly close: () => void;
  readonly closed: Promise<void>;
}

const NORMAL = 1000;

/** As of a SPDY stream: enough for a burst; beyond it the whole connection waits for the slow reader, as in wsstream. */
const INPUT_BYTES = 1 << 20;

export interface ChannelOptions {
  /** The subprotocol that was chosen. */
  readonly protocol: string;
  /** Cuts the connection after so long without a message in either direction. */
  readonly idleMs: number;
}

/** Serves channels as k8s.io/streaming wsstream does, over an upgraded connection; `head` is what arrived with the handshake. */
export function serveChannels(connection: Duplex, head: Uint8Array, { protocol, idleMs }: ChannelOptions): WebSocketChannels {
  const inBase64 = isBase64(protocol);
  const closesChannels = protocol === WEBSOCKET_V5;
  const socket = webSocketOver(connection, "server", head);
  const inputs = new Map<number, PassThrough>();
  const full = new Set<PassThrough>();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let idle: NodeJS.Timeout | undefined;
  const live = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => connection.destroy(), idleMs).unref();
  };
  live();
  socket.on("message", (data: Buffer) => {
    live();
    const frame = read(data, inBase64);
    if (frame === undefined) return;
    if (closesChannels && frame.channel === CLOSE_SIGNAL) inputs.get(frame.data[0] ?? -1)?.end();
    else if (frame.data.length > 0) write(inputs.get(frame.channel), frame.data);
  });
  /** A channel that nobody reads, or that the client has closed before, takes nothing. */
  const write = (input: PassThrough | undefined, data: Buffer): void => {
    if (input?.writable !== true || input.write(data) || full.has(input)) return;
    full.add(input);
    socket.pause();
    const taken = (): void => {
      input.off("drain", taken).off("close", taken);
      full.delete(input);
      if (full.size === 0) socket.resume();
    };
    input.on("drain", taken).on("close", taken);
  };
  socket.on("error", () => connection.destroy());
  socket.on("close", () => {
    clearTimeout(idle);
    for (const input of inputs.values()) input.end();
    resolve();
  });

  const send = (channel: number, data: Uint8Array | string, done?: () => void): void => {
    live();
    if (socket.readyState !== socket.OPEN) return done?.();
    const message = inBase64 ? base64Frame(channel, data) : binaryFrame(channel, data);
    socket.send(message, { binary: !inBase64 }, () => done?.());
  };
  return {
    input(channel) {
      const input = inputs.get(channel) ?? new PassThrough({ highWaterMark: INPUT_BYTES });
      inputs.set(channel, input);
      return input;
    },
    output: (channel) => new Writable({ write: (chunk: Buffer, _encoding, done) => send(channel, chunk, done) }),
    send,
    close() {
      // Nobody needs what still comes, but the client's goodbye is behind it.
      for (const input of inputs.values()) input.resume();
      socket.close(NORMAL);
      // x/net/websocket waits for no answer.
      connection.end();
    },
    closed,
  };
}

/** A message that is no frame is passed over. */
function read(data: Buffer, inBase64: boolean): ChannelFrame | undefined {
  try {
    return inBase64 ? readBase64Frame(data.toString("latin1")) : readBinaryFrame(data);
  } catch {
    return undefined;
  }
}
