import { once } from "node:events";
import http2 from "node:http2";
import net from "node:net";
import { Duplex } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import tls from "node:tls";
import { createSelfSigned } from "@kubelet-conformance/control-plane";
import { expect, test } from "vitest";
import { testKubelet, withoutDate } from "../kubelet.test.support.ts";

const close = "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

test("headers go out in net/http's order and case", async () => {
  const kubelet = await testKubelet();
  expect(withoutDate(await kubelet.raw(`GET /healthz ${close}`))).toBe(
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
  );
  expect(withoutDate(await kubelet.raw(`PATCH /pods ${close}`))).toBe(
    "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nContent-Length: 23\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n405: Method Not Allowed",
  );
  expect(await kubelet.raw(`GET /configz ${close}`)).toMatch(/Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n/);
});

test("a connection is kept without a word about it, and HEAD has headers only", async () => {
  const kubelet = await testKubelet();
  const answers = await kubelet.raw(
    `HEAD /pods HTTP/1.1\r\nHost: x\r\n\r\nHEAD /logs HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz/ping ${close}`,
  );
  const [first = "", second = "", third = ""] = answers.split("HTTP/1.1 ").slice(1);
  expect(withoutDate(first)).toBe(
    "405 Method Not Allowed\r\nAllow: GET\r\nContent-Length: 23\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n",
  );
  expect(withoutDate(second)).toBe("307 Temporary Redirect\r\nContent-Type: text/html; charset=utf-8\r\nLocation: /logs/\r\n\r\n");
  expect(third).toMatch(/^200 OK\r\n.*ok$/s);
});

test.each(["FOO", "M-SEARCH", "purge", "PROPFIND", "TRACE", "CONNECT"])("method %s is as wrong as any other", async (method) => {
  const kubelet = await testKubelet();
  const answer = await kubelet.raw(`${method} /checkpoint/a/b/c ${close}`);
  expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\nAllow: POST\r\n.*\r\n\r\n405: Method Not Allowed$/s);
  expect(await kubelet.raw(`${method} /healthz ${close}`)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test.each([
  ["GET /a/%zz HTTP/1.1\r\nHost: x\r\n\r\n", "400 Bad Request", "400 Bad Request"],
  ["GET /healthz HTTP/1.1\r\n\r\n", "400 Bad Request: missing required Host header", "400 Bad Request: missing required Host header"],
  ["NONSENSE\r\n\r\n", "400 Bad Request", "400 Bad Request"],
  [
    `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(1 << 21)}\r\n\r\n`,
    "431 Request Header Fields Too Large",
    "431 Request Header Fields Too Large",
  ],
])("what is no request is refused without Date and length (%#)", async (text, status, body) => {
  const kubelet = await testKubelet();
  const answer = await kubelet.raw(text).catch(() => "");
  // A client that is still sending may see the connection end before it sees the answer.
  if (text.length > 1000 && answer === "") return;
  expect(answer).toBe(`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${body}`);
});

test("an HTTP/1.0 client gets no chunks", async () => {
  const kubelet = await testKubelet();
  const answer = await kubelet.raw("GET /configz HTTP/1.0\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.[01] 200 OK\r\n/);
  expect(answer).not.toContain("Transfer-Encoding");
  expect(answer).toMatch(/\r\n\r\n\{"kubeletconfig":.*\}$/s);
});

test("OPTIONS * is net/http's own, for anybody", async () => {
  const kubelet = await testKubelet();
  const answer = await kubelet.raw(`OPTIONS * ${close}`, { credentials: null });
  expect(withoutDate(answer)).toBe("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
});

test("a certificate of a stranger is an HTTP 401, not a failed handshake", async () => {
  const kubelet = await testKubelet({ configuration: { authentication: { anonymous: { enabled: true } } } });
  const stranger = await createSelfSigned({ commonName: "admin", usage: "client" });
  expect(await kubelet.raw(`GET /pods ${close}`, { credentials: stranger })).toMatch(/^HTTP\/1\.1 (401|200) /);
  const strict = await testKubelet();
  expect(await strict.raw(`GET /pods ${close}`, { credentials: stranger })).toMatch(
    /^HTTP\/1\.1 401 Unauthorized\r\n.*\r\n\r\nUnauthorized$/s,
  );
  expect(await strict.raw(`GET /pods ${close}`, { credentials: null })).toMatch(/^HTTP\/1\.1 401 /);
  const expired = strict.clients.issue({ commonName: "late", usage: "client", notAfter: new Date(Date.now() - 60_000) });
  expect(await strict.raw(`GET /pods ${close}`, { credentials: expired })).toMatch(/^HTTP\/1\.1 401 /);
});

async function overHttp2(version: string): Promise<[number | undefined, string[]]> {
  const kubelet = await testKubelet({ kubernetesVersion: version });
  const { cert, key } = kubelet.clients.issue({ commonName: "admin", usage: "client" });
  const session = http2.connect(kubelet.urls.main, { ca: kubelet.caCertificate, cert, key });
  const failed = once(session, "error").then(([error]) => Promise.reject(error as Error)); // The event's only argument.
  try {
    const stream = session.request({ ":method": "POST", ":path": "/checkpoint/default/absent/c" });
    stream.on("error", () => undefined);
    const response = once(stream, "response") as Promise<[http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader]>;
    const [headers] = await Promise.race([response, failed]);
    stream.resume();
    await once(stream, "end");
    return [headers[":status"], Object.keys(headers).filter((name) => !name.startsWith(":"))];
  } finally {
    session.destroy();
  }
}

test("HTTP/2 is offered up to 1.35, with Go's order of headers, and not at all later", async () => {
  expect(await overHttp2("1.35")).toEqual([404, ["content-type", "content-length", "date"]]);
  await expect(overHttp2("1.36")).rejects.toThrow("Protocol error");
});

test.each([
  ["GET / HTTP/1.1\r\n\r\n", true],
  ["OPTIONS * HTTP/1.1\r\n\r\n", true],
  ["DELETE /x HTTP/1.1\r\n\r\n", false],
  ["GET http://x/ HTTP/1.1\r\n\r\n", false],
  ["EHLO x\r\n", false],
  ["GET", false],
])("%j on the TLS port is told so: %j", async (sent, isTold) => {
  const kubelet = await testKubelet();
  const socket = net.connect(Number(new URL(kubelet.urls.main).port), "127.0.0.1");
  socket.end(sent);
  expect(await readAll(socket)).toBe(isTold ? "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n" : "");
});

test("a client of TLS may send its first record in pieces", async () => {
  const kubelet = await testKubelet();
  const raw = net.connect(Number(new URL(kubelet.urls.main).port), "127.0.0.1");
  const slow = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      for (const byte of chunk.subarray(0, 8)) raw.write(Buffer.of(byte));
      raw.write(chunk.subarray(8), done);
    },
  });
  raw.setNoDelay(true).on("data", (chunk) => slow.push(chunk));
  const socket = tls.connect({ socket: slow, ca: kubelet.caCertificate, servername: "node" });
  await once(socket, "secureConnect");
  expect(socket.authorized).toBe(true);
  socket.destroy();
  raw.destroy();
});
