import { expect, it } from "vitest";
import { nearest } from "./nearest.ts";

it.each([
  ["sever", ["server", "token"], "server"],
  ["checkpoint.response", ["checkpoint.response.ok", "checkpoint.response.items"], "checkpoint.response.ok"],
  ["xyz", ["server", "token"], undefined],
  ["", ["server"], undefined],
])("takes %j for %j -> %j", (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});
