import type { IncomingMessage, ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import { Readable, type Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { frame } from "./framing.ts";
import type { KubeletAnswer, KubeletRequest } from "./message.ts";

/** Node and Go name a few statuses differently. */
const goReasons: Readonly<Record<number, string>> = { 413: "Request Entity Too Large" };

function reasonOf(status: number): string {
  return goReasons[status] ?? STATUS_CODES[status] ?? `status code ${status}`;
}

/** Sends an answer to a request that Node's HTTP/1 parser read. */
export async function sendAnswer(answer: KubeletAnswer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (answer.close) {
    endWithRefusal(request.socket, answer);
    return;
  }
  const closing = !response.shouldKeepAlive;
  const { headers, body } = frame(answer, {
    method: request.method ?? "GET",
    closing,
    httpVersion: request.httpVersion === "1.0" ? "1.0" : "1.1",
  });
  response.sendDate = false;
  // net/http says nothing about a connection that stays open; Node would.
  if (!closing) response.removeHeader("connection");
  response.writeHead(answer.status, reasonOf(answer.status), headers);
  if (!(body instanceof Readable)) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  if (request.method === "HEAD") {
    body.destroy();
    response.end();
    return;
  }
  await pipeline(body, response);
}

/** Writes an answer straight to a connection and ends it: for requests outside Node's parser. */
export function writeAnswer(answer: KubeletAnswer, request: KubeletRequest, socket: Duplex): void {
  if (answer.close) {
    endWithRefusal(socket, answer);
    return;
  }
  const { headers, body } = frame(answer, { method: request.method, closing: true, httpVersion: request.httpVersion });
  const chunked = headers.at(-2) === "Transfer-Encoding";
  const lines: string[] = [];
  for (let index = 0; index < headers.length; index += 2) lines.push(`${headers[index]}: ${headers[index + 1]}\r\n`);
  socket.write(`HTTP/1.1 ${answer.status} ${reasonOf(answer.status)}\r\n${lines.join("")}\r\n`);
  void sendBody(body, chunked, request.method === "HEAD", socket);
}

async function sendBody(body: Buffer | string | Readable, chunked: boolean, isHead: boolean, socket: Duplex): Promise<void> {
  try {
    for await (const chunk of isHead ? [] : body instanceof Readable ? body : [body]) {
      // Bodies are text or bytes; a stream's chunks are not typed.
      const bytes = Buffer.from(chunk as string | Buffer);
      if (bytes.length > 0)
        socket.write(chunked ? Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]) : bytes);
    }
    socket.end(chunked && !isHead ? "0\r\n\r\n" : undefined);
  } catch {
    socket.destroy();
  }
}

/** net/http's answers to what is no request: no Date, no length, and the connection ends. */
export function endWithRefusal(socket: Duplex, { status, headers, body }: KubeletAnswer): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const text = body instanceof Readable ? "" : body.toString();
  socket.end(`HTTP/1.1 ${status} ${reasonOf(status)}\r\n${lines}Connection: close\r\n\r\n${text}`);
}
