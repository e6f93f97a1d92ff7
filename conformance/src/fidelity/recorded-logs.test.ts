import { expect, it } from "vitest";
import { recordedLogs } from "./recorded-logs.ts";
import type { RecordedAnswer, StageRecording } from "./recording.ts";

const usual = new Map([["journal/", null]]);

function stage(bodies: Readonly<Record<string, string>>): StageRecording {
  const answer = (body: string): RecordedAnswer => ({ status: 200, headers: [], body });
  const results = Object.entries(bodies).map(([path, body]) => [path, { request: { method: "GET", path }, response: answer(body) }]);
  return { stage: "default", pod: "p", results: Object.fromEntries(results) };
}

const listing = (...names: string[]) =>
  `<!doctype html>\n<pre>\n${names.map((name) => `<a href="${name}">${name}</a>\n`).join("")}</pre>\n`;

it("is what the listings name, with the content that was asked for", () => {
  const recorded = stage({ "/logs/a.txt": "text", "/logs/": listing("a.txt", "b.log", "d/", "pods/"), "/logs/d/": listing("c") });
  expect(Object.fromEntries(recordedLogs([recorded], usual))).toEqual({ "a.txt": "text", "b.log": "", "d/": null, "d/c": "" });
});

it("is the usual where nothing lists it", () => {
  expect(Object.fromEntries(recordedLogs([stage({ "/logs/a.txt": "text" })], usual))).toEqual({ "journal/": null, "a.txt": "text" });
});

it("never leaves the directory", () => {
  const recorded = stage({ "/logs/../x": "text", "/logs/": listing("../", "%2e%2e/"), "/logs/a/../../y": "text" });
  expect([...recordedLogs([recorded], usual).keys()]).toEqual([]);
});
