import { expect, test } from "vitest";
import { parseAccept } from "./accept.ts";

const types = (header: string) => parseAccept(header).map(({ type, subtype }) => `${type}/${subtype}`);

test("what is no media range is left out, and a star stands for both halves", () => {
  expect(types("application, a/b/c, ,*, text/plain,")).toEqual(["text/plain", "*/*"]);
});

test("best quality first, wildcards behind, and equals as goautoneg leaves them", () => {
  expect(types("text/html;q=0.5, application/json")).toEqual(["application/json", "text/html"]);
  expect(types("*/*, text/*, text/plain")).toEqual(["text/plain", "text/*", "*/*"]);
  expect(types("text/html, */*;q=0.1")).toEqual(["text/html", "*/*"]);
});

test("parameters are taken apart, trimmed of spaces only, and q is none of them", () => {
  const [clause] = parseAccept("application/json; v=v1 ;q=0.3; as = Statusz; broken; a=b=c; empty=");
  expect(clause?.quality).toBe(0.3);
  expect([...(clause?.parameters ?? [])]).toEqual([
    ["v", "v1"],
    ["as", "Statusz"],
  ]);
});
