import { expect, test } from "vitest";
import { decodeBytes, encodeText, quote } from "./bytes.ts";

test.each(["", "abc", "é€😀", "\xff"])("%j survives as bytes", (text) => {
  for (const bytes of [Buffer.from(text), Buffer.from(text, "latin1"), Buffer.concat([Buffer.of(0xf0, 0x9f), Buffer.from(text)])]) {
    expect(encodeText(decodeBytes(bytes))).toEqual(bytes);
  }
});

test("a text is quoted as strconv.Quote does", () => {
  expect(quote('a"\\\n\t\u0007é')).toBe('"a\\"\\\\\\n\\t\\aé"');
  expect(quote("\0\x7f\u0085\u2028\ufeff😀\u{e0001}")).toBe('"\\x00\\x7f\\u0085\\u2028\\ufeff😀\\U000e0001"');
  expect(quote(decodeBytes(Buffer.of(0xe9)))).toBe('"\\xe9"');
});
