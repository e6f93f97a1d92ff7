import { expect, test } from "vitest";
import { cutToWidth, displayWidth } from "./width.ts";

test("wide characters take two columns, combining ones none", () => {
  expect(["abc", "合格", "한국", "カナ", "e\u0301", "", "👍"].map(displayWidth)).toEqual([3, 4, 4, 4, 1, 0, 2]);
});

test("a cut text fits, whole characters only", () => {
  expect([0, 1, 4, 5, 6].map((columns) => cutToWidth("合格した", columns))).toEqual(["", "…", "合…", "合格…", "合格…"]);
  expect(cutToWidth("abc", 3)).toBe("abc");
});
