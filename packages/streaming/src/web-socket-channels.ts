import { PassThrough, Writable, type Duplex, type Readable } from "node:stream";
import { ByteReader } from "./byte-reader.ts";
import { base64Frame, binaryFrame, readBase64Frame, readBinaryFrame, type ChannelFrame } from "./channel-frame.ts";
import { CHANNELS, CLOSE_SIGNAL, isBase64, WEBSOCKET_V5 } from "./protocols.ts";
import { endBehind, readMessages } from "./x-net-web-socket.ts";
import { closeFrame, frame, OPCODE } from "./web-socket-frame.ts";

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
  const inputs = new Map<number, PassThrough>();
  const idle = setTimeout(() => connection.destroy(), idleMs).unref();
  let isOpen = true;

  /** The end of wsstream's connection, whoever wants it; what the inputs hold can still be read. */
  const finish = (): void => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(idle);
    for (const input of inputs.values()) input.end();
    endBehind(connection, closeFrame(NORMAL));
  };

  /** False: the connection is to end. */
  async function receive(data: Buffer): Promise<boolean> {
    if (data.length === 0) return true;
    if (protocol === WEBSOCKET_V5 && data[0] === CLOSE_SIGNAL) {
      const [, channel = Infinity] = data;
      if (data.length !== 2 || channel > CHANNELS.resize) return false;
      inputs.get(channel)?.end();
      return true;
    }
    const received = read(data, inBase64);
    const input = received && inputs.get(received.channel);
    // A channel that nobody reads, or that the client has closed before, takes nothing.
    if (input?.writable === true && received !== undefined && received.data.length > 0 && !input.write(received.data)) await drained(input);
    return true;
  }

  const send = (channel: number, data: Uint8Array | string, done?: () => void): void => {
    if (!isOpen) return done?.();
    idle.refresh();
    const message = inBase64 ? Buffer.from(base64Frame(channel, data)) : binaryFrame(channel, data);
    connection.write(frame(inBase64 ? OPCODE.text : OPCODE.binary, message), () => done?.());
  };

  if (head.length > 0) connection.unshift(head);
  connection.on("error", () => connection.destroy());
  const closed = new Promise<void>((resolve) => {
    connection.once("close", () => {
      finish();
      resolve();
    });
  });
  void readMessages(connection, new ByteReader(connection), async (data) => {
    if (!isOpen) return false;
    idle.refresh();
    return receive(data);
  }).then(finish);
  return {
    input(channel) {
      const input = inputs.get(channel) ?? new PassThrough({ highWaterMark: INPUT_BYTES });
      inputs.set(channel, input);
      return input;
    },
    output: (channel) => new Writable({ write: (chunk: Buffer, _encoding, done) => send(channel, chunk, done) }),
    send,
    close() {
      // Nobody needs what still comes.
      for (const input of inputs.values()) input.resume();
      finish();
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

async function drained(input: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      input.off("drain", done).off("close", done);
      resolve();
    };
    input.on("drain", done).on("close", done);
  });
}
