import { once } from "node:events";
import { link, writeFile } from "node:fs/promises";
import http from "node:http";
import http2 from "node:http2";
import net, { type Server } from "node:net";
import { join } from "node:path";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectRuntime, runtimeClient, unixTransport } from "./client.ts";
import { startDouble, temporaryDirectory, runContainer } from "./double/fixture.test.support.ts";
import { grpcErrorText } from "./grpc/grpc-error.ts";

async function listen(server: Server, path: string): Promise<void> {
  server.listen(path);
  await once(server, "listening");
  onTestFinished(() => void server.close());
}

/** A runtime double on a real unix socket. */
async function serve() {
  const { double } = startDouble();
  const path = join(await temporaryDirectory(), "cri.sock");
  const sockets = new Set<net.Socket>();
  const streams = new Set<http2.ServerHttp2Stream>();
  const contentTypes = new Set<string | undefined>();
  const server = http2.createServer(connectNodeAdapter({ routes: double.routes, connect: false, grpcWeb: false }));
  server.on("request", ({ headers }: http2.Http2ServerRequest) => contentTypes.add(headers["content-type"]));
  server.on("connection", (socket: net.Socket) => sockets.add(socket));
  server.on("stream", (stream) => streams.add(stream));
  await listen(server, path);
  const client = await connectRuntime(`unix://${path}`);
  onTestFinished(() => client.close());
  return {
    double,
    client,
    contentTypes,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    reset: () => streams.forEach((stream) => stream.close(http2.constants.NGHTTP2_CANCEL)),
  };
}

const failure = (call: Promise<unknown>) => call.then(() => "no error", grpcErrorText);

describe("over a unix socket", () => {
  test("both services answer", async () => {
    const { client } = await serve();
    expect(await client.runtime.version({})).toMatchObject({
      runtimeName: "containerd",
      runtimeApiVersion: "v1",
    });
    expect((await client.image.listImages({})).images.map(({ repoTags }) => repoTags)).toEqual([["localhost/busybox:1"]]);
  });

  test("the content type is grpc-go's, the only one that CRI-O's socket takes for gRPC", async () => {
    const { client, contentTypes } = await serve();
    await client.image.listImages({});
    expect([...contentTypes]).toEqual(["application/grpc"]);
  });

  test("the runtime's code and text arrive unchanged", async () => {
    const { double, client } = await serve();
    double.checkpoint = { code: "Unknown", text: 'é "quoted" 100%\nsecond line' };
    const { containerId } = await runContainer(client);
    expect(await failure(client.runtime.checkpointContainer({ containerId, location: "/dev/null" }))).toBe(
      'rpc error: code = Unknown desc = é "quoted" 100%\nsecond line',
    );
  });

  test("a deadline reaches the runtime, and its passing reads as in Go", async () => {
    const { double, client } = await serve();
    double.checkpoint = "hanging";
    const { containerId } = await runContainer(client);
    const seen = double.nextCall("CheckpointContainer");
    const answer = failure(client.runtime.checkpointContainer({ containerId, timeout: 120n }, { timeoutMs: 40 }));
    const call = await seen;
    expect(call).toMatchObject({ request: { containerId, timeout: 120 }, deadlineMs: 40 });
    expect(await answer).toBe("rpc error: code = DeadlineExceeded desc = context deadline exceeded");
    await call.ended;
    expect(call.cancelled).toBe(true);
  });

  test("deadlines beyond eight digits of milliseconds are shortened to what grpc-timeout can say", async () => {
    const { double, client } = await serve();
    await client.runtime.version({}, { timeoutMs: 9_223_372_036_000 });
    expect(double.calls.at(-1)).toMatchObject({ method: "Version", deadlineMs: 99_999_999 });
  });

  test("a client that goes away cancels the call", async () => {
    const { double, client } = await serve();
    double.checkpoint = "hanging";
    const { containerId } = await runContainer(client);
    const seen = double.nextCall("CheckpointContainer");
    const abort = new AbortController();
    const answer = failure(client.runtime.checkpointContainer({ containerId }, { signal: abort.signal }));
    const call = await seen;
    abort.abort();
    expect(await answer).toBe("rpc error: code = Canceled desc = context canceled");
    await call.ended;
    expect(call.cancelled).toBe(true);
  });

  test("a runtime that dies during the call is Unavailable, and the next call dials again", async () => {
    const { double, client, cut } = await serve();
    double.checkpoint = "hanging";
    const { containerId } = await runContainer(client);
    const seen = double.nextCall("CheckpointContainer");
    const answer = failure(client.runtime.checkpointContainer({ containerId }));
    await seen;
    cut();
    expect(await answer).toBe("rpc error: code = Unavailable desc = error reading from server: EOF");
    expect(await client.runtime.version({})).toMatchObject({ runtimeName: "containerd" });
  });

  test("a stream that the runtime resets", async () => {
    const { double, client, reset } = await serve();
    double.checkpoint = "hanging";
    const { containerId } = await runContainer(client);
    const seen = double.nextCall("CheckpointContainer");
    const answer = failure(client.runtime.checkpointContainer({ containerId }));
    await seen;
    reset();
    expect(await answer).toBe("rpc error: code = Canceled desc = stream terminated by RST_STREAM with error code: CANCEL");
  });

  test("closing the client ends its calls", async () => {
    const { double, client } = await serve();
    double.checkpoint = "hanging";
    const { containerId } = await runContainer(client);
    const seen = double.nextCall("CheckpointContainer");
    const answer = failure(client.runtime.checkpointContainer({ containerId }));
    const call = await seen;
    await client.close();
    await client.close();
    expect(await answer).toBe("rpc error: code = Unavailable desc = error reading from server: EOF");
    await call.ended;
    expect(call.cancelled).toBe(true);
  });

  test("a method that the runtime lacks", async () => {
    const { client } = await serve();
    const stream = client.runtime.streamContainers({})[Symbol.asyncIterator]();
    expect(await failure(stream.next())).toBe(
      "rpc error: code = Unimplemented desc = unknown method StreamContainers for service runtime.v1.RuntimeService",
    );
  });
});

describe("an endpoint that cannot be used", () => {
  const refusal = (endpoint: string, timeoutMs?: number) =>
    connectRuntime(endpoint, timeoutMs === undefined ? {} : { timeoutMs }).then(
      () => "connected",
      (error: Error) => error,
    );

  test.each(["/run/cri.sock", "unix:/run/cri.sock", "unix://", "tcp://127.0.0.1:1", ""])("%j is no URL", async (url) => {
    expect(await refusal(url)).toMatchObject({
      code: "ERR_RUNTIME_ENDPOINT",
      message: `container runtime ${JSON.stringify(url)}: not a unix socket URL; write it as unix:///run/containerd/containerd.sock`,
    });
  });

  test("a path too long for a socket", async () => {
    expect(await refusal(`unix:///${"x".repeat(107)}`)).toMatchObject({
      message: expect.stringContaining("longer than 107 bytes"),
    });
  });

  test("no socket there", async () => {
    const path = join(await temporaryDirectory(), "absent.sock");
    expect(await refusal(`unix://${path}`)).toMatchObject({
      code: "ERR_RUNTIME_ENDPOINT",
      endpoint: `unix://${path}`,
      message: expect.stringContaining("cannot be reached (no such file or directory)"),
    });
    const client = runtimeClient(unixTransport(`unix://${path}`));
    expect(await failure(client.runtime.version({}))).toBe(
      `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${path}: connect: no such file or directory"`,
    );
  });

  test("a socket that nobody listens on", async () => {
    const directory = await temporaryDirectory();
    const server = net.createServer().listen(join(directory, "a.sock"));
    await once(server, "listening");
    await link(join(directory, "a.sock"), join(directory, "left.sock"));
    server.close();
    await once(server, "close");
    expect(await refusal(`unix://${directory}/left.sock`)).toMatchObject({
      message: expect.stringContaining("cannot be reached (connection refused)"),
    });
  });

  test("a plain file", async () => {
    const path = join(await temporaryDirectory(), "file");
    await writeFile(path, "");
    expect(await refusal(`unix://${path}`)).toMatchObject({
      message: expect.stringContaining("cannot be reached (connection refused)"),
    });
  });

  test("an HTTP/1.1 server", async () => {
    const path = join(await temporaryDirectory(), "http.sock");
    await listen(
      http.createServer((_, response) => response.end("hello")),
      path,
    );
    expect(await refusal(`unix://${path}`)).toMatchObject({
      message: expect.stringContaining("not a CRI server ("),
    });
  });

  test("a gRPC server without CRI", async () => {
    const path = join(await temporaryDirectory(), "grpc.sock");
    await listen(http2.createServer(connectNodeAdapter({ routes: () => {} })), path);
    expect(await refusal(`unix://${path}`)).toMatchObject({
      message: expect.stringContaining("does not know runtime.v1.RuntimeService"),
    });
  });

  test("a server that says nothing", async () => {
    const path = join(await temporaryDirectory(), "silent.sock");
    const sockets: net.Socket[] = [];
    await listen(
      net.createServer((socket) => void sockets.push(socket)),
      path,
    );
    expect(await refusal(`unix://${path}`, 50)).toMatchObject({
      message: expect.stringContaining("no answer to Version within 50 ms"),
    });
    sockets.forEach((socket) => socket.destroy());
  });
});
