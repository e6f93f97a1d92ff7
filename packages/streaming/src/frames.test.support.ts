import type { Socket } from "node:net";

/** What a frame says of itself, true or not. */
interface FrameOptions {
  readonly isFinal?: boolean;
  readonly isMasked?: boolean;
  readonly reserved?: number;
  /** The length in its head; default that of the payload. */
  readonly claimed?: number;
}

const MASK = Buffer.of(1, 2, 3, 4);

/** A frame as a client writes it, or ought not to. */
export function clientFrame(opcode: number, payload: Uint8Array | string, options: FrameOptions = {}): Buffer {
  const { isFinal = true, isMasked = true, reserved = 0 } = options;
  const bytes = Buffer.from(payload);
  const length = options.claimed ?? bytes.length;
  const head = Buffer.alloc(length < 126 ? 2 : 10);
  head[0] = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  head[1] = (isMasked ? 0x80 : 0) | (length < 126 ? length : 127);
  if (length >= 126) head.writeBigUInt64BE(BigInt(length), 2);
  if (!isMasked) return Buffer.concat([head, bytes]);
  return Buffer.concat([head, MASK, bytes.map((byte, index) => byte ^ (MASK[index % 4] ?? 0))]);
}

/** All frames of a server, short ones, until it ends the connection: opcode and payload in hex. */
export async function serverFrames(client: Socket): Promise<string[]> {
  const chunks: Buffer[] = [];
  client.on("data", (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve) => void client.once("end", resolve).once("close", () => resolve()));
  const bytes = Buffer.concat(chunks);
  const frames: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const [first = 0, length = 0] = bytes.subarray(at);
    frames.push(`${(first & 15).toString(16)}:${bytes.toString("hex", at + 2, at + 2 + length)}`);
    at += 2 + length;
  }
  return frames;
}
