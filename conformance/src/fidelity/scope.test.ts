import { expect, it } from "vitest";
import { isDecidedByChance, outOfScope } from "./scope.ts";

const clients = new Set(["admin", "none"]);

it("compares every request that can be sent", () => {
  expect(outOfScope({ method: "GET", path: "/" }, clients)).toBeUndefined();
  expect(outOfScope({ method: "GET", path: "/", as: "none", port: 10255 }, clients)).toBeUndefined();
});

it.each([[{ as: "nobody" }], [{ port: 10256 }]])("does not compare %j, and says why", (request) => {
  expect(outOfScope({ method: "GET", path: "/", ...request }, clients)).toMatch(/./);
});

it("knows that /metrics/slis is on either port up to 1.29", () => {
  const request = { method: "DELETE", path: "/metrics/slis" };
  expect(isDecidedByChance("1.28", request, [200, 404])).toBe(true);
  expect(isDecidedByChance("1.28", request, [200, 500])).toBe(false);
  expect(isDecidedByChance("1.30", request, [200, 404])).toBe(false);
  expect(isDecidedByChance("1.28", { ...request, path: "/metrics" }, [200, 404])).toBe(false);
});
