import { expect, test } from "vitest";
import { mergePatch } from "./merge-patch.ts";
import { strategicMerge } from "./strategic-merge.ts";

const condition = (type: string, status: string) => ({ type, status });

test("conditions are merged by type, put into the given order, and deleted by directive", () => {
  const node = { status: { conditions: [condition("A", "1"), condition("X", "1"), condition("B", "1")] } };
  const patch = {
    status: {
      "$setElementOrder/conditions": [{ type: "C" }, { type: "B" }, { type: "A" }],
      conditions: [condition("B", "2"), condition("C", "2"), { type: "X", $patch: "delete" }],
    },
  };
  expect(strategicMerge("Node", node, patch)).toEqual({
    status: { conditions: [condition("C", "2"), condition("B", "2"), condition("A", "1")] },
  });
});

test("an item that the patch does not list keeps its place", () => {
  const node = { status: { conditions: [condition("A", "1"), condition("X", "1"), condition("B", "1")] } };
  const patch = { status: { "$setElementOrder/conditions": [{ type: "B" }, { type: "A" }] } };
  expect(strategicMerge("Node", node, patch)).toEqual({
    status: { conditions: [condition("B", "1"), condition("X", "1"), condition("A", "1")] },
  });
});

test("a list with a replace directive replaces the list, as the kubelet does with its addresses", () => {
  const address = (type: string, text: string) => ({ type, address: text });
  const node = { status: { addresses: [address("InternalIP", "192.0.2.1"), address("Hostname", "n")] } };
  const patch = { status: { addresses: [address("Hostname", "n"), { $patch: "replace" }] } };
  expect(strategicMerge("Node", node, patch)).toEqual({ status: { addresses: [address("Hostname", "n")] } });
});

test("lists without a key are replaced, sets are united, null removes", () => {
  const pod = {
    metadata: { finalizers: ["a", "b"], labels: { x: "1", y: "2" } },
    status: { containerStatuses: [{ name: "a" }], podIPs: [{ ip: "192.0.2.1" }] },
  };
  const patch = {
    metadata: { "$deleteFromPrimitiveList/finalizers": ["a"], finalizers: ["c"], labels: { x: null, z: "3" } },
    status: { containerStatuses: [{ name: "b" }], podIPs: [{ ip: "192.0.2.2" }] },
  };
  expect(strategicMerge("Pod", pod, patch)).toEqual({
    metadata: { finalizers: ["b", "c"], labels: { y: "2", z: "3" } },
    status: { containerStatuses: [{ name: "b" }], podIPs: [{ ip: "192.0.2.1" }, { ip: "192.0.2.2" }] },
  });
});

test("retained keys, whole replacements, and nulls in what is new", () => {
  const pod = { spec: { volumes: [{ name: "v", emptyDir: {}, other: 1 }], securityContext: { a: 1 } } };
  const patch = {
    spec: {
      volumes: [{ $retainKeys: ["name", "hostPath"], name: "v", hostPath: { path: "/", type: null } }],
      securityContext: { $patch: "replace", b: 2 },
    },
  };
  expect(strategicMerge("Pod", pod, patch)).toEqual({
    spec: { volumes: [{ name: "v", hostPath: { path: "/" } }], securityContext: { b: 2 } },
  });
});

test("an item without its merge key is refused", () => {
  expect(() => strategicMerge("Node", {}, { status: { conditions: [{ status: "True" }] } })).toThrow(
    "does not contain declared merge key: type",
  );
});

test("a merge patch replaces lists and removes nulls", () => {
  expect(mergePatch({ a: [1], b: { c: 1, d: 2 }, e: 1 }, { a: [2], b: { c: null }, f: { g: null, h: 1 } })).toEqual({
    a: [2],
    b: { d: 2 },
    e: 1,
    f: { h: 1 },
  });
});
