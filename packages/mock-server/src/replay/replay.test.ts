import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HarError } from "../har/har-error.ts";
import { readHar } from "../har/read.ts";
import { listen, send } from "../proxy/proxy.test.support.ts";
import { createReplay } from "./replay.ts";

let directory = "";
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "replay-test-"))));
afterEach(() => rmSync(directory, { recursive: true }));

function fileWith(content: unknown): string {
  const file = join(directory, "some.har");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

let clock = 0;
/** As browsers write it, with members that nobody here reads. */
function entry(method: string, url: string, text: string, more: { status?: number; content?: object; headers?: object[] } = {}): object {
  return {
    _initiator: { type: "script" },
    startedDateTime: new Date(1_800_000_000_000 + clock++).toISOString(),
    time: 1,
    request: { method, url, httpVersion: "h3", headers: [{ name: ":method", value: method }], queryString: [], cookies: [] },
    response: {
      status: more.status ?? 200,
      statusText: "",
      headers: more.headers ?? [
        { name: ":status", value: "200" },
        { name: "content-encoding", value: "gzip" },
        { name: "content-length", value: "9999" },
        { name: "x-kept", value: "1" },
      ],
      content: { size: text.length, mimeType: "text/plain", text, ...more.content },
    },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  };
}

function har(...entries: object[]): object {
  return { log: { version: "1.2", creator: { name: "WebInspector", version: "537.36" }, pages: [], entries } };
}

async function serve(
  content: unknown,
): Promise<{ ask: (target: string, init?: RequestInit) => Promise<[number, string, Headers]>; stop: () => void }> {
  const server = createServer(createReplay(readHar(fileWith(content))));
  const port = await listen(server);
  return {
    ask: async (target, init) => {
      const response = await fetch(`http://127.0.0.1:${port}${target}`, init);
      return [response.status, await response.text(), response.headers];
    },
    stop: () => void server.close(),
  };
}

test("serves what was recorded, as it was before it was packed, in order, and the last answer from then on", async () => {
  const pods = "https://node:10250/pods";
  const { ask, stop } = await serve(har(entry("GET", pods, "first"), entry("POST", pods, "posted"), entry("GET", pods, "second")));
  const [status, text, headers] = await ask("/pods");
  expect([status, text, headers.get("x-kept"), headers.get("content-type"), headers.get("content-encoding")]).toEqual([
    200,
    "first",
    "1",
    "text/plain",
    null,
  ]);
  expect((await ask("/pods"))[1]).toBe("second");
  expect((await ask("/pods"))[1]).toBe("second");
  expect((await ask("/pods", { method: "POST" }))[1]).toBe("posted");
  stop();
});

test("matches queries in any order, hidden values with all, and says where only the path is the same", async () => {
  const url = "https://node:10250/containerLogs/a/b/c?follow=true&tailLines=1";
  const { ask, stop } = await serve(har(entry("GET", url, "logs"), entry("POST", "https://node/run/a/b/c?cmd=%5Bredacted%5D", "ran")));
  const [, same, plain] = await ask("/containerLogs/a/b/c?tailLines=1&follow=true");
  expect([same, plain.get("mock-replay")]).toEqual(["logs", null]);
  const [, other, noted] = await ask("/containerLogs/a/b/c?tailLines=2");
  expect([other, noted.get("mock-replay")]).toEqual(["logs", "entry 1: recorded with ?follow=true&tailLines=1"]);
  const [, ran, known] = await ask("/run/a/b/c?cmd=ls", { method: "POST" });
  expect([ran, known.get("mock-replay")]).toEqual(["ran", null]);
  stop();
});

test("tells a path that is not clean from one that is", async () => {
  const { ask, stop } = await serve(har(entry("GET", "https://node//pods", "redirect"), entry("GET", "https://node/pods", "pods")));
  expect([(await ask("/pods"))[1], (await ask("//pods"))[1]]).toEqual(["pods", "redirect"]);
  stop();
});

test("answers the absolute form, too", async () => {
  const server = createServer(createReplay(readHar(fileWith(har(entry("GET", "https://node/pods?limit=1", "pods"))))));
  const port = await listen(server);
  expect(await send(port, "http://node.example:10250/pods?limit=1")).toMatchObject({ status: 200, body: "pods" });
  server.close();
});

test("a media type that cannot be sent is written so that it can", async () => {
  const { ask, stop } = await serve(har(entry("GET", "https://node/pods", "x", { content: { mimeType: "text/plain\u0001é" } })));
  expect((await ask("/pods"))[2].get("content-type")).toBe("text/plain%01%C3%A9");
  stop();
});

test("says what it has where it has not what was asked for", async () => {
  const { ask, stop } = await serve(har(entry("GET", "https://node/pods", "x"), entry("GET", "https://node/pods", "y")));
  expect((await ask("/metrics")).slice(0, 2)).toEqual([
    404,
    "mock-kubelet: the recording has no GET /metrics; it has:\n  GET /pods (2 answers)\n",
  ]);
  expect((await ask("/pods", { method: "PUT" })).slice(0, 2)).toEqual([
    405,
    "mock-kubelet: the recording has no PUT /pods; it has GET there\n",
  ]);
  stop();
});

test("tells a body that was not kept as a whole, reads base64, and leaves out what was never answered", async () => {
  const aborted = entry("GET", "https://node/healthz", "", { status: 0 });
  const { ask, stop } = await serve(
    har(
      aborted,
      entry("GET", "https://node/metrics", "x", { content: { comment: "truncated: the first 1 of 9 bytes" } }),
      entry("GET", "https://node/logs/x", Buffer.from([0, 255]).toString("base64"), { content: { encoding: "base64" } }),
    ),
  );
  expect((await ask("/metrics"))[2].get("mock-replay")).toBe("entry 2: the body is truncated: the first 1 of 9 bytes");
  expect((await ask("/logs/x"))[2].get("content-length")).toBe("2");
  expect((await ask("/healthz"))[0]).toBe(404);
  stop();
});

const good = entry("GET", "https://node/pods", "x");
test.each([
  ["a file that is none", undefined, "does not exist; name a HAR file"],
  ["no JSON", "<html>\n", "is no HAR file: it is no JSON"],
  ["other JSON", { items: [] }, "is no HAR file: it has no list log.entries"],
  ["nothing in it", har(), "holds no answer"],
  ["an entry that is none", har(good, [1]), ", entry 2: response.status must be a number"],
  ["a URL that is none", har(good, entry("GET", "pods", "x")), ", entry 2: request.url must be a URL with http: or https:"],
  [
    "a status that is none",
    har(entry("GET", "https://node/", "x", { status: 999 })),
    ", entry 1: response.status must be 200 to 599, is 999",
  ],
  [
    "an encoding that is unknown",
    har(entry("GET", "https://n/", "x", { content: { encoding: "hex" } })),
    ', entry 1: response.content.encoding must be base64, is "hex"',
  ],
  [
    // With one regular expression it took minutes to find out.
    "base64 that is none",
    har(entry("GET", "https://n/", "x", { content: { encoding: "base64", text: `${" ".repeat(300_000)}!` } })),
    ", entry 1: response.content.text is no base64",
  ],
  [
    "a body that is none",
    har(entry("GET", "https://n/", "x", { content: { text: 1 } })),
    ", entry 1: response.content.text must be a string",
  ],
  [
    "headers with line ends",
    har(entry("GET", "https://n/", "x", { headers: [{ name: "a", value: "b\r\nc: d" }] })),
    ', entry 1: response.headers has a line end in "a"',
  ],
])("refuses %s in one line", (_name, content, message) => {
  const file = content === undefined ? join(directory, "none.har") : fileWith(content);
  try {
    readHar(file);
  } catch (error) {
    expect(error).toBeInstanceOf(HarError);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toContain("\n");
    return;
  }
  expect.unreachable();
});
