import { expect, test } from "vitest";
import { parseMediaType } from "./media-type.ts";

test.each([
  ["Text/HTML; charset=utf-8", "text/html", undefined],
  ['multipart/form-data; boundary="a;b"; x=y;', "multipart/form-data", undefined],
  ["a", "a", undefined],
  ["", "", "mime: no media type"],
  ["/x", "", "mime: no media type"],
  ["a b", "", "mime: expected slash after first token"],
  ["text/", "", "mime: expected token after slash"],
  ["a/b/c", "", "mime: unexpected content after media subtype"],
  ["text/plain x", "", "mime: unexpected content after media subtype"],
  ["text/plain; charset", "text/plain", "mime: invalid media parameter"],
  ["text/plain; a=b; A=c", "text/plain", "mime: duplicate parameter name"],
])("%j is %j, problem %j", (text, type, problem) => {
  expect(parseMediaType(text)).toEqual({ type, problem });
});
