import { expect, test } from "vitest";
import { twoWayPatch } from "./two-way-patch.ts";

const keys = { "status.conditions": "type" };
const ready = { type: "Ready", status: "False", reason: "A" };
const memory = { type: "MemoryPressure", status: "False" };

test("equal objects need no patch", () => {
  expect(twoWayPatch({ a: { b: [1] } }, { a: { b: [1] } }, keys)).toEqual({});
});

test("members are set, changed and removed", () => {
  expect(twoWayPatch({ a: 1, b: { c: 1, d: 2 }, e: [1] }, { b: { c: 1, d: 3 }, e: [1, 2], f: "new" }, keys)).toEqual({
    a: null,
    b: { d: 3 },
    e: [1, 2],
    f: "new",
  });
});

test("of a list with a key only the changed items are written, and the order of all", () => {
  const patch = twoWayPatch(
    { status: { conditions: [memory, ready] } },
    { status: { conditions: [memory, { ...ready, status: "True" }] } },
    keys,
  );
  expect(patch).toEqual({
    status: {
      "$setElementOrder/conditions": [{ type: "MemoryPressure" }, { type: "Ready" }],
      conditions: [{ type: "Ready", status: "True" }],
    },
  });
});

test("an item that is gone is deleted, a list that is new is written as it is", () => {
  expect(twoWayPatch({ status: { conditions: [memory, ready] } }, { status: { conditions: [ready] } }, keys)).toEqual({
    status: {
      "$setElementOrder/conditions": [{ type: "Ready" }],
      conditions: [{ $patch: "delete", type: "MemoryPressure" }],
    },
  });
  expect(twoWayPatch({ status: {} }, { status: { conditions: [ready] } }, keys)).toMatchObject({ status: { conditions: [ready] } });
});
