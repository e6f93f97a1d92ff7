import { expect, test } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

test.each([
  ["2m", "2m0s"],
  ["1.5h", "1h30m0s"],
  ["500ms", "500ms"],
  ["0", "0s"],
  ["1h0m1s", "1h0m1s"],
  ["-10s", "-10s"],
  ["1us", "1µs"],
  ["90s", "1m30s"],
])("%s is written %s", (text, written) => {
  expect(formatDuration(parseDuration(text) ?? Number.NaN)).toBe(written);
});

test.each(["", "10", "abc", "1d", "10 s", "s", "1h2"])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
