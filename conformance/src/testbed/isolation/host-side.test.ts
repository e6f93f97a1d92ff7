import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { openHostSide } from "./host-side.ts";

async function hostSide() {
  const side = await openHostSide();
  onTestFinished(() => side.close());
  return side;
}

async function listen(onConnection?: (socket: Socket) => void): Promise<{ server: Server; address: { host: string; port: number } }> {
  const server = createServer({ allowHalfOpen: true }, onConnection).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  // A server that listens on a port has an AddressInfo.
  return { server, address: { host: "127.0.0.1", port: (server.address() as AddressInfo).port } };
}

test("its port answers HTTP requests", async () => {
  const { listeningPort } = await hostSide();
  expect((await fetch(`http://127.0.0.1:${listeningPort}/`)).status).toBe(200);
});

test("a connection is passed on both ways, and an end of one direction leaves the other open", async () => {
  const side = await hostSide();
  const runtime = await listen((socket) => {
    void text(socket).then((all) => socket.end(`heard ${all}`));
  });
  const inner = await listen();
  expect(await side.passOn(inner.server, runtime.address)).toBeUndefined();
  const socket = connect({ ...inner.address, allowHalfOpen: true });
  socket.end("hello");
  expect(await text(socket)).toBe("heard hello");
});

test("where nobody listens, that is told, and nothing is accepted", async () => {
  const side = await hostSide();
  const gone = await listen();
  gone.server.close();
  await once(gone.server, "close");
  const inner = await listen();
  expect(await side.passOn(inner.server, gone.address)).toMatch(/nobody answers there.*ECONNREFUSED/);
  const [refusal]: unknown[] = await once(connect(inner.address), "connect").catch((error: unknown) => [error]);
  expect(refusal).toMatchObject({ code: "ECONNREFUSED" });
});

test("its end is the end of all connections", async () => {
  const side = await hostSide();
  const runtime = await listen((socket) => socket.on("error", () => {}).write("x"));
  const inner = await listen();
  await side.passOn(inner.server, runtime.address);
  const socket = connect(inner.address);
  await once(socket, "data");
  side.close();
  await once(socket, "close");
  const [refusal]: unknown[] = await once(connect(inner.address), "connect").catch((error: unknown) => [error]);
  expect(refusal).toMatchObject({ code: "ECONNREFUSED" });
});
