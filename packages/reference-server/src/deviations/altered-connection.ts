import { Duplex } from "node:stream";
import type { KubeletAnswer } from "../http/message.ts";
import { matchesRequest, type ExchangeMatch } from "./alter.ts";
import type { Deviation } from "./deviation.ts";

/** What becomes of a piece of bytes on its way to the client; a piece is what was written at once, so small frames come whole. */
export type BytesChange = (bytes: Buffer) => Buffer;

/** The `http` part of a deviation that changes what the client gets over the upgraded connections of the exchanges that match. */
export function alteringBytes(match: ExchangeMatch, makeChange: () => BytesChange): NonNullable<Deviation["http"]> {
  return async (request, next) => {
    const answer = await next(request);
    return answer.status === 101 && matchesRequest(match, request) ? altered(answer, makeChange()) : answer;
  };
}

/** The `http` part of a deviation that loses some of the pieces that the client sends over the upgraded connections that match. */
export function losing(match: ExchangeMatch, isLost: (bytes: Buffer) => boolean): NonNullable<Deviation["http"]> {
  return async (request, next) => {
    const answer = await next(request);
    if (answer.status !== 101 || !matchesRequest(match, request)) return answer;
    return altered(
      answer,
      (bytes) => bytes,
      (bytes) => (isLost(bytes) ? Buffer.alloc(0) : bytes),
    );
  };
}

/** The same where it takes no more than another text of the same length, wherever the first occurs. */
export function replacing(match: ExchangeMatch, text: string, other: string): NonNullable<Deviation["http"]> {
  return alteringBytes(match, () => replaceAll(text, other));
}

export function replaceAll(text: string, other: string): BytesChange {
  if (text.length !== other.length) throw new Error(`"${other}" is not as long as "${text}"; frames tell their length`);
  return (bytes) => Buffer.from(bytes.toString("latin1").replaceAll(text, other), "latin1");
}

function altered(answer: KubeletAnswer, change: BytesChange, changeInput: BytesChange = (bytes) => bytes): KubeletAnswer {
  if (answer.takeOver === undefined) return answer;
  return { ...answer, takeOver: async (connection) => answer.takeOver?.(alteredConnection(connection, change, changeInput)) };
}

function alteredConnection(connection: Duplex, change: BytesChange, changeInput: BytesChange): Duplex {
  const outer = new Duplex({
    allowHalfOpen: true,
    read: () => void connection.resume(),
    write: (bytes: Buffer, _encoding, done) => void connection.write(change(bytes), () => done()),
    final(done) {
      connection.end();
      done();
    },
    destroy(error, done) {
      connection.destroy();
      done(error);
    },
  });
  connection.on("data", (bytes: Buffer) => {
    if (!outer.push(changeInput(bytes))) connection.pause();
  });
  connection.once("end", () => outer.push(null));
  connection.once("close", () => outer.destroy());
  return outer;
}
