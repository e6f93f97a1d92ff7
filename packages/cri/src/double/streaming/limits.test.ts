import { expect, onTestFinished, test } from "vitest";
import { runContainer, startDouble } from "../fixture.test.support.ts";
import { spdyTo, webSocketTo } from "./client.test.support.ts";
import { defaultLimits, type StreamLimits } from "./limits.ts";
import { createStreamingServer, type StreamRequest } from "./server.ts";

const wanted = { stdin: false, stdout: true, stderr: true, tty: false };

/** The URL of a server of its own, with limits that a test can wait for. */
async function urlWith(limits: Partial<StreamLimits>, request: (ids: { containerId: string; podSandboxId: string }) => StreamRequest) {
  const { double, client } = startDouble();
  const ids = await runContainer(client);
  const server = createStreamingServer(double.state, { ...defaultLimits, ...limits });
  onTestFinished(() => server.close());
  return server.url(request(ids));
}

test("a client that does not open all streams of its exec loses the connection", async () => {
  const url = await urlWith({ creationMs: 20 }, ({ containerId }) => ({ kind: "exec", containerId, cmd: ["cat"], wanted }));
  const spdy = await spdyTo(url, "v4.channel.k8s.io");
  expect(await spdy.closed).toBeUndefined();
});

test("a forwarded connection whose second stream does not come is told so", async () => {
  const url = await urlWith({ creationMs: 20 }, ({ podSandboxId }) => ({
    kind: "portforward",
    sandboxId: podSandboxId,
    ports: [],
  }));
  const spdy = await spdyTo(url, "portforward.k8s.io");
  const error = await spdy.createStream({ streamType: "error", port: "8080", requestID: "7" });
  const [text] = (await error.take(1).toArray()) as [Buffer];
  expect(text.toString()).toMatch(/^\(conn=0xc000[0-9a-f]{6}, request=7\) timed out waiting for streams$/);
  spdy.close();
  await spdy.closed;
});

test("a connection on which nothing happens ends", async () => {
  const idle = { idleMs: 30 };
  const sleeping = { kind: "exec", cmd: ["sleep", "infinity"], wanted } as const;
  const spdy = await spdyTo(await urlWith(idle, ({ containerId }) => ({ ...sleeping, containerId })), "v4.channel.k8s.io");
  expect(await spdy.closed).toBeUndefined();
  const { closed } = await webSocketTo(await urlWith(idle, ({ containerId }) => ({ ...sleeping, containerId })), "v4.channel.k8s.io");
  expect(await closed).toBe(1006);
});

test("closing the server ends its connections, and it gives no more URLs", async () => {
  const { double, client } = startDouble();
  const { containerId } = await runContainer(client);
  const { url } = await client.runtime.exec({ containerId, cmd: ["cat"], stdin: true, stdout: true });
  const { closed } = await webSocketTo(url, "v4.channel.k8s.io");
  await double.close();
  expect(await closed).toBe(1006);
});
