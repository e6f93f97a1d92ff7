import * as fc from "fast-check";
import { expect, test } from "vitest";
import { maskedValue, maskText, recordingRules } from "./mask-json.ts";

test.each([
  ["environment values", '{"env":[{"name":"A","value":"hunter2"}]}', '{"env":[{"name":"A","value":"[redacted]"}]}'],
  ["annotations, whatever their names", '{"annotations":{"name":"hunter2"}}', '{"annotations":{"name":"[redacted]"}}'],
  ["arguments", '{"args":["--password=hunter2"]}', '{"args":["[redacted]"]}'],
  ["a text that is cut", '{"kind":"Pod","args":["hunt', '{"kind":"Pod","args":["[redacted]'],
  ["words that are no JSON", "{hunter2}", "{[redacted]}"],
  ["what stands behind a document", '{"kind":"Pod"}\nhunter2', '{"kind":"Pod"}[redacted]'],
  ["a document within a text", 'error: {"password":"hunter2"}', 'error: {"password":"[redacted]"}'],
  ["a text without a member", '["hunter2"]', '["[redacted]"]'],
])("hides %s", (_name, text, shown) => expect(maskText(text)).toBe(shown));

test.each([
  '{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}\n',
  '{"items":["/var/lib/kubelet/checkpoints/checkpoint-a_b-c-2026-01-02T03:04:05Z.tar"]}',
  '{"metadata":{"name":"web","namespace":"default"},"restartCount":-1.5e3,"ready":true,"x":null}',
  "404 page not found\n",
])("leaves %j as it is", (text) => expect(maskText(text)).toBe(text));

test("what nests deeper than any kubelet's document is not followed", () =>
  expect(maskText("[".repeat(100_000))).toBe(`${"[".repeat(1000)}[redacted]`));

test("a value is judged by the member that it stood in", () => {
  expect(maskedValue("Pod", "kind")).toBe('"Pod"');
  expect(maskedValue("hunter2")).toBe('"[redacted]"');
  expect(maskedValue(undefined)).toBe("none");
});

test("no text below a member that is not known is seen, however it is written", () => {
  const secret = "hunter2";
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), fc.boolean(), (other, wrapped, pretty) => {
      const value = { kind: "Pod", other, data: { [wrapped]: [`${wrapped}${secret}`, { kind: secret }] } };
      expect(maskText(JSON.stringify(value, null, pretty ? 2 : 0))).not.toContain(secret);
    }),
  );
});

test.each([
  ["labels and resources", '{"labels":{"app":"web"},"limits":{"cpu":"100m"}}', '{"labels":{"app":"web"},"limits":{"cpu":"100m"}}'],
  ["no environment", '{"env":[{"name":"A","value":"hunter2"}]}', '{"env":[{"name":"A","value":"[redacted]"}]}'],
  ["no annotations, whatever is in them", '{"annotations":{"labels":{"a":"hunter2"}}}', '{"annotations":{"labels":{"a":"[redacted]"}}}'],
  ["no arguments", '{"command":["hunter2"],"args":["hunter2"]}', '{"command":["[redacted]"],"args":["[redacted]"]}'],
])("a recording keeps %s", (_name, text, kept) => expect(maskText(text, recordingRules)).toBe(kept));
