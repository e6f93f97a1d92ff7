import { expect, test } from "vitest";
import { createSpecification } from "./specification.ts";

/** As real kubelets of 1.36 and 1.29 do, in recordings. */
test.each([
  ["1.36", "/pods", "operation"],
  ["1.36", "/pods/", "operation"],
  ["1.36", "/logs/a/b.log", "operation"],
  ["1.36", "/debug/pprof/symbol/", "wrong-shape"],
  ["1.36", "/debug/pprof", "redirect"],
  ["1.36", "/debug/requests", "not-found"],
  ["1.36", "/debug", "not-found"],
  ["1.36", "/stats", "redirect"],
  ["1.36", "/stats/", "wrong-shape"],
  ["1.36", "/runningpods", "redirect"],
  ["1.36", "/checkpoint", "redirect"],
  ["1.29", "/checkpoint", "wrong-shape"],
  ["1.36", "/attach", "wrong-shape"],
  ["1.36", "/nothing", "not-found"],
  ["1.36", "//pods", "redirect"],
] as const)("a kubelet of %s makes of %s: %s", (minor, path, kind) => {
  expect(createSpecification(minor).route("GET", path).kind).toBe(kind);
});
