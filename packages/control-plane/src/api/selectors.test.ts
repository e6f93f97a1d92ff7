import { expect, test } from "vitest";
import { fieldMatcher, labelMatcher } from "./selectors.ts";

const object = { metadata: { name: "x", labels: { app: "web", tier: "front" } }, spec: { nodeName: "n1", clusterIP: "None" } };

test.each([
  ["", true],
  ["metadata.name=x", true],
  ["metadata.name==x,spec.nodeName=n2", false],
  ["spec.clusterIP!=None", false],
  ["spec.absent=", true],
  ["spec.absent!=a", true],
])("fields %j: %s", (selector, expected) => {
  expect(fieldMatcher(selector)(object)).toBe(expected);
});

test.each([
  ["app=web", true],
  ["app == web,tier!=front", false],
  ["app in (web,db),tier notin (back)", true],
  ["absent notin (a)", true],
  ["absent in (a)", false],
  ["app,!absent", true],
  ["!app", false],
])("labels %j: %s", (selector, expected) => {
  expect(labelMatcher(selector)(object)).toBe(expected);
});

test("selectors that nobody understands are bad requests", () => {
  expect(() => fieldMatcher("metadata.name")).toThrow("invalid selector");
  expect(() => labelMatcher("a b")).toThrow("unable to parse");
});
