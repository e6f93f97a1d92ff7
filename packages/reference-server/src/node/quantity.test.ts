import { expect, test } from "vitest";
import { formatQuantity, minus, parseQuantity, quantity } from "./quantity.ts";

test.each([
  [quantity(2), "2"],
  [quantity(24_684_084 * 1024, "binary"), "24684084Ki"],
  [quantity(4 * 1024 ** 3, "binary"), "4Gi"],
  [quantity(1023, "binary"), "1023"],
  [quantity(270_553_174_016), "270553174016"],
  [quantity(3_000_000), "3M"],
  [quantity(0, "binary"), "0"],
])("%o is written %s", (value, text) => {
  expect(formatQuantity(value)).toBe(text);
});

test.each([
  ["100m", 100n],
  ["1.5", 1500n],
  ["1Ki", 1_024_000n],
  ["2e3", 2_000_000n],
])("%s is %d thousandths", (text, milli) => {
  expect(parseQuantity(text)?.milli).toBe(milli);
});

test("what is no quantity is none, and nothing becomes less than nothing", () => {
  for (const text of ["", "1Kb", "-", "1 Gi"]) expect(parseQuantity(text)).toBeUndefined();
  expect(formatQuantity(minus(quantity(1), quantity(2)))).toBe("0");
  expect(formatQuantity(minus(quantity(2), { milli: 100n, form: "decimal" }))).toBe("1900m");
});
