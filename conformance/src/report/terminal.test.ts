import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { RunEvent } from "./report.ts";
import { hostile, resultsOf, sampleReport, sampleTarget } from "./report.support.ts";
import { type Output, plainReporter, prettyReporter } from "./terminal.ts";
import { displayWidth } from "./width.ts";

function recorder(terminal: Partial<Output> = {}): Output & { text: string } {
  const out = { text: "", ...terminal, write: (text: string) => (out.text += text) };
  return out;
}

function eventsOf(text?: string): RunEvent[] {
  const report = sampleReport(text);
  const scenario = "a-scenario-with-a-long-name";
  const { length } = report.results;
  return [
    { type: "planned", target: sampleTarget, planned: length, scenario },
    ...report.results.map((result, index): RunEvent => ({ type: "result", result, done: index + 1, planned: length, scenario })),
    { type: "waiting", id: "node.status.reports", what: `the next report ${text ?? ""}`, seconds: 300, scenario },
    { type: "finished", report },
  ];
}

test.each([12, 20, 40, 80, 200])("a progress line never wraps on a terminal of %i columns", (columns) => {
  const out = recorder({ isTTY: true, columns });
  const reporter = prettyReporter(out, {}, () => 0);
  for (const event of eventsOf(hostile).slice(0, -1)) reporter(event);
  const lines = out.text.split("\r\u001b[2K").slice(1);
  expect(lines).toHaveLength(sampleReport().results.length + 1);
  for (const line of lines) expect(displayWidth(line)).toBeLessThan(columns);
});

test("elsewhere there are plain lines, one for each result", () => {
  const out = recorder();
  const reporter = plainReporter(out);
  for (const event of eventsOf()) reporter(event);
  expect(out.text).not.toMatch(/[\r\u001b]/);
  expect(out.text).toMatch(/^failed {9}checkpoint\.\S+: expected status 200, got 404 404 page not found$/m);
  expect(out.text).toMatch(/^waiting {8}node\.status\.reports: for the next report , about 5 min$/m);
});

test("failures come again at the end, worst first, each ready to paste into an issue", () => {
  const out = recorder();
  const reporter = plainReporter(out);
  for (const event of eventsOf().slice(-1)) reporter(event);
  const blocks = [...out.text.matchAll(/^```text\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  expect(blocks.map((block) => block.split(" ")[0])).toEqual(["suite-error", "failed", "failed"]);
  expect(blocks[1]?.split("\n")).toEqual([
    expect.stringMatching(/^failed {2}checkpoint\.\S+$/),
    expect.stringMatching(/^ {4}MUST /),
    "    expected status 200",
    "    got      404 404 page not found",
    "    request  GET /healthz/ping as credentials",
    `    curl     curl -sSi --path-as-is --http1.1 --cacert kubelet-ca.pem --cert client.pem --key client-key.pem -H 'Accept: */*' 'https://192.0.2.7:10250/healthz/ping'`,
    expect.stringMatching(/^ {4}again {4}kubelet-conformance run --server https:\/\/192\.0\.2\.7:10250 --focus checkpoint\.\S+$/),
    expect.stringMatching(
      /^ {4}version {2}kubelet v1\.36\.4 of node node1 at https:\/\/192\.0\.2\.7:10250, kubelet-conformance \S+, requirements of 1\.36$/,
    ),
    expect.stringMatching(/^ {4}source {3}/),
    expect.stringMatching(/^ {4}source {3}/),
    "",
  ]);
});

test("nothing that a kubelet sends reaches a terminal as a control character, or ends a fence", () => {
  for (const make of [plainReporter, (out: Output) => prettyReporter(out, {})]) {
    const out = recorder();
    const reporter = make(out);
    for (const event of eventsOf(hostile)) reporter(event);
    expect(out.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out.text.match(/^```/gm)).toHaveLength(2 * 3);
  }
  const terminal = recorder({ isTTY: true, columns: 80 });
  const reporter = prettyReporter(terminal, {});
  for (const event of eventsOf(hostile)) reporter(event);
  expect(stripVTControlCharacters(terminal.text)).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/);
});

test("results of one verdict keep their order", () => {
  const results = resultsOf(["failed", "passed", "failed"]);
  const out = recorder();
  plainReporter(out)({ type: "finished", report: sampleReport(undefined, { planned: results, results }) });
  expect([...out.text.matchAll(/^failed {2}(\S+)$/gm)].map(([, id]) => id)).toEqual([results[0]?.id, results[2]?.id]);
});
