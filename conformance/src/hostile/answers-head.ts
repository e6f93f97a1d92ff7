import type { Answer } from "./hostile.ts";
import { escapes } from "./answers-body.ts";
import { drip, flood } from "./listen.ts";

const say = (bytes: string, encoding: BufferEncoding = "latin1"): Answer => {
  return (socket) => void socket.write(bytes, encoding);
};
const status = (line: string): Answer => say(`${line}\r\nContent-Length: 2\r\n\r\nok`);
/** What an HTTP parser lets through in a header. */
const inLine = escapes.replaceAll(/[\0\r\n]/g, "");

/** Status lines and headers that are endless, huge, or none. */
export const heads: Readonly<Record<string, Answer>> = {
  "headers without end": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    flood(socket, "X-Header: value\r\n".repeat(1000));
  },
  "one header without end": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nX-Header: ");
    flood(socket, "x".repeat(16_384));
  },
  "a header of 300 KiB": say(`HTTP/1.1 200 OK\r\nX-Header: ${"x".repeat(300 << 10)}\r\nContent-Length: 2\r\n\r\nok`),
  "twenty thousand headers": say(`HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(20_000)}Content-Length: 2\r\n\r\nok`),
  "a head that drips": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nX-Header: ");
    drip(socket, "x");
  },
  "escape sequences in headers": say(
    `HTTP/1.1 200 OK\r\nContent-Type: ${inLine}\r\nX-Evil: ${inLine}\r\nLocation: ${inLine}\r\nContent-Length: 2\r\n\r\nok`,
    "utf8",
  ),
  "escape sequences in the reason": (socket) => void socket.write(`HTTP/1.1 500 ${inLine}\r\nContent-Length: 2\r\n\r\nok`, "utf8"),
  "a reason of 200 KiB": status(`HTTP/1.1 500 ${"x".repeat(200 << 10)}`),
  "status 000": status("HTTP/1.1 000 x"),
  "status 999": status("HTTP/1.1 999 x"),
  "status 99999": status("HTTP/1.1 99999 x"),
  "status -1": status("HTTP/1.1 -1 x"),
  "no status": status("HTTP/1.1"),
  "HTTP/0.9": (socket) => void socket.end("ok"),
  "HTTP/9.9": status("HTTP/9.9 200 OK"),
  "another protocol": status("ICY 200 OK"),
  "a header without a colon": say("HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 2\r\n\r\nok"),
  "a folded header": say("HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 2\r\n\r\nok"),
  "NUL in a header": say("HTTP/1.1 200 OK\r\nX-A: b\0c\r\nContent-Length: 2\r\n\r\nok"),
  "bare line feeds": say("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
  "100 Continue without end": (socket) => flood(socket, "HTTP/1.1 100 Continue\r\n\r\n".repeat(500)),
  "103 Early Hints without end": (socket) => flood(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(500)),
  "101 that nobody asked for": (socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: evil\r\n\r\n");
    flood(socket, "x".repeat(16_384));
  },
};
