import { connectRuntime } from "@kubelet-conformance/cri";
import { RuntimeDouble, serveDouble } from "@kubelet-conformance/cri/double";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { scratch } from "../../cli/cli.support.ts";
import type { StreamAddress } from "../isolation/messages.ts";
import { nameLabel, nameOnNode } from "./labels.ts";
import { type Reach, reachStreams } from "./streams.ts";

const files = await scratch();
afterAll(() => files.remove());
let sockets = 0;

/** A runtime on a socket: to the testbed it is as real as any. */
async function serve() {
  const path = join(files.directory, `${++sockets}.sock`);
  const double = new RuntimeDouble({ socketPath: path });
  const served = await serveDouble(double, path);
  const client = await connectRuntime(served.endpoint);
  onTestFinished(async () => {
    await client.close();
    await served.stop();
    await double.close();
  });
  return client;
}

async function runContainer({ runtime }: Awaited<ReturnType<typeof serve>>): Promise<void> {
  const metadata = { name: nameOnNode, namespace: "default", uid: "1", attempt: 0 };
  const sandboxConfig = { metadata, logDirectory: files.directory };
  const { podSandboxId } = await runtime.runPodSandbox({ config: sandboxConfig });
  const { containerId } = await runtime.createContainer({
    podSandboxId,
    sandboxConfig,
    config: {
      metadata: { name: "running", attempt: 0 },
      image: { image: "localhost/busybox:1" },
      command: ["sleep", "1000000"],
      labels: { [nameLabel]: nameOnNode },
    },
  });
  await runtime.startContainer({ containerId });
}

/** What is reached, and how a reach that goes so far ends. */
async function reach(client: Awaited<ReturnType<typeof serve>>, then: Reach = async () => {}) {
  const reached: StreamAddress[] = [];
  const noted: Reach = async (address) => {
    reached.push(address);
    await then(address);
  };
  return { obstacle: await reachStreams(client, noted, new AbortController().signal), reached };
}

test("the runtime tells where it serves streams, with a command that is never run", async () => {
  const client = await serve();
  await runContainer(client);
  expect(await reach(client)).toEqual({ obstacle: undefined, reached: [{ host: "127.0.0.1", port: expect.any(Number) }] });
});

test("nothing runs: there is no such place", async () => {
  expect(await reach(await serve())).toEqual({ obstacle: expect.stringMatching(/no URL.*no container runs/), reached: [] });
});

test("what keeps the kubelet from it is told, without the token", async () => {
  const client = await serve();
  await runContainer(client);
  const { obstacle } = await reach(client, () => Promise.reject(new Error("no route")));
  expect(obstacle).toMatch(/^the runtime serves streams at http:\/\/127\.0\.0\.1:\d+, out of the kubelet's reach: no route$/);
});

test("a port that is taken here is an error to start over from, with other ports for the kubelet", async () => {
  const client = await serve();
  await runContainer(client);
  const listenThere: Reach = async ({ host, port }) => {
    const server = createServer().listen(port, host);
    onTestFinished(() => void server.close());
    await once(server, "listening");
  };
  await expect(reach(client, listenThere)).rejects.toMatchObject({
    code: "port-taken",
    message: expect.stringContaining("address already in use"),
  });
});
