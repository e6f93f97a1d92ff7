import { link } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { RuntimeDouble, serveDouble } from "@kubelet-conformance/cri/double";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { scratch } from "../../cli/cli.support.ts";
import { nameLabel, nameOnNode } from "./labels.ts";
import { requireFreeRuntime, requireRoom } from "./real-runtime.ts";
import { realSide } from "./runtime-side.ts";

const files = await scratch();
afterAll(() => files.remove());
let sockets = 0;
const newSocket = (): string => join(files.directory, `${++sockets}.sock`);

/** A runtime on a socket: to the testbed it is as real as any. */
async function serve() {
  const path = newSocket();
  const double = new RuntimeDouble({ socketPath: path });
  const served = await serveDouble(double, path);
  const client = double.client();
  onTestFinished(async () => {
    await client.close();
    await served.stop();
    await double.close();
  });
  return { endpoint: served.endpoint, client };
}

function asUser(uid: number): void {
  const spy = vi.spyOn(process, "getuid").mockReturnValue(uid);
  onTestFinished(() => spy.mockRestore());
}

const use = (endpoint: string, image = "localhost/busybox:1") => requireFreeRuntime({ endpoint, image, memoryMiB: 512 });

describe("a real runtime", () => {
  test("without pods and with the image may be used", async () => {
    asUser(0);
    const { endpoint } = await serve();
    await expect(use(endpoint)).resolves.toBeUndefined();
  });

  test("is for root only", async () => {
    asUser(1000);
    const { endpoint } = await serve();
    await expect(use(endpoint)).rejects.toMatchObject({ code: "root-needed", message: expect.stringContaining("run this as root") });
  });

  test("must be there", async () => {
    asUser(0);
    const path = newSocket();
    await expect(use(`unix://${path}`)).rejects.toMatchObject({
      code: "runtime-unusable",
      message: expect.stringMatching(/no such file or directory.*is the runtime running/),
    });
  });

  test("must listen on its socket", async () => {
    asUser(0);
    const [path, left] = [newSocket(), newSocket()];
    const server = createServer().listen(path);
    await once(server, "listening");
    // Closing removes the name that it was given, as no runtime that is killed can.
    await link(path, left);
    server.close();
    await expect(use(`unix://${left}`)).rejects.toMatchObject({
      code: "runtime-unusable",
      message: expect.stringContaining("connection refused"),
    });
  });

  test("must speak CRI", async () => {
    asUser(0);
    const path = newSocket();
    const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(path);
    await once(server, "listening");
    onTestFinished(() => void server.close());
    await expect(use(`unix://${path}`)).rejects.toMatchObject({
      code: "runtime-unusable",
      message: expect.stringContaining("not a CRI server"),
    });
  });

  test("must run no pods: they would be killed", async () => {
    asUser(0);
    const { endpoint, client } = await serve();
    await client.runtime.runPodSandbox({ config: { metadata: { name: "web", namespace: "shop", uid: "1", attempt: 0 } } });
    await expect(use(endpoint)).rejects.toMatchObject({
      code: "runtime-in-use",
      message: expect.stringMatching(/runs 1 pods already \(shop\/web\).*would kill/),
    });
  });

  test("must have the image; those that it has are named", async () => {
    asUser(0);
    const { endpoint } = await serve();
    await expect(use(endpoint, "example.org/absent:1")).rejects.toMatchObject({
      code: "image-absent",
      message: expect.stringMatching(/no image example\.org\/absent:1.*--image.*localhost\/busybox:1/),
    });
  });
});

test("a runtime that does not remove the pods at once is asked again until it does", async () => {
  const path = newSocket();
  const double = new RuntimeDouble({ socketPath: path });
  onTestFinished(() => double.close());
  const first = await serveDouble(double, path);
  const side = await realSide({ endpoint: first.endpoint });
  const metadata = { name: nameOnNode, namespace: "default", uid: "1", attempt: 0 };
  await side.client.runtime.runPodSandbox({ config: { metadata, labels: { [nameLabel]: nameOnNode } } });
  await first.stop();
  const stopped = side.stop();
  const second = await serveDouble(double, path);
  onTestFinished(() => second.stop());
  await stopped;
  expect(double.state.sandboxes.size).toBe(0);
});

describe("a large container", () => {
  const runtime = { endpoint: "unix:///x", image: "x", memoryMiB: 100 };
  const mebibytes = (count: number): number => count * 1024 * 1024;

  test("fits where there is four times its memory, and room for sixteen archives", () => {
    expect(requireRoom(runtime, { memory: mebibytes(400), disk: mebibytes(1600) }, "/t")).toBeUndefined();
  });

  test.each([
    ["memory", { memory: mebibytes(399), disk: mebibytes(9999) }, /400 MiB of memory, and 399 are free.*--memory \(now 100\)/],
    ["disk", { memory: mebibytes(9999), disk: mebibytes(7) }, /1600 MiB of disk in \/t \(TMPDIR\), and 7 are free/],
  ])("does not fit without %s, which is said", (_what, room, message) => {
    expect(() => requireRoom(runtime, room, "/t")).toThrow(
      expect.objectContaining({ code: "room-short", message: expect.stringMatching(message) }),
    );
  });
});
