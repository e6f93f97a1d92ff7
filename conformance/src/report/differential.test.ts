import { createRequire } from "node:module";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { validate } from "ctrf";
import { Parser } from "tap-parser";
import { afterEach, describe, expect, test } from "vitest";
import { unexplainedPoints } from "../differential/points.ts";
import { exitCode } from "../engine/verdicts.ts";
import { useLanguage } from "../messages/say.ts";
import { toBadge } from "./badge.ts";
import { toCtrf } from "./ctrf.ts";
import { createFleetCollector } from "./fleet/fleet-report.ts";
import { fleetKinds } from "./fleet/kinds.ts";
import { toHtml } from "./html/html.ts";
import { toStatement } from "./in-toto.ts";
import { toJunit } from "./junit.ts";
import { toMarkdown } from "./markdown/markdown.ts";
import type { Report } from "./report.ts";
import { resultsOf, sampleDifferential, sampleReport } from "./report.support.ts";
import { toSarif } from "./sarif.ts";
import { toTap } from "./tap.ts";

const results = resultsOf(["passed", "passed"]);
const { stoppedAnswering: _, notRun: __, ...good } = sampleReport(undefined, { planned: results, results, leftovers: [] });
const unexplained: Report = { ...good, summary: { ...good.summary, verdict: "conformant" }, differential: sampleDifferential() };
const known = unexplained.differential?.differences.filter(({ change }) => change !== null) ?? [];
const explained: Report = {
  ...unexplained,
  differential: { ...sampleDifferential(), differences: known, headers: [], alike: 9, unexplained: 0 },
};
const names = unexplainedPoints(unexplained).map(({ name }) => name);

function tap(text: string): { ok: boolean; failed: string[]; comments: string[] } {
  const comments: string[] = [];
  const failed: string[] = [];
  const parser = new Parser({ strict: true });
  parser.on("comment", (line: string) => comments.push(line));
  parser.on("assert", ({ ok, name }: { ok: boolean; name: string }) => ok || failed.push(name));
  parser.end(text);
  return { ok: parser.results?.ok ?? false, failed, comments };
}

const {
  $schema: _draft,
  id: _id,
  ...sarifSchema
}: Record<string, unknown> = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const isSarif = ajv.compile(sarifSchema);

describe("what nothing explains", () => {
  test("fails the run", () => {
    expect([exitCode(unexplained), exitCode(explained)]).toEqual([1, 0]);
    expect(names).toEqual([`node proxy: ${results[1]?.id}`, "node proxy: header x-lost-404 page not found added"]);
  });

  test("is a failure in JUnit, and in the counts", () => {
    const xml = toJunit(unexplained);
    expect(xml).toContain('<testsuites name="kubelet-conformance" tests="4" failures="2" errors="0"');
    expect(xml).toContain('<testsuite name="differential" tests="2" failures="2"');
    expect(
      [...xml.matchAll(/<testcase classname="kubelet\.differential" name="([^"]+)"[^>]*><failure message="([^"]+)"/g)][0]?.slice(1),
    ).toEqual([names[0], "through the node proxy passed; direct failed (expected status 200, got 404 page not found)"]);
    expect(toJunit(explained)).toContain('tests="2" failures="0" errors="0"');
  });

  test("is not ok in TAP", () => {
    expect(tap(toTap(unexplained))).toMatchObject({ ok: false, failed: names });
    expect(tap(toTap(explained))).toMatchObject({ ok: true, failed: [] });
  });

  test("fails in CTRF", () => {
    const { valid, errors } = validate(toCtrf(unexplained));
    expect({ valid, errors }).toMatchObject({ valid: true });
    const { tests, summary } = toCtrf(unexplained).results;
    expect(tests.filter(({ status }) => status === "failed").map(({ name }) => name)).toEqual(names);
    expect([summary.failed, toCtrf(explained).results.summary.failed]).toEqual([2, 0]);
  });

  test("is an alert in SARIF", () => {
    const log = toSarif(unexplained);
    expect({ valid: isSarif(log), errors: isSarif.errors }).toEqual({ valid: true, errors: null });
    const [run] = log.runs;
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual(names.map(() => ["differential.unexplained", "error"]));
    expect(run?.results.map(({ ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id)).toEqual(run?.results.map(({ ruleId }) => ruleId));
    expect(new Set(run?.results.map(({ partialFingerprints }) => partialFingerprints["primaryLocationLineHash"])).size).toBe(2);
    expect(toSarif(explained).runs[0]?.results).toEqual([]);
  });

  test("makes the badge red and the statement one of a failure", () => {
    expect(toBadge(unexplained)).toMatchObject({ color: "red", message: "conformant, 2 of 2 passed, 2 unexplained" });
    expect(toBadge(explained)).toMatchObject({ color: "brightgreen", message: "conformant, 2 of 2 passed" });
    expect(toStatement(unexplained).predicate).toMatchObject({ result: "FAILED", failedTests: names });
    expect(toStatement(explained).predicate).toMatchObject({ result: "PASSED", failedTests: [] });
  });

  test("stands in front in HTML and in Markdown", () => {
    for (const text of [toHtml(unexplained), toMarkdown(unexplained)]) {
      expect(text).toContain("conformant, unexplained differences: 2");
      expect(text).toContain("node proxy and direct: 8 of 10 requirements alike, 2 differ, 2 unexplained");
      expect(text).toMatch(/through the proxy passed\n +direct +failed: expected status 200, got 404 page not found/);
      expect(text.indexOf("Node proxy and direct")).toBeLessThan(text.search(/Profiles<|\| Profile \|/));
    }
  });

  test("does so in a report of many kubelets, too", async () => {
    const collector = createFleetCollector();
    collector.add(unexplained);
    const fleet = collector.report({ startedAt: new Date(), durationMs: 1 });
    const made = new Map(await Promise.all(Object.entries(fleetKinds).map(async ([kind, make]) => [kind, await make(fleet)] as const)));
    expect(made.get("junit")).toContain('tests="4" failures="2" errors="0"');
    expect(tap(made.get("tap") ?? "").ok).toBe(false);
    expect(JSON.parse(made.get("ctrf") ?? "")).toMatchObject({ results: { summary: { failed: 2 } } });
    const log: unknown = JSON.parse(made.get("sarif") ?? "");
    expect({ valid: isSarif(log), errors: isSarif.errors }).toEqual({ valid: true, errors: null });
    expect(made.get("sarif")).toContain('"differential.unexplained"');
    expect(JSON.parse(made.get("badge") ?? "")).toMatchObject({ color: "red" });
    expect(JSON.parse(made.get("in-toto") ?? "")).toMatchObject({ predicate: { result: "FAILED" } });
    for (const kind of ["html", "markdown"]) expect(made.get(kind)).toContain("8 of 10 requirements alike, 2 differ, 2 unexplained");
  });
});

describe("what the proxy explains", () => {
  afterEach(() => useLanguage("en"));

  test("is a property in JUnit, a comment in TAP, and there in CTRF, SARIF and the statement", () => {
    expect(toJunit(explained)).toContain(
      `<property name="node proxy: ${results[0]?.id}" value="connection: through the node proxy blocked`,
    );
    expect(tap(toTap(explained)).comments).toEqual([expect.stringContaining(`node proxy: ${results[0]?.id}: explained by connection:`)]);
    expect(toCtrf(explained).results.extra.differential).toEqual(explained.differential);
    expect(toSarif(explained).runs[0]?.properties["differential"]).toEqual(explained.differential);
    expect(toStatement(explained).subject[0]?.annotations?.["differential"]).toEqual(explained.differential);
  });

  test.each([
    ["en", "the client&#39;s connection ends at the API server", "What the proxy changes"],
    ["zh", "客户端的连接止于 API 服务器", "代理所作的改变"],
    ["ja", "クライアントの接続はAPIサーバーで終わる", "プロキシが変えるもの"],
    ["ko", "클라이언트의 연결은 API 서버에서 끝난다", "프록시가 바꾸는 것"],
  ] as const)("is told in %s", (language, title, heading) => {
    useLanguage(language);
    for (const text of [toHtml(explained), toMarkdown(explained).replaceAll("'", "&#39;")]) {
      expect(text).toContain(title);
      expect(text).toContain(heading);
    }
  });
});
