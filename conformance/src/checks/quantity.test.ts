import { expect, test } from "vitest";
import { quantity } from "./quantity.ts";

test.each([
  ["110", 110],
  ["264212084Ki", 270553174016],
  ["100m", 0.1],
  ["1.5Gi", 1610612736],
  ["2e3", 2000],
  ["-1", -1],
  ["12E", 12e18],
  ["1 Gi", undefined],
  ["Gi", undefined],
  ["1K", undefined],
  ["", undefined],
  [undefined, undefined],
])("%j stands for %j", (text, number) => {
  expect(quantity(text)).toBe(number);
});
