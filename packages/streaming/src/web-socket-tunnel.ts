import { isUtf8 } from "node:buffer";
import { Duplex } from "node:stream";
import { ByteReader } from "./byte-reader.ts";
import { closeFrame, frame, LONGEST_CONTROL, OPCODE, readFrameHead, sent, unmask, type FrameHead } from "./web-socket-frame.ts";

const NORMAL = 1000;
const PROTOCOL_ERROR = 1002;

/** The most that is passed on at once; messages have no longest size. */
const PIECE = 1 << 16;

/** How long the goodbye may take (client-go's TunnelingConnection.Close). */
const CLOSE_MS = 1000;

/**
 * The bytes inside the binary messages of a WebSocket, as client-go's TunnelingConnection serves them over gorilla/websocket: a message
 * is passed on while it still comes, and each write is a message. `head` is what arrived with the handshake.
 */
export function serveTunnel(connection: Duplex, head: Uint8Array = Buffer.alloc(0)): Duplex {
  let isGoodbyeSaid = false;
  let resume: (() => void) | undefined;
  const sayGoodbye = (code: number, reason?: string): void => {
    if (isGoodbyeSaid || !connection.writable) return;
    isGoodbyeSaid = true;
    connection.write(closeFrame(code, reason));
  };
  const inside = new Duplex({
    read() {
      resume?.();
    },
    write: (bytes: Buffer, _encoding, done) => {
      if (connection.writable && !isGoodbyeSaid) connection.write(frame(OPCODE.binary, bytes), () => done());
      else done();
    },
    final(done) {
      sayGoodbye(NORMAL);
      const patience = setTimeout(() => connection.destroy(), CLOSE_MS).unref();
      connection.once("close", () => clearTimeout(patience));
      connection.end();
      done();
    },
    destroy(error, done) {
      connection.destroy();
      done(error);
    },
  });
  if (head.length > 0) connection.unshift(head);
  connection.on("error", () => connection.destroy());
  connection.once("close", () => {
    inside.push(null);
    inside.end();
  });
  const reader = new ByteReader(connection);
  void (async () => {
    for await (const piece of pieces(reader, connection, sayGoodbye)) {
      if (inside.destroyed) return;
      if (!inside.push(piece)) await new Promise<void>((resolve) => (resume = resolve));
    }
    inside.push(null);
    while ((await reader.some(PIECE)) !== undefined);
  })();
  return inside;
}

/** The payloads of the data frames, until the client says goodbye, breaks the protocol or sends text. */
async function* pieces(
  reader: ByteReader,
  connection: Duplex,
  sayGoodbye: (code: number, reason?: string) => void,
): AsyncGenerator<Buffer> {
  let isMessageOver = true;
  for (;;) {
    const head = await readFrameHead(reader);
    if (head === undefined) return;
    const problems = problemsOf(head, isMessageOver);
    if (problems.length > 0) return sayGoodbye(PROTOCOL_ERROR, problems.join(", "));
    if (head.opcode >= OPCODE.close) {
      const payload = unmask(await reader.take(head.length), head.mask);
      if (head.opcode === OPCODE.close) return sayGoodbye(...answerToGoodbye(payload));
      if (head.opcode === OPCODE.ping) await sent(connection, frame(OPCODE.pong, payload));
      continue;
    }
    if (head.opcode === OPCODE.text) return;
    isMessageOver = head.isFinal;
    for (let at = 0; at < head.length;) {
      const piece = await reader.some(Math.min(head.length - at, PIECE));
      if (piece === undefined) return;
      yield unmask(piece, head.mask, at);
      at += piece.length;
    }
  }
}

/** What gorilla/websocket finds wrong with a frame (Conn.advanceFrame), in its words and order. */
function problemsOf({ opcode, isFinal, length, mask, reserved }: FrameHead, isMessageOver: boolean): string[] {
  const isControl = opcode === OPCODE.close || opcode === OPCODE.ping || opcode === OPCODE.pong;
  const problems: [boolean, string][] = [
    [(reserved & 4) !== 0, "RSV1 set"],
    [(reserved & 2) !== 0, "RSV2 set"],
    [(reserved & 1) !== 0, "RSV3 set"],
    [isControl && length > LONGEST_CONTROL, "len > 125 for control"],
    [isControl && !isFinal, "FIN not set on control"],
    [(opcode === OPCODE.text || opcode === OPCODE.binary) && !isMessageOver, "data before FIN"],
    [opcode === OPCODE.continuation && isMessageOver, "continuation after FIN"],
    [!isControl && opcode > OPCODE.binary, `bad opcode ${opcode}`],
    [mask === undefined, "bad MASK"],
  ];
  return problems.flatMap(([isWrong, text]) => (isWrong ? text : []));
}

/** The client's code comes back, or what is wrong with it. */
function answerToGoodbye(payload: Buffer): [code: number, reason?: string] {
  if (payload.length < 2) return [0];
  const code = payload.readUInt16BE();
  const isGood = (code >= 1000 && code <= 1013 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);
  if (!isGood) return [PROTOCOL_ERROR, `bad close code ${code}`];
  return isUtf8(payload.subarray(2)) ? [code] : [PROTOCOL_ERROR, "invalid utf8 payload in close frame"];
}
