import { once } from "node:events";
import { readdir, stat, writeFile } from "node:fs/promises";
import http2 from "node:http2";
import net from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectRuntime } from "../client.ts";
import { ContainerEventType, RuntimeService } from "../generated/runtime/v1/api_pb.ts";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { socketTransport } from "../grpc/socket-transport.ts";
import { runContainer, startDouble, temporaryDirectory } from "./fixture.test.support.ts";
import { serveDouble } from "./serve.ts";

/** A double on a socket, and a client that dialled it. */
async function serve() {
  const { double } = startDouble();
  const directory = await temporaryDirectory();
  const path = join(directory, "cri.sock");
  const served = await serveDouble(double, path);
  onTestFinished(() => served.stop());
  const client = await connectRuntime(served.endpoint);
  onTestFinished(() => client.close());
  return { double, served, client, directory, path };
}

/** Sends one request with this `:authority`; what becomes of it. */
async function askWithAuthority(path: string, authority: string): Promise<string> {
  const socket = net.connect(path);
  const session = http2.connect("http://localhost", { createConnection: () => socket });
  const request = session.request({
    ":method": "POST",
    ":authority": authority,
    ":path": "/runtime.v1.RuntimeService/Version",
    "content-type": "application/grpc",
    te: "trailers",
  });
  request.resume().end(Buffer.from([0, 0, 0, 0, 0]));
  let outcome = "";
  request.on("trailers", (trailers) => {
    outcome = `grpc-status ${String(trailers["grpc-status"])}`;
  });
  request.on("error", (error) => {
    outcome = error.message;
  });
  await once(request, "close").catch(() => {});
  session.close();
  if (!socket.closed) await once(socket, "close");
  return outcome;
}

test("a client dials, calls and is recorded with its deadline", async () => {
  const { double, served, client, path } = await serve();
  double.clearCalls();
  const { containerId } = await runContainer(client);
  const location = join(await temporaryDirectory(), "archive.tar");
  await client.runtime.checkpointContainer({ containerId, location, timeout: 4n }, { timeoutMs: 4000 });
  expect(double.calls.at(-1)).toMatchObject({
    method: "CheckpointContainer",
    request: { containerId, location, timeout: 4 },
    deadlineMs: 4000,
    cancelled: false,
  });
  expect(Object.fromEntries(double.counts)).toEqual({ RunPodSandbox: 1, CreateContainer: 1, StartContainer: 1, CheckpointContainer: 1 });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(location)).size).toBeGreaterThan(1024);
  expect(served.connections).toBe(1);
});

test("the percent-encoded socket path as :authority is understood, as of kubelets 1.29 and 1.30", async () => {
  const { served, path } = await serve();
  expect(await askWithAuthority(path, encodeURIComponent(path))).toBe("grpc-status 0");
  expect(served.refused).toBeUndefined();
});

test("the raw socket path as :authority, as of kubelets up to 1.28, is refused and explained", async () => {
  const { client, served, path } = await serve();
  expect(await askWithAuthority(path, path)).toContain("NGHTTP2_PROTOCOL_ERROR");
  // Connections are served in order: once this is answered, the end of the one before has been seen.
  await client.runtime.version({});
  expect(served.refused).toMatchObject({ code: "ERR_RUNTIME_CLIENT_REFUSED" });
  expect(served.refused?.message).toBe(
    `container runtime double "unix://${path}": this kubelet sends an :authority that Node's HTTP/2 refuses, as those up to 1.28 do; use a real runtime, or a kubelet of 1.29 or later`,
  );
});

test("a client that goes away without a word is no refused client", async () => {
  const { client, served, path } = await serve();
  const session = http2.connect("http://localhost", { createConnection: () => net.connect(path) });
  await once(session, "remoteSettings");
  session.close();
  await once(session, "close");
  await client.runtime.version({});
  expect(served.refused).toBeUndefined();
});

test("destroyConnections cuts calls under way, and the next one succeeds", async () => {
  const { double, served, client } = await serve();
  const { containerId } = await runContainer(client);
  double.checkpoint = "hanging";
  const seen = double.nextCall("CheckpointContainer");
  const answer = client.runtime.checkpointContainer({ containerId }).catch(grpcErrorText);
  const call = await seen;
  served.destroyConnections();
  expect(await answer).toBe("rpc error: code = Unavailable desc = error reading from server: EOF");
  await call.ended;
  expect(call.cancelled).toBe(true);
  double.checkpoint = "ok";
  expect((await client.runtime.listContainers({})).containers).toHaveLength(1);
});

test("dying mid-call cuts the connection instead of answering; the container is still there", async () => {
  const { double, client, directory } = await serve();
  const { containerId } = await runContainer(client);
  double.checkpoint = "dying";
  const location = join(directory, "archive.tar");
  expect(await client.runtime.checkpointContainer({ containerId, location }).catch(grpcErrorText)).toBe(
    "rpc error: code = Unavailable desc = error reading from server: EOF",
  );
  expect((await client.runtime.listContainers({})).containers).toMatchObject([{ id: containerId }]);
  expect(await readdir(directory)).toEqual(["cri.sock"]);
});

test("stopped it is gone; served anew it has kept its state, unless told to lose it", async () => {
  const { double, served, client, path, directory } = await serve();
  await runContainer(client);
  await served.stop();
  await served.stop();
  expect(await readdir(directory)).toEqual([]);
  await expect(connectRuntime(served.endpoint)).rejects.toThrow("cannot be reached (no such file or directory)");

  const again = await serveDouble(double, path);
  onTestFinished(() => again.stop());
  expect((await client.runtime.listContainers({})).containers).toHaveLength(1);
  double.loseState();
  const other = await connectRuntime(again.endpoint);
  onTestFinished(() => other.close());
  expect((await other.runtime.listContainers({})).containers).toEqual([]);
  expect((await other.runtime.listPodSandbox({})).items).toEqual([]);
  expect(again.connections).toBe(1);
});

test("container events stream until the double is stopped", async () => {
  const { double, served, client } = await serve();
  const seen = double.nextCall("GetContainerEvents");
  const events = client.runtime.getContainerEvents({})[Symbol.asyncIterator]();
  const first = events.next();
  const call = await seen;
  const { containerId, podSandboxId } = await runContainer(client, { command: ["true"] });
  expect((await first).value).toMatchObject({
    containerId,
    containerEventType: ContainerEventType.CONTAINER_CREATED_EVENT,
    podSandboxStatus: { id: podSandboxId },
    containersStatuses: [{ id: containerId }],
  });
  expect((await events.next()).value).toMatchObject({ containerEventType: ContainerEventType.CONTAINER_STARTED_EVENT });
  expect((await events.next()).value).toMatchObject({ containerEventType: ContainerEventType.CONTAINER_STOPPED_EVENT });
  expect(call).not.toHaveProperty("endedAt");
  const end = events.next().catch(grpcErrorText);
  await served.stop();
  expect(await end).toBe("rpc error: code = Unavailable desc = error reading from server: EOF");
  await call.ended;
});

test.each([
  ["a socket that is there already", "cri.sock", "there is a socket at this path already; stop its owner, or choose another path"],
  ["a directory that is not there", "absent/cri.sock", "its directory does not exist, or this user may not write there; create it first"],
  ["too long a path", "x".repeat(108), "the socket path is longer than 107 bytes; use a shorter directory"],
])("%s is an error that says so", async (_, name, reason) => {
  const { double } = startDouble();
  const directory = await temporaryDirectory();
  await writeFile(join(directory, "cri.sock"), "");
  const path = join(directory, name);
  await expect(serveDouble(double, path)).rejects.toMatchObject({
    code: "ERR_RUNTIME_ENDPOINT",
    message: `container runtime "unix://${path}": ${reason}`,
  });
});

test("an unknown service and an unknown method are answered as grpc-go does", async () => {
  const { client, path } = await serve();
  const transport = socketTransport(path);
  onTestFinished(() => transport.close());
  const ask = async (service: string, method: string) => {
    const known = RuntimeService.method.version;
    const renamed = { ...known, name: method, parent: { ...known.parent, typeName: service } };
    return transport.unary(renamed as typeof known, undefined, undefined, undefined, {}).catch(grpcErrorText);
  };
  expect(await ask("runtime.v1alpha2.RuntimeService", "Version")).toBe(
    "rpc error: code = Unimplemented desc = unknown service runtime.v1alpha2.RuntimeService",
  );
  expect(await ask("runtime.v1.RuntimeService", "Reboot")).toBe(
    "rpc error: code = Unimplemented desc = unknown method Reboot for service runtime.v1.RuntimeService",
  );
  await client.runtime.version({});
});
