import { expect, it } from "vitest";
import { isDecidedByChance, outOfScope } from "./scope.ts";

const clients = new Set(["admin", "none"]);

it.each([
  "checkpoint.ok",
  "authn.none.pods",
  "healthz-port.verbose",
  "readonly.GET.pods",
  "sample.pods-query",
  "sample.configz",
  "sample.stats-cpu",
  "sample.metrics-gzip",
  "route.new",
])("compares %s", (id) => {
  expect(outOfScope(id, { method: "GET", path: "/" }, clients)).toBeUndefined();
});

it.each([
  ["unheard.of", {}],
  ["route.new", { as: "nobody" }],
  ["route.new", { port: 10256 }],
])("does not compare %s with %j, and says why", (id, request) => {
  expect(outOfScope(id, { method: "GET", path: "/", ...request }, clients)).toMatch(/./);
});

it("knows that /metrics/slis is on either port up to 1.29", () => {
  const request = { method: "DELETE", path: "/metrics/slis" };
  expect(isDecidedByChance("1.28", request, [200, 404])).toBe(true);
  expect(isDecidedByChance("1.28", request, [200, 500])).toBe(false);
  expect(isDecidedByChance("1.30", request, [200, 404])).toBe(false);
  expect(isDecidedByChance("1.28", { ...request, path: "/metrics" }, [200, 404])).toBe(false);
});
