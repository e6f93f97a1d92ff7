import { expect, test } from "vitest";
import { holds } from "./conditions.ts";

const long = "a".repeat(10_000);

test.each([
  ["/stats/*", "/stats/summary", true],
  ["*", "/", true],
  ["/pods", "/pods/", false],
  ["/a*a", "/a", false],
  ["/*/b*c", "/x/bb/c", true],
  ["/*/b*c", "/x/c/b", false],
  ["/a.c", "/abc", false],
  // With a regular expression it took centuries to find out.
  ["/*a*a*a*a*a*b", `/${long}`, false],
])("the path %s, asked with %.20s: %s", (path, asked, is) =>
  expect(holds({ path }, { method: "GET", path: asked, query: "", headers: {} }, undefined)).toBe(is),
);
