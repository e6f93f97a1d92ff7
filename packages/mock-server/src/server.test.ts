import { connect } from "node:net";
import { expect, test } from "vitest";
import { createMockKubelet, type MockKubelet } from "./mock-kubelet.ts";

/** What comes back for these bytes, up to the end of the connection. */
async function exchange({ port }: MockKubelet, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return Buffer.concat(await socket.toArray()).toString();
}

test("an upgrade that is asked for behind a request waits for its answer", async () => {
  await using mock = await createMockKubelet({ tls: false, streams: false });
  const first = "GET /healthz/ping?__delay=50 HTTP/1.1\r\nHost: x\r\n\r\n";
  const second = "GET /exec/default/p/c?command=ls HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  const text = await exchange(mock, first + second);
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 500"]);
});

test.each(["/%70ods", "http://node-1:10250/pods"])("%s is /pods", async (target) => {
  await using mock = await createMockKubelet({ tls: false });
  expect(await exchange(mock, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toContain('"kind":"PodList"');
});
