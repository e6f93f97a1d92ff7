import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import type { ContainerLogsOptions, KubeletClient } from "./index.ts";
import { adminOf, counter, startTestKubelet } from "./kubelet.test.support.ts";
import { serve } from "./server.test.support.ts";

const somewhere = { namespace: "a", pod: "b", container: "c" };

async function linesOf(client: KubeletClient, options: Partial<ContainerLogsOptions> = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of client.containerLogs({ ...somewhere, ...options })) lines.push(line);
  return lines;
}

/** The lines of a log that comes in these pieces. */
async function linesFrom(pieces: Uint8Array[], options?: Partial<ContainerLogsOptions>): Promise<string[]> {
  const { client } = await serve((_request, response) => {
    // One write after the other has left, so that the pieces stay pieces.
    const send = ([piece, ...rest]: Uint8Array[]): unknown =>
      piece ? response.write(piece, () => setImmediate(send, rest)) : response.end();
    send(pieces);
  });
  return linesOf(await client(), options);
}

test("a followed log comes line by line as it is written, and ends with the loop", async () => {
  const client = await adminOf(await startTestKubelet());
  const lines: string[] = [];
  for await (const line of client.containerLogs({ ...counter, follow: true })) {
    lines.push(line);
    if (lines.length === 2) break;
  }
  expect(lines).toEqual(["tick 0", "tick 1"]);
  expect(await linesOf(client, { ...counter, tailLines: 1, timestamps: true, limitBytes: 10 })).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  ]);
});

test("characters may be cut anywhere", async () => {
  const bytes = Buffer.from("grüße\n日本語 🐳\nlast");
  const expected = ["grüße", "日本語 🐳", "last"];
  expect(await linesFrom([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  expect(await linesFrom([bytes.subarray(0, 3), bytes.subarray(3, 12), bytes.subarray(12)])).toEqual(expected);
});

test("empty lines, other line ends, marks and broken bytes stay what they are", async () => {
  expect(await linesFrom([Buffer.from("\n\na\r\n\n")])).toEqual(["", "", "a\r", ""]);
  expect(await linesFrom([Buffer.from("\uFEFFa\n")])).toEqual(["\uFEFFa"]);
  expect(await linesFrom([Buffer.of(0x61, 0xff, 0x0a), Buffer.of(0xe6, 0x97)])).toEqual(["a\uFFFD", "\uFFFD"]);
  expect(await linesFrom([])).toEqual([]);
});

test("a long line comes in pieces, none of which ends within a character", async () => {
  expect(await linesFrom([Buffer.from("abcdefgh\nij")], { longestLine: 3 })).toEqual(["abc", "def", "gh", "ij"]);
  expect(await linesFrom([Buffer.from("abcdef\n")], { longestLine: 3 })).toEqual(["abc", "def"]);
  expect(await linesFrom([Buffer.from("ab🐳🐳\n")], { longestLine: 3 })).toEqual(["ab", "🐳", "🐳"]);
  const line = "x".repeat(5 << 20);
  const pieces = await linesFrom([Buffer.from(line), Buffer.from("\nend\n")]);
  expect(pieces.slice(0, -1).join("")).toBe(line);
  expect(pieces.slice(0, -1).every(({ length }) => length <= 1 << 20)).toBe(true);
  expect(pieces.at(-1)).toBe("end");
});

test("a signal ends the iteration, and the request", async () => {
  const { client, server } = await serve((_request, response) => void response.write("one\n"));
  const answered = once(server, "request") as Promise<[unknown, ServerResponse]>; // The event's arguments.
  const controller = new AbortController();
  const lines: string[] = [];
  for await (const line of (await client()).containerLogs({ ...somewhere, follow: true, signal: controller.signal })) {
    lines.push(line);
    controller.abort();
  }
  expect(lines).toEqual(["one"]);
  const [, response] = await answered;
  if (!response.closed) await once(response, "close");
  expect(await linesOf(await client(), { follow: true, signal: AbortSignal.abort() })).toEqual([]);
});

test("leaving the loop ends the request", async () => {
  const { client, server } = await serve((_request, response) => void response.write("one\ntwo\n"));
  const answered = once(server, "request") as Promise<[unknown, ServerResponse]>; // The event's arguments.
  for await (const line of (await client()).containerLogs({ ...somewhere, follow: true })) if (line === "one") break;
  const [, response] = await answered;
  if (!response.closed) await once(response, "close");
  expect(response.closed).toBe(true);
});

test("a slow reader slows the kubelet down", async () => {
  const total = 48 << 20;
  let sent = 0;
  const chunk = Buffer.from(`${"x".repeat(1023)}\n`.repeat(256));
  const { client } = await serve((request, response) => {
    if (request.url?.startsWith("/healthz") === true) return void response.end("ok");
    const fill = (): void => {
      for (let goesOn = true; goesOn && sent < total; sent += chunk.length) goesOn = response.write(chunk);
    };
    response.on("drain", fill);
    fill();
  });
  const opened = await client();
  const log = opened.containerLogs({ ...somewhere, follow: true });
  await log.next();
  // Many exchanges later, what nobody has read is still with the kubelet.
  for (let call = 0; call < 200; call++) await opened.GET("/healthz");
  expect(sent).toBeLessThan(total / 2);
  await log.return();
});

test("a followed log may be silent longer than any other answer", async () => {
  const { client, server } = await serve((_request, response) => void response.write("one\n"));
  const opened = await client({ timeoutMs: 1000 });
  const answered = once(server, "request") as Promise<[unknown, ServerResponse]>; // The event's arguments.
  const log = opened.containerLogs({ ...somewhere, follow: true });
  expect((await log.next()).value).toBe("one");
  const next = log.next();
  // Something else runs into that limit meanwhile.
  await expect(linesOf(opened)).rejects.toMatchObject({ code: "timeout" });
  (await answered)[1].end("two\n");
  expect((await next).value).toBe("two");
});

test("there being no log rejects, and so does a connection that breaks", async () => {
  const client = await adminOf(await startTestKubelet());
  await expect(linesOf(client, { ...counter, container: "x" })).rejects.toMatchObject({
    code: "not-found",
    message: 'getContainerLogs: 404 container "x" not found in pod "sample-node"',
  });
  await expect(linesOf(client, { ...counter, previous: true })).rejects.toMatchObject({ code: "bad-request" });
  const server = await serve((_request, response) => void response.write("one\n", () => response.destroy()));
  const log = (await server.client()).containerLogs({ ...somewhere, follow: true });
  expect((await log.next()).value).toBe("one");
  await expect(log.next()).rejects.toMatchObject({ code: "reset", operation: "getContainerLogs" });
});
