import http from "node:http";
import net from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createTransport, type Transport } from "./transport.ts";
import { headerOf, type WireClient, WireError, type WireRequest } from "./wire.ts";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const nobody: WireClient = { name: "none" };
const get = (target: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: "GET",
  target,
  listener: "main",
  client: nobody,
  ...more,
});

/** A server that answers every connection with whatever `answer` writes, however wrong. */
async function rawServer(answer: (socket: net.Socket, request: Buffer) => void): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      requests.push(data.toString("latin1"));
      answer(socket, data);
    });
  });
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return { url: `http://127.0.0.1:${address.port}`, requests };
}

function transport(server: string, more: Partial<Parameters<typeof createTransport>[0]> = {}): Transport {
  const made = createTransport({ server, timeoutMs: 5_000, ...more });
  cleanups.push(() => made.close());
  return made;
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof WireError ? error.code : `not a WireError: ${String(error)}`;
}

describe("what goes out", () => {
  const ok = (socket: net.Socket): void => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

  test.each(["/checkpoint//x/../y?timeout=%zz", "//pods", "/a/%2e%2e/b", "*", "/x;y=1|{}"])(
    "the target %s byte for byte",
    async (target) => {
      const { url, requests } = await rawServer(ok);
      await transport(url).send(get(target));
      expect(requests[0]).toContain(`GET ${target} HTTP/1.1\r\n`);
    },
  );

  test("a method that nobody knows", async () => {
    const { url, requests } = await rawServer(ok);
    await transport(url).send(get("/pods", { method: "FOO" }));
    expect(requests[0]).toMatch(/^FOO \/pods HTTP\/1\.1\r\n/);
  });

  test.each([
    [{ method: "POST" }, /content-length: 0\r\n/i, /transfer-encoding/i],
    [{ method: "POST", contentLength: "none" as const }, /^POST/, /content-length|transfer-encoding/i],
    [{ method: "POST", contentLength: "chunked" as const, body: "x" }, /transfer-encoding: chunked\r\n/i, /content-length/i],
    [{ method: "POST", body: "abc" }, /content-length: 3\r\n/i, /transfer-encoding/i],
    [{ method: "GET" }, /^GET/, /content-length|transfer-encoding/i],
  ])("the framing of %o", async (more, present, absent) => {
    const { url, requests } = await rawServer(ok);
    await transport(url).send(get("/", more));
    expect(requests[0]).toMatch(present);
    expect(requests[0]).not.toMatch(absent);
  });

  test("never a credential over plain HTTP", async () => {
    const { url, requests } = await rawServer(ok);
    const client = { name: "admin", authorization: "Bearer secret" };
    await transport(url).send(get("/pods", { client, headers: { authorization: "Bearer secret" } }));
    expect(requests[0]).not.toMatch(/secret/);
  });

  test("a request to a listener that is not known", async () => {
    const { url } = await rawServer(ok);
    expect(await codeOf(transport(url).send(get("/", { listener: "healthz" })))).toBe("no-listener");
  });
});

describe("what comes back", () => {
  test("headers in wire order and case, redirects as they are", async () => {
    const { url } = await rawServer((socket) => {
      socket.write("HTTP/1.1 307 Temporary Redirect\r\nX-b: 1\r\nA-Y: 2\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    });
    const response = await transport(url).send(get("/"));
    expect(response).toMatchObject({ status: 307, reason: "Temporary Redirect" });
    expect(response.headers.map(([name]) => name)).toEqual(["X-b", "A-Y", "Location", "Content-Length"]);
    expect(headerOf(response, "LOCATION")).toBe("http://127.0.0.1:1/");
  });

  test("a refused CONNECT with its body", async () => {
    const { url } = await rawServer((socket) => {
      socket.write("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nContent-Length: 23\r\n\r\n405: Method");
      socket.write(" Not Allowed");
    });
    const response = await transport(url).send(get("/pods", { method: "CONNECT" }));
    expect(response.status).toBe(405);
    expect(response.body.toString()).toBe("405: Method Not Allowed");
  });

  test("an upgrade", async () => {
    const { url } = await rawServer((socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    });
    const response = await transport(url).send(get("/exec", { headers: { Connection: "Upgrade", Upgrade: "websocket" } }));
    expect(response.status).toBe(101);
  });

  test("a second answer on a new connection when the kept one has died", async () => {
    let connections = 0;
    const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      if (request.socket.listenerCount("test") === 0) connections++;
      request.socket.on("test", () => {});
      if (request.url === "/die" && connections === 1) request.socket.destroy();
      else response.end("ok");
    });
    cleanups.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no address");
    const { send } = transport(`http://127.0.0.1:${address.port}`);
    await send(get("/"));
    expect((await send(get("/die"))).status).toBe(200);
    expect(connections).toBe(2);
  });
});

describe("hostile servers cost one error each", () => {
  const hostile: [string, string, (socket: net.Socket) => void][] = [
    ["garbage", "malformed", (socket) => void socket.end("\u0000\u0001SSH-2.0-OpenSSH\r\n")],
    ["a reset before the answer", "reset", (socket) => socket.resetAndDestroy()],
    ["a close before the answer", "reset", (socket) => socket.destroy()],
    ["a body that breaks off", "closed", (socket) => void socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")],
    [
      "two lengths that differ",
      "malformed",
      (socket) => void socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    ],
    ["a broken chunk size", "malformed", (socket) => void socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab")],
    ["huge headers", "too-large", (socket) => void socket.end(`HTTP/1.1 200 OK\r\nX-Big: ${"a".repeat(400_000)}\r\n\r\n`)],
    [
      "an endless body",
      "too-large",
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        const chunk = Buffer.alloc(1024 * 1024);
        const more = (): void => {
          while (!socket.destroyed && socket.write(chunk));
        };
        socket.on("drain", more);
        more();
      },
    ],
    ["silence", "timeout", () => {}],
    [
      "a body drop by drop",
      "timeout",
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        const drip = setInterval(() => socket.write("."), 20);
        socket.on("close", () => clearInterval(drip));
      },
    ],
  ];
  test.each(hostile)("%s is %s", async (_name, code, answer) => {
    const { url } = await rawServer(answer);
    const { send } = transport(url, { timeoutMs: code === "timeout" ? 300 : 5_000 });
    expect(await codeOf(send(get("/")))).toBe(code);
  });

  test("a port where nobody listens", async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    if (address === null || typeof address === "string") throw new Error("no address");
    expect(await codeOf(transport(`http://127.0.0.1:${address.port}`).send(get("/")))).toBe("refused");
  });

  test("plain HTTP behind an https URL", async () => {
    const { url } = await rawServer((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect(await codeOf(transport(url.replace("http:", "https:")).send(get("/")))).toBe("plain-http");
  });

  test("a request that is given up", async () => {
    const { url } = await rawServer(() => {});
    const controller = new AbortController();
    const attempt = transport(url).send(get("/", { signal: controller.signal }));
    controller.abort();
    expect(await codeOf(attempt)).toBe("aborted");
  });
});
