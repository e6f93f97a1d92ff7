import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exampleHosts, quote } from "../cli/example.ts";
import type { RecordedExchange } from "../engine/record.ts";
import { exchangeWith, resultsOf, sampleReport } from "./report.support.ts";
import { reproduction, requestLine } from "./reproduce.ts";

const run = promisify(execFile);
const exchange = exchangeWith("x");

function sent(change: Partial<RecordedExchange["request"]>): string | undefined {
  return requestLine({ ...exchange, request: { ...exchange.request, headers: [], ...change } }, exampleHosts);
}

test("a curl line has the identity, the headers, the body and the listener of its request", () => {
  expect(
    sent({
      client: "identity:proxy",
      method: "POST",
      headers: [
        ["A", "1"],
        ["A", "2"],
      ],
      body: "it's",
    }),
  ).toBe(
    `curl -sSi --path-as-is -X POST --http1.1 --cacert kubelet-ca.pem -H "Authorization: Bearer $(cat token-proxy)" -H 'A: 1' -H 'A: 2' --data-raw 'it'\\''s' 'https://NODE:10250/healthz/ping'`,
  );
  expect(sent({ client: "none", listener: "read-only" })).toBe("curl -sSi --path-as-is --http1.1 'http://NODE:10255/healthz/ping'");
  const response = { ...exchange.response!, httpVersion: "2.0" };
  expect(requestLine({ ...exchange, response }, exampleHosts)).toContain(" --http2 ");
});

test("a request of which the record holds a part has no line; bytes that are none go through openssl or nc", () => {
  expect(sent({ body: "a…" })).toBeUndefined();
  const raw = { raw: true, body: "GET /%41 HTTP/1.0\r\n\r\n" } as const;
  expect(sent(raw)).toBe(
    String.raw`printf $'GET /%%41 HTTP/1.0\r\n\r\n' | openssl s_client -quiet -connect node:10250 -cert client.pem -key client-key.pem`,
  );
  expect(sent({ ...raw, listener: "healthz" })).toBe(String.raw`printf $'GET /%%41 HTTP/1.0\r\n\r\n' | nc 127.0.0.1 10248`);
});

test("the kubelets of a testbed are gone: their requests go to a node that the reader names", () => {
  const [result] = resultsOf(["failed"]);
  const scenarios = [
    { name: "default", verdict: "passed" as const },
    { name: "gate-off", verdict: "failed" as const },
  ];
  const { again, requests } = reproduction({ ...result!, scenarios }, sampleReport());
  expect(again).toBe(`kubelet-conformance testbed --scenario gate-off --focus ${result?.id}`);
  expect(requests).toEqual([expect.stringMatching(/ 'https:\/\/NODE:10250\/healthz\/ping'$/)]);
});

test("a shell takes a quoted word for what it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom(...Array.from("'\\$`\"!%\n\r\t\u001b\u007f aé長")) }), async (text) => {
      const { stdout } = await run("bash", ["-c", `printf %s ${quote(text)}`], { env: { LC_ALL: "C.UTF-8", PATH: process.env["PATH"] } });
      expect(stdout).toBe(text);
    }),
    { numRuns: 40 },
  );
});
