import type { Expectation } from "@kubelet-conformance/spec";
import { expect, test } from "vitest";
import type { WireResponse } from "../target/wire.ts";
import { difference } from "./expectation.ts";

function response(more: Partial<Omit<WireResponse, "body">> & { body?: string } = {}): WireResponse {
  return {
    status: 404,
    reason: "Not Found",
    headers: [["Content-Type", "text/plain; charset=utf-8"]],
    httpVersion: "1.1",
    durationMs: 1,
    ...more,
    body: Buffer.from(more.body ?? "pod does not exist"),
  };
}

const variables = {
  namespace: "ns",
  pod: "a.b",
  container: "c",
  uid: "u",
  absent: "x",
  waitingContainer: "w",
  endedContainer: "e",
  sidecarContainer: "s",
  ephemeralContainer: "h",
  node: "n",
  user: "u-none",
};
const differenceOf = (expectation: Expectation, answer = response()) =>
  difference(expectation, answer, {
    minor: "1.36",
    variables,
    need: "pod",
    validate: async () => ({ expected: "a valid body", actual: "none" }),
  });

const json = response({ body: '{"items":["/a"],"n":1}', headers: [["content-type", "application/json"]] });

test.each<[string, Expectation, WireResponse | undefined]>([
  ["a status", { status: 404 }, undefined],
  ["one of several statuses", { status: [400, 404] }, undefined],
  ["a status by version", { status: { behaviour: "redirect-status" } }, response({ status: 307 })],
  ["a class", { class: "unknown-pod" }, undefined],
  ["not another class", { not: ["route-missing", "unauthenticated"] }, undefined],
  ["the exact text", { text: "pod does not exist" }, undefined],
  ["a text with variables", { text: "$pod in $namespace" }, response({ body: "a.b in ns" })],
  ["a pattern", { pattern: "^pod .* exist$" }, undefined],
  ["a pattern over several lines", { pattern: "^a.*b$" }, response({ body: "a\nb" })],
  ["a header in any case", { headers: { "content-type": "text/plain; charset=utf-8" } }, undefined],
  ["a header by pattern", { headers: { "Content-Type": { pattern: "^text/" } } }, undefined],
  ["no such header", { headers: { Allow: null } }, undefined],
  ["a media type whatever its parameters", { mediaType: "text/plain" }, undefined],
  ["values in JSON", { json: { "/items/0": "/a", "/n": 1 } }, json],
])("%s holds", async (_name, expectation, answer) => {
  expect(await differenceOf(expectation, answer)).toBeUndefined();
});

test.each<[string, Expectation, WireResponse | undefined, string, string]>([
  ["a status", { status: 500 }, undefined, "status 500", '404 of class "unknown-pod" with body "pod does not exist"'],
  [
    "a class",
    { class: "route-missing" },
    undefined,
    'an answer of class "route-missing" (the mux has no such path (gate off, handlers off, or never existed))',
    '404 of class "unknown-pod" with body "pod does not exist"',
  ],
  [
    "an unwanted class",
    { not: "unknown-pod" },
    undefined,
    'no answer of class "unknown-pod" (the pod does not exist)',
    '404 of class "unknown-pod" with body "pod does not exist"',
  ],
  ["a text", { text: "no" }, response({ body: "\u001b[2Jx\n" }), 'the body "no"', '"\\u001b[2Jx\\n"'],
  ["a value taken literally in a pattern", { pattern: "^$pod$" }, response({ body: "axb" }), "a body that matches /^a\\.b$/s", '"axb"'],
  ["a header", { headers: { Allow: "POST" } }, undefined, 'Allow: "POST"', "no Allow header"],
  [
    "a header that must not be",
    { headers: { "Content-Type": null } },
    undefined,
    "no Content-Type header",
    'Content-Type: "text/plain; charset=utf-8"',
  ],
  [
    "a media type",
    { mediaType: "application/json" },
    undefined,
    "media type application/json",
    'Content-Type: "text/plain; charset=utf-8"',
  ],
  ["JSON that is none", { json: { "/a": 1 } }, undefined, "a JSON body", '"pod does not exist"'],
  ["a JSON value", { json: { "/items/1": "/b" } }, json, '"/b" at /items/1 of the JSON body', "nothing there"],
  ["a schema", { schema: true }, undefined, "a valid body", "none"],
])("%s that differs is named with what came", async (_name, expectation, answer, expected, actual) => {
  expect(await differenceOf(expectation, answer)).toEqual({ expected, actual });
});

test("a long body is cut", async () => {
  const found = await differenceOf({ text: "x" }, response({ body: "y".repeat(1000) }));
  expect(found?.actual).toBe(`"${"y".repeat(160)}" and 840 characters more`);
});
