import { expect, test } from "vitest";
import { readWish } from "./wish.ts";

test.each([
  ["code=404, example=unknown-pod", { code: 404, example: "unknown-pod" }],
  ['Code = "404" ; delay="250"', { code: 404, delay: 250 }],
  ["dynamic, respond-async, wait=10", { dynamic: true }],
  // With a regular expression it took minutes to find out.
  [`respond-async=${" ".repeat(10_000)}"x"y, code=503`, { code: 503 }],
])("reads Prefer: %.40s", (header, wish) => expect(readWish(header, "")).toEqual(wish));
