import { expect, test } from "vitest";
import { deviations } from "./index.ts";

test("every summary goes on a sentence that begins with: a kubelet that", () => {
  const odd = Object.values(deviations).filter(({ summary }) => !/^[a-z].*[^.]$/.test(summary));
  expect(odd.map(({ summary }) => summary)).toEqual([]);
});
