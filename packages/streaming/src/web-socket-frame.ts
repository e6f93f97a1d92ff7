import type { Writable } from "node:stream";
import type { ByteReader } from "./byte-reader.ts";

/** The opcodes of RFC 6455. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** The longest payload of a control frame. */
export const LONGEST_CONTROL = 125;

/** The head of a frame as a client sent it, not judged. */
export interface FrameHead {
  readonly isFinal: boolean;
  /** The three reserved bits, RSV1 the highest. */
  readonly reserved: number;
  readonly opcode: number;
  /** What the payload is masked with; undefined when it is not, as a client's must be. */
  readonly mask: Buffer | undefined;
  /** Bytes of payload. */
  readonly length: number;
}

/** Reads the head of the next frame; undefined when the connection ends before it does. */
export async function readFrameHead(reader: ByteReader): Promise<FrameHead | undefined> {
  const [first, second] = await reader.take(2);
  if (first === undefined || second === undefined) return undefined;
  const short = second & 0x7f;
  const extraBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const extra = await reader.take(extraBytes);
  const isMasked = (second & 0x80) !== 0;
  const mask = isMasked ? await reader.take(4) : undefined;
  if (extra.length < extraBytes || (mask !== undefined && mask.length < 4)) return undefined;
  const length = extraBytes === 2 ? extra.readUInt16BE() : extraBytes === 8 ? Number(BigInt.asUintN(63, extra.readBigUInt64BE())) : short;
  return { isFinal: first >= 0x80, reserved: (first >> 4) & 7, opcode: first & 15, mask, length };
}

/** Undoes the mask on a part of a payload in place; `at`: how many bytes came before it. */
export function unmask(part: Buffer, mask: Buffer | undefined, at = 0): Buffer {
  if (mask === undefined) return part;
  const [a = 0, b = 0, c = 0, d = 0] = mask;
  const key = [a, b, c, d] as const;
  for (const [index, byte] of part.entries()) part[index] = byte ^ (key[(at + index) & 3] ?? 0);
  return part;
}

/** A whole frame of a server: final and not masked. */
export function frame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length > 0xffff ? 10 : length > LONGEST_CONTROL ? 4 : 2);
  head[0] = 0x80 | opcode;
  head[1] = length > 0xffff ? 127 : length > LONGEST_CONTROL ? 126 : length;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

/** Writes a frame, and waits until the connection has taken it; at once where there is none any more. */
export async function sent(connection: Writable, bytes: Buffer): Promise<void> {
  if (!connection.writable) return;
  await new Promise<void>((resolve) => void connection.write(bytes, () => resolve()));
}

/** The goodbye of a server; a code of 0 stands for none. */
export function closeFrame(code: number, reason = ""): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return frame(OPCODE.close, code === 0 ? Buffer.alloc(0) : Buffer.concat([payload, Buffer.from(reason)]).subarray(0, LONGEST_CONTROL));
}
