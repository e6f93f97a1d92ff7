import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { encodeText } from "./bytes.ts";
import { frame, type FramingOptions } from "./framing.ts";
import type { KubeletAnswer } from "./message.ts";

/** Node and Go name a few statuses differently. */
const goReasons: Readonly<Record<number, string>> = { 413: "Request Entity Too Large", 416: "Requested Range Not Satisfiable" };

export function reasonOf(status: number): string {
  return goReasons[status] ?? STATUS_CODES[status] ?? `status code ${status}`;
}

/** Writes an answer. True when the connection must end with it. */
export async function writeAnswer(answer: KubeletAnswer, { socket, ...options }: FramingOptions & { socket: Socket }): Promise<boolean> {
  const { headers, body, isLast, isChunked } = frame(answer, options);
  let head = `HTTP/${options.httpVersion} ${answer.status} ${reasonOf(answer.status)}\r\n`;
  for (let index = 0; index < headers.length; index += 2) head += `${headers[index]}: ${headers[index + 1]}\r\n`;
  head += "\r\n";
  const isHead = options.method === "HEAD";
  if (body instanceof Readable) {
    socket.write(encodeText(head));
    if (isHead) body.destroy();
    else await writeStream(body, isChunked, socket);
    return isLast;
  }
  const bytes = isHead || body.length === 0 ? Buffer.alloc(0) : isChunked ? Buffer.concat([chunk(body), lastChunk]) : body;
  await write(socket, Buffer.concat([encodeText(head), bytes]));
  return isLast;
}

async function writeStream(body: Readable, isChunked: boolean, socket: Socket): Promise<void> {
  for await (const piece of body) {
    // Bodies are text or bytes; a stream's pieces are not typed.
    const bytes = typeof piece === "string" ? encodeText(piece) : (piece as Buffer);
    if (bytes.length > 0) await write(socket, isChunked ? chunk(bytes) : bytes);
    // The client has gone; leaving the loop ends the stream, too.
    if (socket.destroyed) return;
  }
  if (isChunked) socket.write(lastChunk);
}

const lastChunk = Buffer.from("0\r\n\r\n");

function chunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}

/** Waits while a slow client has not taken what was written before. */
async function write(socket: Socket, bytes: Buffer): Promise<void> {
  if (socket.write(bytes) || socket.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      socket.off("drain", go).off("close", go);
      resolve();
    };
    socket.on("drain", go).on("close", go);
  });
}

/** net/http's answers to what is no request: no Date, no length. */
export function writeRefusal(socket: Socket, { status, headers, body, detail }: KubeletAnswer): void {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const text = body instanceof Readable ? "" : body.toString();
  const reason = reasonOf(status) + (detail === undefined ? "" : `: ${detail}`);
  socket.write(`HTTP/1.1 ${status} ${reason}\r\n${lines}Connection: close\r\n\r\n${text}`);
}

/** An answer as it stands: no Date, no framing. */
export function writeBare(socket: Socket, { status, headers, body }: KubeletAnswer): void {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.write(`HTTP/1.1 ${status} ${reasonOf(status)}\r\n${lines}\r\n`);
  if (!(body instanceof Readable) && body.length > 0) socket.write(body);
}
