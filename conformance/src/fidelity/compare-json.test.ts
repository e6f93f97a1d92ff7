import { expect, it } from "vitest";
import { compareJson } from "./compare-json.ts";

it("names every member that differs, is missing or is too much", () => {
  const recorded = { items: [{ status: { phase: "Pending", reason: null } }], kind: "PodList" };
  const answered = { items: [{ status: { phase: "Running" } }, {}], kind: "PodList" };
  expect(compareJson(recorded, answered)).toEqual([
    { path: ".items[0].status.phase", recorded: "Pending", answered: "Running" },
    { path: ".items[0].status.reason", recorded: null, answered: undefined },
    { path: ".items[1]", recorded: undefined, answered: {} },
  ]);
});

it("minds the order of members", () => {
  expect(compareJson({ a: 1, b: { c: 1, d: 2 } }, { a: 1, b: { d: 2, c: 1 } })).toEqual([
    { path: ".b (order)", recorded: "c d", answered: "d c" },
  ]);
});

it("tells a value from another type of it", () => {
  expect(compareJson([1], ["1"])).toHaveLength(1);
  expect(compareJson([], {})).toHaveLength(1);
  expect(compareJson({ a: [null] }, { a: [null] })).toEqual([]);
});
