import type { Answer } from "./hostile.ts";
import { flood } from "./listen.ts";

const ok = "HTTP/1.1 200 OK\r\n";
const say = (bytes: string): Answer => {
  return (socket) => void socket.write(bytes, "latin1");
};
const over = (bytes: string): Answer => {
  return (socket) => void socket.end(bytes, "latin1");
};
const smuggled = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled";

/** Lengths and chunks that do not hold what they say. */
export const framings: Readonly<Record<string, Answer>> = {
  "a length that is too small, and an answer behind it": say(`${ok}Content-Length: 2\r\n\r\nok${smuggled}`),
  "a length that is too large": over(`${ok}Content-Length: 20\r\n\r\nok`),
  "a negative length": say(`${ok}Content-Length: -1\r\n\r\nok`),
  "a length of words": say(`${ok}Content-Length: two\r\n\r\nok`),
  "a length beyond all bounds": say(`${ok}Content-Length: 99999999999999999999999999\r\n\r\nok`),
  "two lengths": say(`${ok}Content-Length: 2\r\nContent-Length: 10\r\n\r\nok${smuggled}`),
  "a length and chunks": say(`${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`),
  "chunked twice": over(`${ok}Transfer-Encoding: chunked, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`),
  "an unknown transfer encoding": over(`${ok}Transfer-Encoding: rot13\r\n\r\nbx`),
  "a chunk of negative size": say(`${ok}Transfer-Encoding: chunked\r\n\r\n-2\r\nok\r\n0\r\n\r\n`),
  "a chunk of words": say(`${ok}Transfer-Encoding: chunked\r\n\r\nsize\r\nok\r\n0\r\n\r\n`),
  "a chunk beyond all bounds": say(`${ok}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nok\r\n0\r\n\r\n`),
  "a chunk without its end": say(`${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nok0\r\n\r\n`),
  "a chunk's extension without end": (socket) => {
    socket.write(`${ok}Transfer-Encoding: chunked\r\n\r\n2;a=`);
    flood(socket, "x".repeat(16_384));
  },
  "chunks of one byte with long extensions": (socket) => {
    socket.write(`${ok}Transfer-Encoding: chunked\r\n\r\n`);
    flood(socket, `1;${"x".repeat(8_000)}\r\na\r\n`);
  },
  "trailers without end": (socket) => {
    socket.write(`${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n`);
    flood(socket, "X-Trailer: value\r\n".repeat(500));
  },
  "two answers to each request": say(`${ok}Content-Length: 2\r\n\r\nok${smuggled}`),
  "a body behind 204 and 304": (socket, { number }) =>
    void socket.write(`HTTP/1.1 ${number % 2 === 0 ? "204 No Content" : "304 Not Modified"}\r\nContent-Length: 8\r\n\r\n${smuggled}`),
  "answers without end": (socket) => flood(socket, smuggled.repeat(200)),
};
