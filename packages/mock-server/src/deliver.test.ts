import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMockKubelet, type MockKubelet } from "./mock-kubelet.ts";
import { exchange, send } from "./mock.test.support.ts";

const big = "x".repeat(5000);

describe("on the wire", () => {
  let mock: MockKubelet;
  beforeAll(async () => {
    const healthz = { operation: "getHealthz" };
    const answers = {
      reset: [{ fault: "reset" as const }],
      truncate: [{ fault: "truncate" as const, body: big }],
      endless: [{ fault: "endless" as const, body: "tick\n", bytesPerSecond: 100_000 }],
      slow: [{ body: big, bytesPerSecond: 20_000 }],
      late: [{ delay: 300 }, {}],
    };
    const scenarios = Object.fromEntries(
      Object.entries(answers).map(([name, list]) => [name, { rules: [{ when: healthz, answers: list }] }]),
    );
    mock = await createMockKubelet({ scenarios: { scenarios } });
  });
  afterAll(() => mock.close());

  test("a reset is a reset, under TLS, too", async () => {
    mock.useScenario("reset");
    await expect(send(mock, "GET", "/healthz")).rejects.toMatchObject({ code: "ECONNRESET", message: "read ECONNRESET" });
    mock.useScenario(undefined);
    await expect(send(mock, "GET", "/healthz?__fault=reset")).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  test("a truncated body is shorter than was announced", async () => {
    mock.useScenario("truncate");
    const seen = await exchange(mock, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    const [head = "", body = ""] = seen.split("\r\n\r\n");
    expect(head).toContain("Content-Length: 5000");
    expect(body).toHaveLength(2500);
    mock.useScenario(undefined);
    await expect(send(mock, "GET", "/pods", { headers: { Prefer: "code=307, fault=truncate" } })).rejects.toThrow("aborted");
  });

  test("an endless body goes on for as long as somebody reads it", async () => {
    mock.useScenario("endless");
    const [response] = (await once(get(`${mock.url}/healthz`, { ca: mock.ca, agent: false }), "response")) as [IncomingMessage]; // node's event
    let text = "";
    for await (const chunk of response) if ((text += String(chunk)).length > 30_000) break;
    expect(text).toMatch(/^(tick\n)+/);
    expect(response.headers["content-length"]).toBeUndefined();
  });

  test("a slow body comes whole, and in pieces", async () => {
    mock.useScenario("slow");
    const [response] = (await once(get(`${mock.url}/healthz`, { ca: mock.ca, agent: false }), "response")) as [IncomingMessage]; // node's event
    const chunks = await response.toArray();
    expect(Buffer.concat(chunks).toString()).toBe(big);
    expect(chunks.length).toBeGreaterThan(1);
  });

  test("an answer that is late is overtaken, one that hangs never comes, and the mock closes all the same", async () => {
    mock.useScenario("late");
    const order: string[] = [];
    const late = send(mock, "GET", "/healthz").then(() => order.push("late"));
    await expect.poll(() => mock.requests()[0]?.delay).toBe(300);
    await send(mock, "GET", "/healthz").then(() => order.push("prompt"));
    await late;
    expect(order).toEqual(["prompt", "late"]);

    const other = await createMockKubelet();
    const hanging = send(other, "GET", "/pods", { headers: { Prefer: "fault=hang" } });
    const delayed = send(other, "GET", "/pods", { headers: { Prefer: "delay=600000" } });
    await expect.poll(() => other.requests().length).toBe(2);
    await Promise.all([
      expect(hanging).rejects.toThrow("socket hang up"),
      expect(delayed).rejects.toThrow("socket hang up"),
      other.close(),
    ]);
  });
});

test("plain HTTP to a TLS port is answered as a kubelet answers it", async () => {
  await using mock = await createMockKubelet();
  await expect(send({ ...mock, url: mock.url.replace("https", "http") }, "GET", "/healthz")).resolves.toMatchObject({
    status: 400,
    text: "Client sent an HTTP request to an HTTPS server.\n",
  });
});

test("headers have the case that Go gives them", async () => {
  await using mock = await createMockKubelet({ kubernetesVersion: "1.36" });
  const seen = await exchange(mock, "DELETE /pods HTTP/1.1\r\nHost: a\r\nOrigin: https://a.example\r\nConnection: close\r\n\r\n");
  const names = seen
    .split("\r\n\r\n")[0]
    ?.split("\r\n")
    .slice(1)
    .map((line) => line.split(":")[0]);
  expect(seen).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
  expect(names).toEqual([
    "Vary",
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Expose-Headers",
    "Allow",
    "Content-Type",
    "Content-Length",
    "Date",
    "Connection",
  ]);
});
