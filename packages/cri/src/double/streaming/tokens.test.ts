import { expect, test } from "vitest";
import { createTokens } from "./tokens.ts";

test("a token has eight characters and is good once, for a minute", () => {
  let now = 0;
  const tokens = createTokens<string>(() => now);
  const [first, second] = [tokens.insert("first"), tokens.insert("second")];
  expect(first).toMatch(/^[\w-]{8}$/);
  expect(tokens.consume(first)).toBe("first");
  expect(tokens.consume(first)).toBeUndefined();
  now = 60_001;
  expect(tokens.consume(second)).toBeUndefined();
});

test("at most a thousand requests wait, those too old not counted", () => {
  let now = 0;
  const tokens = createTokens<number>(() => now);
  for (let index = 0; index < 1000; index += 1) tokens.insert(index);
  expect(() => tokens.insert(1000)).toThrow("maximum number of in-flight requests exceeded");
  now = 60_001;
  expect(tokens.insert(1000)).toMatch(/^[\w-]{8}$/);
});
