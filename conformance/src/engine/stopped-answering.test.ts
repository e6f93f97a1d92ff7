import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Requirement } from "@kubelet-conformance/spec";
import { expect, onTestFinished, test } from "vitest";
import { createTransport } from "../target/transport.ts";
import { Broken, type Check } from "./check.ts";
import { execute, type ExecuteOptions } from "./execute.ts";
import { bareTarget, requirement } from "./requirement.support.ts";
import { stoppedAnsweringText } from "./stopped-answering.ts";

interface Mortal {
  url: string;
  /** Request lines in the order of their arrival. */
  seen: string[];
  /** Ends all connections and takes no more. */
  die: () => void;
}

/** A kubelet that answers `ok`, unless `answer` has done something else. */
async function mortal(answer: (path: string, response: http.ServerResponse, self: Mortal) => boolean | void): Promise<Mortal> {
  const server = http.createServer((request, response) => {
    self.seen.push(request.url ?? "");
    if (answer(request.url ?? "", response, self) !== true) response.end("ok");
  });
  server.on("upgrade", (request, socket) => {
    self.seen.push(request.url ?? "");
    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n", () => {
      socket.destroy();
      self.die();
    });
  });
  const die = (): void => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(die);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  const self: Mortal = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen: [], die };
  return self;
}

/** Requirements that `/1`, `/2` ... are answered with 200. */
const asked = (count: number, more: Partial<Requirement> = {}): Requirement[] =>
  Array.from({ length: count }, (_unused, index) =>
    requirement({ id: `test.${index + 1}`, exchange: { request: { target: `/${index + 1}` }, expect: { status: 200 } }, ...more }),
  );

async function run({ url }: Mortal, catalogue: readonly Requirement[], options: Partial<ExecuteOptions> = {}) {
  const transport = createTransport({ server: url, timeoutMs: 1_000 });
  onTestFinished(() => transport.close());
  const emitted: string[] = [];
  const execution = await execute({
    target: bareTarget({ server: url, credentials: { name: "credentials" } }),
    send: transport.send,
    catalogue,
    checkOf:
      ({ exchange }) =>
      async (context) =>
        void (exchange && (await context.exchange(exchange))),
    timeoutMs: 1_000,
    concurrency: 1,
    onEvent: (event) => event.type === "result" && emitted.push(event.result.id),
    ...options,
  });
  expect(execution.results.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
  expect(emitted.toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted());
  return { ...execution, verdicts: execution.results.map(({ verdict }) => verdict) };
}

const refused = "the connection was refused";

test("a kubelet that dies at work fails what it was asked; all that follows is blocked, and nothing more is sent", async () => {
  const kubelet = await mortal((path, _response, { die }) => void (path === "/3" && die()));
  const { verdicts, results, stoppedAnswering } = await run(kubelet, asked(100));
  expect(verdicts).toEqual(["passed", "passed", "failed", ...Array.from({ length: 97 }, () => "blocked")]);
  expect(results[2]).toMatchObject({ expected: "an answer", actual: "the connection was closed before an answer came (reset)" });
  expect(results[99]?.reason).toBe(`the kubelet stopped answering during test.3 (${refused})`);
  expect(stoppedAnswering).toEqual({ during: ["test.3"], seen: refused });
  expect(kubelet.seen).toEqual(["/1", "/2", "/3"]);
});

test("all checks that were at work are named, and only they fail", async () => {
  let waiting = 0;
  const kubelet = await mortal((_path, _response, { die }) => {
    if (++waiting === 4) die();
    return true;
  });
  const { verdicts, stoppedAnswering } = await run(kubelet, asked(50), { concurrency: 4 });
  expect(verdicts).toEqual(["failed", "failed", "failed", "failed", ...Array.from({ length: 46 }, () => "blocked")]);
  expect(stoppedAnswering?.during.toSorted()).toEqual(["test.1", "test.2", "test.3", "test.4"]);
});

test("what was not at work did not fail: the last that was checked is named instead", async () => {
  const { promise: dead, resolve } = Promise.withResolvers<void>();
  const kubelet = await mortal((path, response, { die }) => {
    if (path !== "/2") return;
    response.setHeader("Connection", "close");
    response.on("close", () => resolve(die()));
  });
  const { verdicts, stoppedAnswering } = await run(kubelet, asked(10), {
    checkOf:
      ({ id, exchange }) =>
      async (context) => {
        if (exchange) await context.exchange(exchange);
        if (id === "test.2") await dead;
      },
  });
  expect(verdicts).toEqual(["passed", "passed", ...Array.from({ length: 8 }, () => "blocked")]);
  expect(stoppedAnswering).toEqual({ during: [], after: "test.2", seen: refused });
});

test("a kubelet that hangs costs one check each that is at work, and no other request but the two looks", async () => {
  const kubelet = await mortal((path) => path !== "/1" && path !== "/2");
  const { verdicts, stoppedAnswering } = await run(kubelet, asked(200), { concurrency: 2 });
  expect(verdicts.slice(0, 2)).toEqual(["passed", "passed"]);
  // The second may be given up before its own limit has passed.
  expect(verdicts.filter((verdict) => verdict === "failed").length).toBeGreaterThan(0);
  expect(verdicts.slice(4)).toEqual(Array.from({ length: 196 }, () => "blocked"));
  expect(stoppedAnswering).toMatchObject({ during: expect.arrayContaining(["test.3", "test.4"]), seen: "no complete answer within 1 s" });
  expect(kubelet.seen.toSorted()).toEqual(["/1", "/2", "/3", "/4", "/healthz", "/kubelet-conformance-absent"]);
});

test.each(["/2", "/healthz"])("a kubelet that resets %s alone costs that one check", async (broken) => {
  const kubelet = await mortal((path, response) => {
    if (path === broken || path === "/2") response.destroy();
  });
  const { verdicts, stoppedAnswering } = await run(kubelet, asked(10));
  expect(verdicts).toEqual(["passed", "failed", ...Array.from({ length: 8 }, () => "passed")]);
  expect(stoppedAnswering).toBeUndefined();
  expect(kubelet.seen.filter((path) => path === "/healthz")).toHaveLength(1);
});

test.each([401, 500])("a kubelet that hangs on one route and answers others with %d is there", async (status) => {
  const kubelet = await mortal((path, response) => {
    response.statusCode = path.startsWith("/healthz") ? status : 200;
    return path === "/2";
  });
  const { verdicts, stoppedAnswering } = await run(kubelet, asked(6));
  expect(verdicts).toEqual(["passed", "failed", "passed", "passed", "passed", "passed"]);
  expect(stoppedAnswering).toBeUndefined();
});

test("a connection that breaks off after its upgrade is at work", async () => {
  const kubelet = await mortal(() => {});
  const stream: Check = async (context) => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const headers = { Connection: "Upgrade", Upgrade: "SPDY/3.1" };
    await context.send({ target: "/exec", headers, onUpgrade: (connection) => void connection.on("close", resolve).resume() });
    await closed;
    throw new Broken("a stream", "the end of the connection");
  };
  const catalogue = [requirement({ id: "test.stream" }), ...asked(5)];
  const { verdicts, stoppedAnswering } = await run(kubelet, catalogue, {
    checkOf: ({ exchange }) => (exchange ? async (context) => void (await context.exchange(exchange)) : stream),
  });
  expect(verdicts).toEqual(["failed", "blocked", "blocked", "blocked", "blocked", "blocked"]);
  expect(stoppedAnswering).toEqual({ during: ["test.stream"], seen: refused });
});

test("the silence of a kubelet that is gone satisfies no check that a refused connection would satisfy", async () => {
  const kubelet = await mortal((_path, _response, { die }) => die());
  const content: Check = async (context) => void (await context.send({ target: "/" }).catch(() => {}));
  const { verdicts, stoppedAnswering } = await run(kubelet, asked(3), { checkOf: () => content });
  expect(verdicts).toEqual(["blocked", "blocked", "blocked"]);
  expect(stoppedAnswering).toEqual({ during: [], seen: refused });
});

test.each([
  [[], "health.a", "after health.a"],
  [["a"], undefined, "during a"],
  [["a", "b", "c", "d", "e"], undefined, "during a, b, c and 2 more"],
])("%j and %j are told as %s", (during, after, told) => {
  expect(stoppedAnsweringText({ during, seen: "x", ...(after === undefined ? {} : { after }) })).toBe(`stopped answering ${told} (x)`);
});
