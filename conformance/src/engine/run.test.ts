import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Requirement } from "@kubelet-conformance/spec";
import { afterEach, describe, expect, test } from "vitest";
import type { Target } from "../target/target.ts";
import { createTransport } from "../target/transport.ts";
import { afresh, Broken, type Check } from "./check.ts";
import { execute, type ExecuteOptions } from "./execute.ts";
import { bareTarget, requirement } from "./requirement.support.ts";
import { exitCode, summarize } from "./verdicts.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function server(answer: http.RequestListener): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const listening = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  closers.push(() => {
    listening.closeAllConnections();
    listening.close();
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, seen };
}

/** Runs a catalogue of made-up requirements; those without an exchange use the check of the same id. */
async function run(
  url: string,
  catalogue: readonly Requirement[],
  checks: Record<string, Check> = {},
  more: Partial<ExecuteOptions> & { offers?: Partial<Target> } = {},
) {
  const transport = createTransport({ server: url, timeoutMs: 500 });
  closers.push(() => transport.close());
  const target = bareTarget({ server: url, credentials: { name: "credentials" }, ...more.offers });
  const checkOf = ({ id, exchange }: Requirement): Check =>
    checks[id] ?? (async (context) => void (exchange && (await context.exchange(exchange))));
  return execute({ target, send: transport.send, catalogue, checkOf, timeoutMs: 500, ...more });
}

const ok: http.RequestListener = (_request, response) => response.end("ok");
const ask = (target: string, more: Partial<Requirement> = {}): Requirement =>
  requirement({ id: `test${target.replaceAll("/", ".")}`, exchange: { request: { target }, expect: { status: 200 } }, ...more });

describe("verdicts", () => {
  test("a broken MUST fails, a broken SHOULD warns, a MAY that is not taken up does not apply", async () => {
    const { url } = await server((_request, response) => response.writeHead(500).end("no"));
    const { results } = await run(url, [ask("/a"), ask("/b", { level: "SHOULD" }), ask("/c", { level: "MAY" })]);
    expect(results.map(({ verdict }) => verdict)).toEqual(["failed", "warned", "not-applicable"]);
    expect(results[0]).toMatchObject({ expected: "status 200", actual: '500 with body "no"' });
  });

  test("what differs under should warns, under the same id", async () => {
    const { url } = await server(ok);
    const { results } = await run(url, [
      requirement({ exchange: { request: { target: "/" }, expect: { status: 200, should: { text: "OK" } } } }),
    ]);
    expect(results).toMatchObject([{ id: "test.one", verdict: "warned", expected: 'the body "OK"', actual: '"ok"' }]);
  });

  test("no answer is the requirement's failure, with the exchange as evidence", async () => {
    const { url } = await server((request) => request.socket.destroy());
    const { results } = await run(url, [ask("/a")]);
    expect(results).toMatchObject([{ verdict: "failed", expected: "an answer", exchanges: [{ error: { code: "reset" } }] }]);
  });

  test("a check that breaks is the suite's fault: exit 2", async () => {
    const { url } = await server(ok);
    const { results } = await run(url, [ask("/a"), requirement({ id: "test.b" })], {
      "test.b": async () => {
        throw new TypeError("oops");
      },
    });
    expect(results[1]).toMatchObject({ verdict: "suite-error", reason: "the check itself broke: oops" });
    expect(exitCode({ summary: summarize(results, 2) })).toBe(2);
  });

  test("a check may find out that the requirement does not apply", async () => {
    const { url } = await server(ok);
    const { results } = await run(url, [requirement()], { "test.one": async (context) => context.notApplicable("no pods") });
    expect(results).toMatchObject([{ verdict: "not-applicable", reason: "no pods" }]);
  });

  test.each([
    [["passed"], 1, {}, "conformant", 0],
    [["passed", "failed"], 2, {}, "not-conformant", 1],
    [["passed", "warned"], 2, {}, "conformant", 0],
    [["passed", "warned"], 2, { strict: true }, "not-conformant", 1],
    [["passed", "blocked"], 2, {}, "incomplete", 0],
    [["passed", "blocked"], 2, { requireComplete: true }, "incomplete", 1],
    [["passed", "known-failure"], 2, {}, "conformant", 0],
    [["passed", "suite-error"], 2, {}, "incomplete", 2],
    [["passed"], 2, {}, "incomplete", 2],
    [["blocked", "not-applicable"], 2, {}, "incomplete", 2],
    [[], 0, {}, "incomplete", 2],
  ] as const)("%j of %d planned under %j is %s and exit %d", (verdicts, planned, strictness, verdict, code) => {
    const summary = summarize(
      verdicts.map((one) => ({ verdict: one })),
      planned,
      strictness,
    );
    expect([summary.verdict, exitCode({ summary }, strictness)]).toEqual([verdict, code]);
  });
});

describe("a run", () => {
  test("keeps its time limit: a body that never ends costs one check", async () => {
    const { url } = await server((request, response) => {
      if (request.url !== "/endless") return void response.end("ok");
      response.write("x");
      const drip = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(drip));
    });
    const { results } = await run(url, [ask("/endless"), ask("/fine")]);
    expect(results).toMatchObject([{ verdict: "failed", actual: "no complete answer within 0.5 s (timeout)" }, { verdict: "passed" }]);
  });

  test("ends a check that goes on and on", async () => {
    const { url } = await server(ok);
    const { results } = await run(url, [requirement()], { "test.one": () => new Promise(() => {}) }, { timeoutMs: 50 });
    expect(results).toMatchObject([{ verdict: "failed", expected: "an end of the check", actual: "none within 0.15 s" }]);
  });

  test("reports in the order of the plan, whatever finishes first", async () => {
    const waiting: http.ServerResponse[] = [];
    const { url } = await server((request, response) => {
      if (request.url === "/first") waiting.push(response);
      else {
        response.end("ok");
        for (const late of waiting) late.end("ok");
      }
    });
    const done: string[] = [];
    const { results } = await run(
      url,
      [ask("/first"), ask("/second")],
      {},
      { onEvent: (event) => event.type === "result" && done.push(event.result.id) },
    );
    expect(done).toEqual(["test.second", "test.first"]);
    expect(results.map(({ id }) => id)).toEqual(["test.first", "test.second"]);
  });

  test("stops after so many failures and says what it did not do", async () => {
    const { url, seen } = await server((_request, response) => response.writeHead(500).end());
    const catalogue = Array.from({ length: 10 }, (_unused, index) => ask(`/${index}`));
    const { results } = await run(url, catalogue, {}, { maxFailures: 2, concurrency: 1 });
    expect(results.map(({ verdict }) => verdict)).toEqual(["failed", "failed"]);
    expect(seen).toHaveLength(2);
    expect(summarize(results, catalogue.length)).toMatchObject({ verdict: "not-conformant", planned: 10, emitted: 2 });
  });

  test("can be stopped from outside and keeps what it has", async () => {
    const controller = new AbortController();
    const { url } = await server((request, response) => {
      if (request.url === "/hang") controller.abort();
      else response.end("ok");
    });
    const { results } = await run(url, [ask("/a"), ask("/hang"), ask("/b")], {}, { signal: controller.signal, concurrency: 1 });
    expect(results.map(({ id }) => id)).toEqual(["test.a"]);
  });

  test("runs what makes checkpoints alone, after the rest", async () => {
    let under = 0;
    const overlaps: number[] = [];
    const { url } = await server((request, response) => {
      under++;
      if (request.url?.startsWith("/alone")) overlaps.push(under);
      setImmediate(() => {
        under--;
        response.end("ok");
      });
    });
    const alone = ["/alone", "/alone/again"].map((target) => ask(target, { needs: ["checkpoint"] }));
    const others = Array.from({ length: 8 }, (_unused, index) => ask(`/${index}`));
    const { results } = await run(url, [...alone, ...others], {}, { offers: { checkpoint: { namespace: "n", pod: "p", container: "c" } } });
    expect(overlaps).toEqual([1, 1]);
    expect(results.map(({ id }) => id).slice(0, 2)).toEqual(["test.alone", "test.alone.again"]);
  });

  test("hides a token that the kubelet echoes", async () => {
    const { url } = await server((_request, response) => response.writeHead(400).end("your token is t0ps3cret"));
    const offers = { credentials: { name: "credentials", authorization: "Bearer t0ps3cret" } };
    const { results } = await run(url, [requirement({ exchange: { request: { target: "/" }, expect: { text: "ok" } } })], {}, { offers });
    expect(JSON.stringify(results)).not.toContain("t0ps3cret");
    expect(results[0]?.actual).toBe('"your token is [redacted]"');
  });
});

describe("what several checks look at", () => {
  test("is asked for once and is evidence in each of them", async () => {
    const { url, seen } = await server(ok);
    const look: Check = async (context) => void (await context.read({ target: "/a" }));
    const { results } = await run(url, [ask("/a"), requirement({ id: "test.b" }), ask("/a", { id: "test.c" })], { "test.b": look });
    expect(results).toMatchObject(Array.from({ length: 3 }, () => ({ verdict: "passed", exchanges: [{ request: { target: "/a" } }] })));
    expect(seen).toEqual(["GET /a"]);
  });

  test("is asked for again by a check for which the moment matters, and where the request differs", async () => {
    const { url, seen } = await server(ok);
    const compare: Check = async (context) => {
      for (let count = 0; count < 2; count++) await afresh(context).read({ target: "/a" });
      await context.read({ target: "/a", client: "none" });
      await context.read({ target: "/a", headers: { Accept: "text/plain" } });
    };
    await run(url, [ask("/a"), requirement({ id: "test.b" })], { "test.b": compare });
    expect(seen).toEqual(Array.from({ length: 5 }, () => "GET /a"));
  });

  test("fails all of them when no answer comes", async () => {
    const { url } = await server((request) => request.socket.destroy());
    const { results } = await run(url, [ask("/a"), ask("/a", { id: "test.b" })]);
    const failed = { verdict: "failed", expected: "an answer", exchanges: [{ error: { code: "reset" } }] };
    expect(results).toMatchObject([failed, failed]);
  });
});

describe("without leave to checkpoint", () => {
  const running = { namespace: "n", pod: "p", container: "c" };
  const reckless = requirement({
    exchange: { request: { method: "POST", target: "/checkpoint/$namespace/$pod/$container" }, expect: { status: 200 } },
  });

  test.each(["/checkpoint/n/p/c", "/checkpoint//n/./p/c/?timeout=1", "/checkpoint/n/%70/c"])(
    "nothing is sent to %s of a running container",
    async (target) => {
      const { url, seen } = await server(ok);
      const entry = requirement({ exchange: { request: { method: "POST", target }, expect: { status: 200 } } });
      const { results } = await run(url, [entry], {}, { offers: { running } });
      expect(results).toMatchObject([{ verdict: "blocked", reason: expect.stringContaining("--checkpoint") }]);
      expect(seen).toEqual([]);
    },
  );

  test("with leave it is, and the archive is listed as left over", async () => {
    const { url, seen } = await server((_request, response) => response.end('{"items":["/x/a.tar"]}'));
    const { results, leftovers } = await run(url, [reckless], {}, { offers: { running, checkpoint: running } });
    expect(results).toMatchObject([{ verdict: "passed" }]);
    expect([seen, leftovers]).toEqual([["POST /checkpoint/n/p/c"], ["/x/a.tar"]]);
  });

  test("another container that was declared may be checkpointed, too", async () => {
    const { url, seen } = await server((_request, response) => response.end('{"items":["/x/b.tar"]}'));
    const check: Check = async (context) => void (await context.send({ method: "POST", target: "/checkpoint/n/p/d" }));
    const offers = { running: { ...running, container: "d" }, checkpoint: running, second: { ...running, container: "d" } };
    const { results } = await run(url, [requirement({ id: "test.a", needs: ["second-container"] })], { "test.a": check }, { offers });
    expect([results[0]?.verdict, seen]).toEqual(["passed", ["POST /checkpoint/n/p/d"]]);
  });

  test("files that no answer names, and figures, are reported, but never what a container logs", async () => {
    const { url } = await server((_request, response) => response.end("2026-11-21T12:00:00Z password: hunter2\n"));
    const check: Check = async (context) => {
      await context.send({ target: "/containerLogs/n/p/c?tailLines=50" });
      context.leftover("/x/part.tar");
      context.measure("pauseMs", 12);
    };
    const { results, leftovers } = await run(url, [requirement({ id: "test.a" })], { "test.a": check });
    expect(results[0]).toMatchObject({ verdict: "passed", measured: { pauseMs: 12 } });
    expect(results[0]?.exchanges[0]?.response).toMatchObject({ body: "(39 bytes, not shown)", bodyBytes: 39 });
    expect(leftovers).toEqual(["/x/part.tar"]);
  });

  test("the archive is made once for all checks", async () => {
    const { url, seen } = await server((_request, response) => response.end('{"items":["/../../etc/a.tar"]}'));
    const paths: (string | undefined)[] = [];
    const check: Check = async (context) => {
      const { path, localPath } = await context.archive();
      paths.push(path, localPath);
      if (path === "") throw new Broken("a path", "none");
    };
    const catalogue = ["test.a", "test.b"].map((id) => requirement({ id, needs: ["checkpoint"] }));
    await run(url, catalogue, { "test.a": check, "test.b": check }, { offers: { checkpoint: running, nodeRoot: "/node" } });
    expect(seen).toHaveLength(1);
    expect(paths).toEqual(["/../../etc/a.tar", "/node/etc/a.tar", "/../../etc/a.tar", "/node/etc/a.tar"]);
  });
});
