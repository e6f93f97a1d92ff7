import type { Duplex } from "node:stream";
import type { ByteReader } from "./byte-reader.ts";
import { closeFrame, frame, LONGEST_CONTROL, OPCODE, readFrameHead, sent, unmask } from "./web-socket-frame.ts";

/** DefaultMaxPayloadBytes of golang.org/x/net/websocket. */
export const LONGEST_MESSAGE = 32 << 20;

const PROTOCOL_ERROR = 1002;

/** How long a client that does not close its side may keep a connection that this side has closed. */
const LINGER_MS = 1000;

/** How much is thrown away at once. */
const PIECE = 1 << 16;

/**
 * Reads messages as golang.org/x/net/websocket does under Kubernetes' wsstream: every frame is a message, a fragment too; reserved bits
 * and unknown opcodes are passed over. Resolves when there is nothing more to read for them: the client said goodbye or went away, sent
 * a frame without a mask or one that is too long, or `onMessage` said no. The connection is then read on, unheard, to its end.
 */
export async function readMessages(connection: Duplex, reader: ByteReader, onMessage: (data: Buffer) => Promise<boolean>): Promise<void> {
  for (;;) {
    const head = await readFrameHead(reader);
    if (head === undefined || head.opcode === OPCODE.close) break;
    if (head.mask === undefined) {
      connection.write(closeFrame(PROTOCOL_ERROR));
      break;
    }
    if (head.opcode === OPCODE.ping || head.opcode === OPCODE.pong) {
      const payload = unmask(await reader.take(Math.min(head.length, LONGEST_CONTROL)), head.mask);
      await skip(reader, head.length - payload.length);
      if (head.opcode === OPCODE.ping) await sent(connection, frame(OPCODE.pong, payload));
      continue;
    }
    if (head.length > LONGEST_MESSAGE) break;
    if (!(await onMessage(unmask(await reader.take(head.length), head.mask)))) break;
  }
  void skip(reader, Infinity);
}

/** Writes the last bytes and ends the connection, at once when the client does, else soon. */
export function endBehind(connection: Duplex, bytes: Buffer): void {
  if (connection.destroyed || !connection.writable) return;
  connection.once("finish", () => {
    const linger = setTimeout(() => connection.destroy(), LINGER_MS).unref();
    connection.once("end", () => connection.destroy()).once("close", () => clearTimeout(linger));
    if (connection.readableEnded) connection.destroy();
  });
  connection.end(bytes);
}

async function skip(reader: ByteReader, length: number): Promise<void> {
  for (let left = length; left > 0;) {
    const piece = await reader.some(Math.min(left, PIECE));
    if (piece === undefined) return;
    left -= piece.length;
  }
}
