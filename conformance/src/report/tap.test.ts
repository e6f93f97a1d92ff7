import { Parser } from "tap-parser";
import { expect, test } from "vitest";
import { hostile, sampleReport } from "./report.support.ts";
import { toTap } from "./tap.ts";

interface Point {
  ok: boolean;
  name: string;
  todo: string | boolean;
  skip: string | boolean;
  diag: Record<string, unknown> | null;
}

function parse(text: string): { ok: boolean; count: number; points: Point[]; stray: string[] } {
  const points: Point[] = [];
  const stray: string[] = [];
  const parser = new Parser({ strict: true });
  parser.on("assert", (point: Point) => points.push(point));
  parser.on("extra", (line: string) => stray.push(line));
  parser.on("comment", (line: string) => stray.push(line));
  parser.end(text);
  const { ok, count } = parser.results ?? { ok: false, count: 0 };
  return { ok, count, points, stray };
}

test("a parser reads the same verdicts, and the block of a failure", () => {
  const report = sampleReport();
  const { ok, count, points, stray } = parse(toTap(report));
  expect({ ok, count, stray }).toEqual({ ok: false, count: 12, stray: [] });
  const kind = ({ ok: isOk, todo, skip }: Point): string => (skip ? "skip" : todo ? "todo" : isOk ? "ok" : "not ok");
  expect(points.map(kind)).toEqual(["not ok", "not ok", "todo", "todo", "skip", "skip", "ok", "ok", "not ok", "ok", "not ok", "not ok"]);
  expect(points.slice(0, 10).map(({ name }) => name)).toEqual(report.results.map(({ id }) => id));
  expect(points[1]?.diag).toMatchObject({
    verdict: "failed",
    expected: "status 200",
    got: "404 404 page not found",
    source: expect.any(Array),
  });
  expect(points[4]?.skip).toBe("blocked: because of 404 page not found");
});

test("what a kubelet sends makes no test point, directive or comment", () => {
  const [tame, wild] = [parse(toTap(sampleReport("x"))), parse(toTap(sampleReport(hostile)))];
  expect(wild.stray).toEqual([]);
  const shape = ({ points }: typeof wild): unknown =>
    points.map(({ ok, todo, skip, diag }) => [ok, Boolean(todo), Boolean(skip), Object.keys(diag ?? {})]);
  expect(shape(wild)).toEqual(shape(tame));
});
