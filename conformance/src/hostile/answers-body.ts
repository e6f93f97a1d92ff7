import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Answer } from "./hostile.ts";
import { drip, flood, send } from "./listen.ts";

const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const zeros = Buffer.alloc(32 << 20);
const bomb = gzipSync(zeros);
const text = (body: string | Buffer): Answer => {
  return (socket) => send(socket, body, head);
};
const packed = (body: Buffer, coding: string): Answer => {
  return (socket) => send(socket, body, `${head}Content-Encoding: ${coding}\r\n`);
};
const pod = '{"metadata":{"name":"web","namespace":"default"},"status":{"phase":"Running"}},';
const list = (items: string): string => `{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[${items}]}`;

/** What terminals act upon: title, clipboard, cursor, link, 8-bit forms, and what turns text around. */
export const escapes =
  "\u001b]0;owned\u0007\u001b]52;c;b3duZWQ=\u0007\u001b[2J\u001b[1;1H\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\\u009b31m\u202e\u2066\u061c\u2028\u0000\u0008\u007f";

/** Bodies that are endless, huge, cut, compressed, or no text. */
export const bodies: Readonly<Record<string, Answer>> = {
  "a body without end": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    flood(socket, zeros.subarray(0, 65_536));
  },
  "chunks without end": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    flood(socket, `4000\r\n${"x".repeat(0x4000)}\r\n`);
  },
  "a body of a terabyte": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n");
    flood(socket, zeros.subarray(0, 65_536));
  },
  "a body of eight mebibytes without a line end": text("x".repeat(8 << 20)),
  "a body of eight mebibytes of line ends": text("\n".repeat(8 << 20)),
  "a body that drips": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    drip(socket, "x");
  },
  "half of a body": (socket) => void socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"),
  "half of a chunk": (socket) => void socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf"),
  "a gzip bomb that nobody asked for": packed(bomb, "gzip"),
  "a gzip bomb within a gzip bomb": packed(gzipSync(bomb), "gzip, gzip"),
  "a brotli bomb": packed(brotliCompressSync(zeros), "br"),
  "a body that claims to be compressed": packed(Buffer.from("plain text"), "gzip"),
  "bytes that are no UTF-8": text(Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf8, 0x88])),
  "a byte order mark before a pod list": text(`\ufeff${list("")}`),
  "UTF-16": text(Buffer.from(list(""), "utf16le")),
  "a body of NUL": text(Buffer.alloc(1000)),
  "a body of escape sequences": text(escapes.repeat(20)),
  "backslashes in nested strings": text(`{"a":"{\\"name\\":\\"A\\",\\"value\\":\\"${"\\".repeat(4000)}`),
  "strings without an end": text('"name":"'.repeat(4000)),
  "blanks without a value": text(`"name" ${" ".repeat(30_000)}${'"value" :'.repeat(100)}`),
  "a million open brackets": text("[".repeat(1_000_000)),
  "a pod list a million levels deep": text(list(`${'{"a":['.repeat(500_000)}${"]}".repeat(500_000)}`)),
  "a pod list of a hundred thousand pods": text(list(`${pod.repeat(99_000)}{}`)),
  "a pod list of the wrong types": text('{"kind":"PodList","items":[null,1,"x",[],{"metadata":[],"status":{"containerStatuses":{}}}]}'),
  "members named as those of objects": text('{"__proto__":{"kind":"PodList"},"constructor":1,"toString":2,"hasOwnProperty":3}'),
  "numbers beyond all bounds": text(`{"a":1e999999,"b":${"9".repeat(100_000)},"c":-0}`),
  "null for an object": text("null"),
};
