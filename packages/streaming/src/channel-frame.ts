/** One WebSocket message of a channel protocol. */
export interface ChannelFrame {
  /** 0 to 255 in binary messages, 0 to 9 in base64 ones. */
  readonly channel: number;
  readonly data: Buffer;
}

/** A message that is not a channel frame. */
export class ChannelFrameError extends Error {
  readonly code = "bad-channel-frame";

  constructor(message: string) {
    super(message);
    this.name = "ChannelFrameError";
  }
}

/** A binary message: the channel as one byte, then the data. */
export function binaryFrame(channel: number, data: Uint8Array | string = ""): Buffer {
  return Buffer.concat([Buffer.of(channel), typeof data === "string" ? Buffer.from(data) : data]);
}

/** A text message: the channel as one ASCII digit, then the data in base64. */
export function base64Frame(channel: number, data: Uint8Array | string = ""): string {
  return `${channel}${Buffer.from(typeof data === "string" ? Buffer.from(data) : data).toString("base64")}`;
}

/** Reads a binary message. @throws ChannelFrameError when it is empty. */
export function readBinaryFrame(message: Uint8Array): ChannelFrame {
  const channel = message[0];
  if (channel === undefined) throw new ChannelFrameError("an empty message has no channel byte");
  return { channel, data: Buffer.from(message.subarray(1)) };
}

/** Reads a base64 text message. @throws ChannelFrameError when its channel is no digit or its data no base64. */
export function readBase64Frame(message: string): ChannelFrame {
  const [digit = ""] = message;
  if (!/^\d$/.test(digit)) throw new ChannelFrameError("a base64 message begins with the channel as one digit");
  const text = message.slice(1).trim();
  const data = Buffer.from(text, "base64");
  if (data.toString("base64") !== text) throw new ChannelFrameError(`the data of channel ${digit} is not base64`);
  return { channel: Number(digit), data };
}
