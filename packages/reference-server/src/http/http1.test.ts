import { once } from "node:events";
import net from "node:net";
import { text as readAll } from "node:stream/consumers";
import { expect, test } from "vitest";
import { testKubelet, withoutDate, type TestKubelet } from "../kubelet.test.support.ts";

const host = "Host: x\r\n";
const close = "Connection: close\r\n";
const end = `GET /healthz/ping HTTP/1.1\r\n${host}${close}\r\n`;
const typed = "Content-Type: text/plain; charset=utf-8\r\n";

/** The status lines of everything that came, as one connection's story. */
async function statuses(kubelet: TestKubelet, sent: string): Promise<string[]> {
  const answers = await kubelet.raw(sent);
  return [...answers.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map((match) => match[1] ?? "");
}

test("what is no request is refused in net/http's words", async () => {
  const kubelet = await testKubelet();
  const refusals: [string, string, string?][] = [
    ["NONSENSE\r\n", "400 Bad Request"],
    ["\r\nGET /healthz HTTP/1.1\r\n\r\n", "400 Bad Request"],
    ["GET  /healthz HTTP/1.1\r\n\r\n", "400 Bad Request"],
    ["GET /healthz\r\n\r\n", "400 Bad Request"],
    ["G(T /healthz HTTP/1.1\r\n\r\n", "400 Bad Request"],
    [`GET /healthz HTTP/0.9\r\n${host}\r\n`, "505 HTTP Version Not Supported: unsupported protocol version"],
    [`GET /healthz HTTP/2.0\r\n${host}\r\n`, "505 HTTP Version Not Supported: unsupported protocol version"],
    ["GET /healthz HTTP/1.1\r\n\r\n", "400 Bad Request: missing required Host header"],
    [`GET /healthz HTTP/1.1\r\n${host}${host}\r\n`, "400 Bad Request"],
    ["GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", "400 Bad Request: malformed Host header"],
    [`GET /healthz HTTP/1.1\r\n${host}X : y\r\n\r\n`, "400 Bad Request: invalid header name"],
    [`GET /healthz HTTP/1.1\r\n${host}X(: y\r\n\r\n`, "400 Bad Request"],
    [`GET /healthz HTTP/1.1\r\n${host}X: \x01\r\n\r\n`, "400 Bad Request"],
    [`GET /healthz HTTP/1.1\r\n X: y\r\n${host}\r\n`, "400 Bad Request"],
    [`POST /healthz HTTP/1.1\r\n${host}Content-Length: +3\r\n\r\n`, "400 Bad Request"],
    [`POST /healthz HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 4\r\n\r\n`, "400 Bad Request"],
    [`BREW /healthz HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\n`, "501 Not Implemented", "Unsupported transfer encoding"],
    [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: gzip, chunked\r\n\r\n`, "501 Not Implemented", "Unsupported transfer encoding"],
  ];
  for (const [sent, status, body = status] of refusals) {
    expect.soft(await kubelet.raw(sent), sent).toBe(`HTTP/1.1 ${status}\r\n${typed}Connection: close\r\n\r\n${body}`);
  }
});

test("what net/http is lenient about is served", async () => {
  const kubelet = await testKubelet();
  for (const sent of [
    `GET /healthz HTTP/1.1\nHost: x\n${close}\n`,
    `GET /healthz HTTP/1.2\r\n${host}${close}\r\n`,
    `GET /healthz HTTP/1.1\r\n${host}X: a\r\n b\r\n${close}\r\n`,
    `PRI /healthz HTTP/1.1\r\n${host}${close}\r\n`,
    `POST /healthz HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 3\r\n${close}\r\nabc`,
    `GET /healthz HTTP/1.1\r\n${host}X: ${"a".repeat(1_052_500)}\r\n${close}\r\n`,
    `BREW /healthz HTTP/1.1\r\n${host}X: ${"a".repeat(500_000)}\r\n${close}\r\n`,
    `GET http:/healthz HTTP/1.1\r\n${host}${close}\r\n`,
    `GET http://x<y/healthz HTTP/1.1\r\n${host}${close}\r\n`,
  ]) {
    expect.soft(await kubelet.raw(sent), sent.slice(0, 80)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  }
});

test("a target without a path is sent to /, and a CONNECT names a host", async () => {
  const kubelet = await testKubelet();
  expect(await kubelet.raw(`GET mailto:a?b HTTP/1.1\r\n${host}${close}\r\n`)).toContain("\r\nLocation: /?b\r\n");
  expect(await kubelet.raw(`GET http://x HTTP/1.1\r\n${host}${close}\r\n`)).toContain("\r\nLocation: /\r\n");
  expect(await kubelet.raw(`CONNECT http://x/healthz HTTP/1.1\r\n${host}${close}\r\n`)).toMatch(/^HTTP\/1\.1 404 /);
  expect(await kubelet.raw(`CONNECT x/healthz HTTP/1.1\r\n${host}${close}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  // Bytes that are not allowed in a path are escaped twice on the way.
  expect(await kubelet.raw(`GET //\xe9|b HTTP/1.1\r\n${host}${close}\r\n`)).toContain("\r\nLocation: /%25E9%257Cb\r\n");
});

test("bytes that are no UTF-8 come back as they were sent", async () => {
  const kubelet = await testKubelet();
  for (const name of ["%e9", "\xe9"]) {
    const answer = await kubelet.raw(`POST /checkpoint/default/counter-node/${name} HTTP/1.1\r\n${host}${close}\r\n`);
    expect(answer).toMatch(/Content-Length: 26\r\n.*\r\n\r\ncontainer \xe9 does not exist$/s);
  }
});

test("HTTP/1.0 is answered as such, and its connection kept when asked for", async () => {
  const kubelet = await testKubelet();
  expect(withoutDate(await kubelet.raw("GET /healthz/ping HTTP/1.0\r\n\r\n"))).toBe(
    `HTTP/1.0 200 OK\r\nContent-Length: 2\r\n${typed}\r\nok`,
  );
  const kept = await kubelet.raw("GET /healthz/ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /configz HTTP/1.0\r\n\r\n");
  expect(kept).toMatch(
    /^HTTP\/1\.0 200 OK\r\n.*\r\nConnection: keep-alive\r\n\r\nokHTTP\/1\.0 200 OK\r\n(?!.*(?:close|chunked)\r\n).*\}$/s,
  );
});

test("* is answered before the mux", async () => {
  const kubelet = await testKubelet();
  expect(await kubelet.raw(`OPTIONS * HTTP/1.1\r\n${host}${close}\r\n`)).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Length: 0\r\nDate: /);
  expect(await kubelet.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\nDate: /);
});

test("requests on one connection are answered in turn, whatever their method, until one ends it", async () => {
  const kubelet = await testKubelet();
  const request = (line: string, rest = "\r\n") => `${line} HTTP/1.1\r\n${host}${rest}`;
  const stories: [string, string[]][] = [
    [request("BREW /healthz") + request("CONNECT /nothing") + request("HEAD /pods") + end, ["200", "404", "405", "200"]],
    [request("GET /healthz") + "NONSENSE\r\n\r\n", ["200", "400"]],
    [request("GET /healthz", "Upgrade: foo\r\nConnection: Upgrade\r\n\r\n") + end, ["200", "200"]],
    [request("GET /healthz", "Connection: foo, CLOSE\r\n\r\n") + end, ["200"]],
    [request("POST /nothing", "Content-Length: 5\r\n\r\nhello") + "\r\n" + end, ["404", "200"]],
    [request("GET /nothing") + "\r\n" + end, ["404", "400"]],
    [request("POST /nothing", `Content-Length: 200000\r\n\r\n${"h".repeat(200_000)}`) + end, ["404", "200"]],
    [request("POST /nothing", `Content-Length: 300000\r\n\r\n${"h".repeat(300_000)}`) + end, ["404"]],
    [request("POST /nothing", "Transfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nX: y\r\n\r\n") + end, ["404", "200"]],
    [request("POST /nothing", "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n") + end, ["404"]],
  ];
  for (const [sent, expected] of stories) expect.soft(await statuses(kubelet, sent), sent.slice(0, 120)).toEqual(expected);
});

test("100 Continue is sent when the body is read, and only then", async () => {
  const kubelet = await testKubelet();
  const post = (path: string) => `POST ${path} HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\n`;
  expect(await statuses(kubelet, `${post("/stats/summary")}Expect: 100-continue\r\nContent-Length: 3\r\n${close}\r\na;b`)).toEqual([
    "100",
    "500",
  ]);
  expect(await statuses(kubelet, `${post("/nothing")}Expect: 100-continue\r\nContent-Length: 3\r\n\r\na;b`)).toEqual(["404"]);
  expect(await kubelet.raw(`${post("/nothing")}Expect: else\r\nContent-Length: 0\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 417 Expectation Failed\r\nConnection: close\r\nDate: .*\r\nContent-Length: 0\r\n\r\n$/,
  );
});

test("a request in pieces is one request, and a client may end its side with it", async () => {
  const kubelet = await testKubelet({ configuration: { readOnlyPort: 10255 }, ports: { main: 0, readOnly: 0, healthz: 0 } });
  const connect = async () => {
    const socket = net.connect(Number(new URL(kubelet.urls.readOnly ?? "").port), "127.0.0.1");
    socket.setNoDelay(true);
    await once(socket, "connect");
    return socket;
  };
  const slow = await connect();
  for (const byte of `BREW /healthz/ping HTTP/1.1\r\n${host}${close}\r\n`) {
    await new Promise((written) => slow.write(byte, written));
  }
  expect(await readAll(slow)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*ok$/s);
  const ended = await connect();
  ended.end(`GET /healthz/ping HTTP/1.1\r\n${host}\r\n`);
  expect(await readAll(ended)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*ok$/s);
  const broken = await connect();
  broken.end(`GET /healthz/ping HTTP/1.1\r\n${host.slice(0, 4)}`);
  expect(await readAll(broken)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
});

test("requests made to be slow to read are not", async () => {
  const kubelet = await testKubelet();
  for (const sent of [
    `GET /healthz HTTP/1.1\r\n${host}X: y\r\n${" z\r\n".repeat(200_000)}${close}\r\n`,
    `GET /healthz HTTP/1.1\r\n${host}X: ${"a\t ".repeat(200_000)}b\r\n${close}\r\n`,
    `GET http://${":".repeat(500_000)}/ HTTP/1.1\r\n${host}${close}\r\n`,
  ]) {
    expect(await kubelet.raw(sent)).toMatch(/^HTTP\/1\.1 (?:200|404) /);
  }
});

test("a client that asks and never reads is made to wait", async () => {
  const kubelet = await testKubelet({ configuration: { readOnlyPort: 10255 }, ports: { main: 0, readOnly: 0, healthz: 0 } });
  const socket = net.connect(Number(new URL(kubelet.urls.readOnly ?? "").port), "127.0.0.1");
  socket.on("error", () => undefined);
  const many = `GET /pods HTTP/1.1\r\n${host}\r\n`.repeat(5000);
  // Both sides' buffers fill up, whatever their size, and then nothing more is taken.
  for (let round = 0; round < 200 && socket.writableLength < 4 << 20; round++) {
    socket.write(many);
    await kubelet.get("/healthz").expect(200);
  }
  expect(socket.writableLength).toBeGreaterThanOrEqual(4 << 20);
  socket.destroy();
});

test("what is wrong with a chunked body is said in net/http's words, and ends the connection", async () => {
  const kubelet = await testKubelet();
  const put = (body: string, headers = "") =>
    kubelet.raw(`PUT /debug/flags/v HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n${headers}\r\n${body}${end}`);
  const problems: [string, string][] = [
    ["1\n2\r\n0\r\n\r\n", "chunked line ends with bare LF"],
    ["1\rx\r\n2\r\n0\r\n\r\n", "invalid CR in chunked line"],
    [`${`1;${"x".repeat(200)}\r\n2\r\n`.repeat(100)}0\r\n\r\n`, "chunked encoding contains too much non-data"],
    ["1\r\n2\r\n0\r\nbad\r\n\r\n", 'malformed MIME header: missing colon: "bad"'],
    [`1\r\n2\r\n0\r\nX: ${"y".repeat(5000)}\r\n\r\n`, "http: suspiciously long trailer after chunked body"],
  ];
  for (const [body, problem] of problems) {
    const answer = await put(body);
    expect.soft(answer.match(/HTTP\/1\.1 /g), body.slice(0, 40)).toHaveLength(1);
    expect.soft(answer, body.slice(0, 40)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?:.*\r\n)*Connection: close\r\n\r\n/);
    expect.soft(answer.endsWith(`\r\n\r\nerror reading request body: ${problem}\n`), body.slice(0, 40)).toBe(true);
  }
  expect(await put("1\r\n2\r\n0\r\nX: y\r\n\r\n", "Trailer: X\r\n")).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(await put("0\r\n\r\n", "Trailer: X, content-length\r\n")).toBe(
    `HTTP/1.1 400 Bad Request\r\n${typed}Connection: close\r\n\r\n400 Bad Request`,
  );
});

test("a redirect escapes what its query has beyond ASCII, in the header only", async () => {
  const kubelet = await testKubelet();
  const answer = await kubelet.raw(`GET /logs?\xc3\xa9 HTTP/1.1\r\n${host}${close}\r\n`);
  expect(answer).toContain("Location: /logs/?%c3%a9\r\n");
  expect(answer).toContain('<a href="/logs/?');
  expect(answer).toContain("Content-Length: 45\r\n");
});
