import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { accessibilityProblems, type Browser, canBrowse, launchBrowser, look, openDetails } from "@kubelet-conformance/test-browser";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { scratch } from "../../cli/cli.support.ts";
import type { Verdict } from "../../engine/verdicts.ts";
import { sayTitle, useLanguage } from "../../messages/say.ts";
import { reportKinds, writeReports } from "../files.ts";
import type { Report } from "../report.ts";
import { hostile, resultsOf, sampleReport, sampleTarget } from "../report.support.ts";
import { differencesOf, findingsOf } from "./findings.ts";
import { createStyle } from "../style.ts";
import { createFleetCollector, evidence, type FleetReport, isTested, reportOf, requirementsOf } from "./fleet-report.ts";
import { toFleetHtml } from "./html.ts";
import { fleetKinds } from "./kinds.ts";
import { finalLines, prettyFleetReporter } from "./terminal.ts";

const files = await scratch();
afterAll(() => files.remove());

function reportOn(nodeName: string, verdicts: readonly Verdict[], text?: string): Report {
  const results = resultsOf(verdicts, text);
  return sampleReport(undefined, { target: { ...sampleTarget, nodeName }, planned: results, results });
}

/** So many nodes, the first of which has every verdict, and one that was not tested. */
function fleet(nodes: number, text?: string): FleetReport {
  const collector = createFleetCollector();
  collector.add(sampleReport(text));
  for (let node = 2; node <= nodes; node++) collector.add(reportOn(`node-${node}`, ["passed", "failed", "passed"], text));
  collector.addUntested(
    `https://192.0.2.9:10250${text ?? ""}`,
    Object.assign(new Error(`nothing listens there ${text ?? ""}`), { code: "x" }),
  );
  return collector.report({ startedAt: new Date(Date.UTC(2026, 10, 24)), durationMs: 61_000 });
}

test("a report comes out of a fleet's as it went in, but for the exchanges of what needs no reader", () => {
  const report = sampleReport();
  const collector = createFleetCollector();
  const kubelet = collector.add(report);
  const whole = collector.report({ startedAt: new Date(), durationMs: 1 });
  const again = reportOf(kubelet, requirementsOf(whole));
  const needs = new Set<Verdict>(["failed", "warned", "known-failure", "suite-error"]);
  const expected = report.results.map((result) => (needs.has(result.verdict) ? result : { ...result, exchanges: [], durationMs: 0 }));
  const byId = (results: Report["results"]) => Object.fromEntries(results.map((result) => [result.id, result]));
  expect(byId(again.results)).toEqual(byId(expected));
  expect({ ...again, results: [] }).toEqual({ ...report, results: [] });
});

test("the exchanges of ten kubelets are kept for each requirement", () => {
  const report = fleet(30);
  const [worst] = findingsOf(report).filter(({ kubelets }) => kubelets.length > evidence);
  expect(worst?.kubelets.filter(({ result }) => result.exchanges.length > 0)).toHaveLength(evidence);
  expect(worst?.kubelets.every(({ result }) => result.actual !== undefined)).toBe(true);
  expect(differencesOf(report).every(({ verdicts }) => verdicts.length > 1)).toBe(true);
  expect(report.kubelets.filter(isTested)).toHaveLength(30);
});

test.each(reportKinds)("a report of kind %s holds no control character, whatever kubelets send", async (kind) => {
  const text = (await fleetKinds[kind]?.(fleet(3, hostile))) ?? "";
  expect(text).not.toBe("");
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
});

describe("in another language", () => {
  afterEach(() => useLanguage("en"));

  test("people read it in theirs, and programs in English", async () => {
    const report = fleet(3);
    const title = findingsOf(report).find(({ verdict }) => verdict === "failed")?.requirement.title ?? "";
    const forPrograms = () =>
      Promise.all(["sarif", "in-toto", "junit", "ctrf", "tap", "badge"].map(async (kind) => fleetKinds[kind]?.(report)));
    const english = await forPrograms();
    useLanguage("ja");
    expect(await forPrograms()).toEqual(english);
    const [page, summary] = [toFleetHtml(report), await fleetKinds["markdown"]?.(report)];
    const lines = finalLines(report, [], createStyle(false)).join("\n");
    for (const text of [page, summary, lines]) {
      expect(text).toContain("kubelet 4個: ");
      expect(text).toContain(sayTitle(title));
      expect(text).not.toMatch(/What differs|Not conformant|NOT CONFORMANT|not tested/);
    }
  });
});

test.each(["..", "../../x", "/", "a/b"])("a node named %j has its report where reports are", async (name) => {
  const directory = join(files.directory, "each");
  await writeFile(join(files.directory, "beside"), "");
  await mkdir(directory, { recursive: true });
  await writeReports(reportOn(name, ["passed"]), [{ kind: "badge", file: join(directory, "{node}") }]);
  expect(await readdir(directory)).toHaveLength(1);
  expect((await readdir(files.directory)).toSorted()).toEqual(["beside", "each"]);
  await rm(directory, { recursive: true });
});

test("a terminal sees counts while it goes on, and of many kubelets those that need a reader first", () => {
  let out = "";
  const reporter = prettyFleetReporter({ write: (text: string) => (out += text), isTTY: true, columns: 70 }, { NO_COLOR: "1" }, () => 0);
  const report = fleet(60);
  reporter.begun("https://192.0.2.8:10250");
  for (const [index, kubelet] of report.kubelets.entries()) reporter.over(kubelet.name, kubelet, 60 - index);
  expect(out).toMatch(/\r\u001b\[2K2\/61 kubelets, .*at https:\/\/192\.0\.2\.8/);
  out = "";
  reporter.finished(report, [{ node: "node-2", version: "v1.36.4", runtime: "containerd://2.1.4" }]);
  expect(out).toMatch(/^node-2 +v1\.36\.4 +containerd:\/\/2\.1\.4 +not-conformant/m);
  expect(out).toMatch(/^and 21 more, of which 0 are conformant; --report writes all$/m);
  expect(out).toMatch(/^ {4}on {7}60 of 61: .* and 50 more$/m);
  expect(out).toMatch(/not-conformant: 61 kubelets: 60 not conformant, 1 not tested \(61\.0 s\)\n$/);
});

describe.skipIf(!canBrowse)("the page in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 120_000);
  afterAll(() => browser.close());

  test.each([
    ["light", { width: 1280, height: 900 }],
    ["dark", { width: 360, height: 740 }],
  ] as const)("%s: it is accessible, fits the screen and asks nobody for anything", async (colorScheme, viewport) => {
    const file = join(files.directory, "fleet.html");
    await writeFile(file, toFleetHtml(fleet(12, hostile)));
    const context = await browser.newContext({ offline: true, viewport, colorScheme });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await openDetails(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await look(page)).toMatchObject({ scrollsSideways: false });
    expect(asked).toEqual([pathToFileURL(file).href]);
    await context.close();
  });
});
