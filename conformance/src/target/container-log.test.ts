import { expect, test } from "vitest";
import { gapsOf, logTarget, logTimes, longestSilence, median } from "./container-log.ts";
import { type Send, WireError, type WireResponse } from "./wire.ts";

const container = { namespace: "default", pod: "p", container: "c" };
const client = { name: "credentials" };

function answer(body: string, more: Partial<WireResponse> = {}): WireResponse {
  return { status: 200, reason: "OK", headers: [], body: Buffer.from(body), httpVersion: "1.1", durationMs: 1, ...more };
}

/** Log lines at these seconds of one minute. */
function log(...seconds: number[]): string {
  return seconds.map((second) => `2026-11-21T12:00:${second.toFixed(3).padStart(6, "0")}456789Z tick\n`).join("");
}

/** Answers one after another; the last one again and again. */
function sending(...answers: WireResponse[]): Send {
  return async () => (answers.length > 1 ? answers.shift() : answers[0]) ?? answer("");
}

test("times of lines, whatever the zone; what is no log has none", () => {
  expect(logTimes(answer("2026-11-21T12:00:01.5+02:00 a\n2026-11-21T10:00:03Z b c\n"))).toEqual([
    Date.parse("2026-11-21T10:00:01.5Z"),
    Date.parse("2026-11-21T10:00:03Z"),
  ]);
  expect(logTimes(answer("unable to retrieve container logs for containerd://1"))).toBeUndefined();
  expect(logTimes(answer(""))).toBeUndefined();
  expect(logTimes(answer(log(1), { status: 404 }))).toBeUndefined();
});

test("the usual gap", () => {
  expect(median(gapsOf([0, 1000, 2000, 9000]))).toBe(1000);
  expect(median([])).toBe(0);
});

test("names are escaped", () => {
  expect(logTarget({ ...container, pod: "a/b" })).toBe("/containerLogs/default/a%2Fb/c?tailLines=50&timestamps=true");
});

test("a log that grows several times a second: ten seconds; a slower one is not watched unasked", async () => {
  expect(await longestSilence(sending(answer(log(1, 2)), answer(log(1, 2, 3))), container, client)).toBeUndefined();
  expect(
    await longestSilence(sending(answer(log(1, 1.1, 1.2)), answer(log(1, 1.1, 1.2)), answer(log(1, 1.1, 1.2, 1.3))), container, client),
  ).toBe(10_000);
});

test.each([
  ["has been silent by the node's own clock", answer(log(1), { headers: [["Date", "Sat, 21 Nov 2026 12:00:30 GMT"]] })],
  ["is empty", answer("")],
  ["cannot be read", answer("Forbidden", { status: 403 })],
])("a log that %s does not grow", async (_what, only) => {
  expect(await longestSilence(sending(only), container, client)).toBeUndefined();
});

test("no answer is no growth", async () => {
  const failing: Send = () => Promise.reject(new WireError("reset", "gone"));
  expect(await longestSilence(failing, container, client)).toBeUndefined();
});
