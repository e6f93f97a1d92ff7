import { once } from "node:events";
import { createServer, get, type IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { forward } from "./relay.ts";

const megabyte = "x".repeat(1_000_000);

/** A server of one's own, and its port. */
async function serve(server: ReturnType<typeof createServer>): Promise<number> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port; // A TCP server's address is of this kind.
}

test("what a server sent before it hung up reaches a client that reads late; credentials do not reach the server", async () => {
  let seen: IncomingMessage | undefined;
  const behind = createServer().on("upgrade", (request: IncomingMessage, socket: Socket) => {
    seen = request;
    socket.end(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n${megabyte}`);
  });
  const url = `http://127.0.0.1:${await serve(behind)}`;
  const before = createServer().on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    const relay = { name: "test", upstream: async () => ({ url }) };
    void forward(relay, request, response, { connection: { socket, head }, signal: new AbortController().signal });
  });
  const client = connect(await serve(before), "127.0.0.1");
  client.pause();
  const gone = once(behind, "connection").then(([socket]) => once(socket as Socket, "close")); // node's event
  client.write(
    "GET /exec HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: test\r\nAuthorization: Bearer secret\r\nCookie: a=b\r\n\r\n",
  );
  await gone;
  const text = Buffer.concat(await client.toArray()).toString();
  expect(text.slice(text.indexOf("\r\n\r\n") + 4)).toHaveLength(megabyte.length);
  expect(seen?.headers).toMatchObject({ upgrade: "test", host: url.slice("http://".length) });
  expect(Object.keys(seen?.headers ?? {})).not.toEqual(expect.arrayContaining(["authorization"]));
  expect(seen?.headers.cookie).toBeUndefined();
  behind.close();
  before.close();
});

test("a server that is not there is a bad gateway", async () => {
  const nobody = createServer();
  const port = await serve(nobody);
  nobody.close();
  await once(nobody, "close");
  const relay = { name: "kubelet", upstream: async () => ({ url: `http://127.0.0.1:${port}` }) };
  const before = createServer((request, response) => void forward(relay, request, response, { signal: new AbortController().signal }));
  const request = get({ port: await serve(before), path: "/pods", agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage]; // node's event
  expect(response.statusCode).toBe(502);
  expect(Buffer.concat(await response.toArray()).toString()).toBe("the kubelet behind the mock is gone\n");
  before.close();
});

test("who has gone, or was sent away by the mock's end, has no server started", async () => {
  let asked = 0;
  const upstream = async () => {
    asked++;
    return { url: "http://127.0.0.1:1" };
  };
  const before = createServer((request, response) => {
    const done = forward({ name: "kubelet", upstream }, request, response, { signal: AbortSignal.abort() });
    void done.finally(() => response.end());
  });
  const [response] = (await once(get({ port: await serve(before), agent: false }), "response")) as [IncomingMessage]; // node's event
  await response.toArray();
  expect(asked).toBe(0);
  before.close();
});
