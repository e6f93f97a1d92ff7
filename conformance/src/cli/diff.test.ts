import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import type { Result, Verdict } from "../engine/verdicts.ts";
import type { Report } from "../report/report.ts";
import { cli, scratch } from "./cli.support.ts";
import { testKubelet } from "./kubelet.support.ts";

const files = await scratch();
afterAll(() => files.remove());
const { kubelet, access } = await testKubelet(files, "good", { kubernetesVersion: "1.36" });
afterAll(() => kubelet.stop());
const base = join(files.directory, "base.json");
await cli(["run", ...access, "--focus", "health.main", "--output", "plain", "--report", `json=${base}`]);
// The run has just written it.
const whole = JSON.parse(await readFile(base, "utf8")) as Report;
const [template] = whole.results;
if (!template) throw new Error("the run found out nothing");

type Row = [id: string, verdict: Verdict, more?: Partial<Result>];

/** A report with these results. */
async function reportOf(name: string, rows: readonly Row[], more: Partial<Report> = {}): Promise<string> {
  const results = rows.map(([id, verdict, changes = {}]) => ({ ...template, id, verdict, title: `MUST do ${id}`, ...changes }));
  return files.file(name, JSON.stringify({ ...whole, ...more, results }));
}

/** Runs the program itself. */
async function diff(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const bin = fileURLToPath(new URL("./bin.ts", import.meta.url));
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      "--conditions=@kubelet-conformance/source",
      bin,
      "diff",
      ...args,
    ]);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }; // execFile rejects with these for an exit code
    return { code, out: stdout, err: stderr };
  }
}

describe("two reports", () => {
  test("of which neither lost anything", async () => {
    expect(await diff(base, base)).toEqual({ code: 0, out: "\nno difference, 7 the same\n", err: "" });
  });

  test("with everything that can happen to a requirement", async () => {
    const broken = { expected: "status 200", actual: "404\u001b[31m" };
    const older = await reportOf("old.json", [
      ["a.same", "failed"],
      ["a.lost", "passed"],
      ["a.weaker", "passed"],
      ["a.gained", "failed"],
      ["a.mended", "known-failure"],
      ["a.unlocked", "blocked"],
      ["a.hidden", "passed"],
      ["a.accepted", "failed"],
      ["a.level", "passed", { level: "SHOULD" }],
      ["a.gone", "passed"],
    ]);
    const newer = await reportOf(
      "new.json",
      [
        ["a.same", "failed"],
        ["a.lost", "failed", broken],
        ["a.weaker", "warned", broken],
        ["a.gained", "passed"],
        ["a.mended", "warned"],
        ["a.unlocked", "failed", broken],
        ["a.hidden", "not-applicable", { reason: "the gate is off" }],
        ["a.accepted", "known-failure"],
        ["a.level", "passed", { level: "MUST" }],
        ["a.new", "failed", broken],
      ],
      { target: { ...whole.target, server: "https://10.0.0.7:10250", kubernetesVersion: "v1.37.1" } },
    );
    const { code, out } = await diff(older, newer);
    expect(code).toBe(1);
    expect(out.replaceAll(/https:\/\/127\.0\.0\.1:\d+/g, "SERVER").replaceAll(/v1\.36\.\d+/g, "OLDER"))
      .toBe(`server: SERVER -> https://10.0.0.7:10250
Kubernetes version: OLDER -> v1.37.1

lost: worse than it was (2)
  a.lost  passed -> failed
      expected status 200, got 404\\u001b[31m
  a.weaker  passed -> warned
      expected status 200, got 404\\u001b[31m

gained: better than it was (2)
  a.gained  failed -> passed
  a.mended  known-failure -> warned

changed: another verdict, level or lane, or not seen both times (4)
  a.unlocked  blocked -> failed
      expected status 200, got 404\\u001b[31m
  a.hidden  passed -> not-applicable
      the gate is off
  a.accepted  failed -> known-failure
  a.level  passed SHOULD -> passed MUST

new: only in NEW (1)
  a.new  failed
      expected status 200, got 404\\u001b[31m

gone: only in OLD (1)
  a.gone  passed

2 lost, 2 gained, 4 changed, 1 new, 1 gone, 1 the same
`);
    const json: { counts: object; differences: { id: string; change: string }[] } = JSON.parse(
      (await diff(older, newer, "--output", "json")).out,
    );
    expect(json.counts).toEqual({ lost: 2, gained: 2, changed: 4, new: 1, gone: 1, same: 1 });
    const markdown = await diff(older, newer, "--output", "markdown");
    expect(markdown.out).toContain("**2 lost, 2 gained, 4 changed, 1 new, 1 gone, 1 the same**");
    expect(markdown.out).toContain("| a.lost | passed -> failed | MUST do a.lost; expected status 200, got 404\\\\u001b\\[31m |");
    // What is lost now was gained the other way round.
    expect((await diff(newer, older, "--output", "plain")).out).toMatch(/^2 lost, 2 gained, 4 changed, 1 new, 1 gone, 1 the same$/m);
  });

  test("of which the newer lost what does not count", async () => {
    const unscored = { scored: false as const, notScoredReason: "draft" };
    const older = await reportOf("old.json", [
      ["a.draft", "passed", unscored],
      ["a.lane", "passed", unscored],
    ]);
    const newer = await reportOf("new.json", [
      ["a.draft", "failed", unscored],
      ["a.lane", "passed"],
    ]);
    const { code, out } = await diff(older, newer);
    expect(out).toMatch(/^ {2}a\.draft {2}passed -> failed \(not scored\)$/m);
    expect(out).toMatch(/^ {2}a\.lane {2}passed -> passed \(scored now\)$/m);
    expect(code).toBe(0);
  });

  test("of testbeds: a failure in one scenario more is lost, in one less not yet gained", async () => {
    const scenarios = (first: Verdict, second: Verdict) => ({
      scenarios: [
        { name: "one", verdict: first },
        { name: "two", verdict: second },
      ],
    });
    const older = await reportOf("old.json", [
      ["a.more", "failed", scenarios("failed", "passed")],
      ["a.less", "failed", scenarios("failed", "failed")],
    ]);
    const newer = await reportOf("new.json", [
      ["a.more", "failed", scenarios("failed", "failed")],
      ["a.less", "failed", scenarios("failed", "passed")],
    ]);
    const { code, out } = await diff(older, newer);
    expect(out).toMatch(/^lost: .* \(1\)\n {2}a\.more {2}failed -> failed\n {6}lost in scenario two$/m);
    expect(out).toMatch(/^changed: .* \(1\)\n {2}a\.less {2}failed -> failed\n {6}gained in scenario two$/m);
    expect(code).toBe(1);
  });

  test("in the wrong order, and of a run that was cut short", async () => {
    const older = await reportOf("old.json", [["a.one", "passed"]], { startedAt: "2026-02-01T00:00:00.000Z" });
    const newer = await reportOf("new.json", [["a.one", "passed"]], { startedAt: "2026-01-01T00:00:00.000Z", interrupted: true });
    const { out, code } = await diff(older, newer);
    expect(out).toMatch(/^note: NEW was made before OLD: are they swapped\?$/m);
    expect(out).toMatch(/^note: NEW is of a run that did not come to its end: /m);
    expect(code).toBe(0);
  });
});

describe("what cannot be compared", () => {
  test.each([
    ["no file", undefined, /report .*\/nowhere\.json cannot be read: there is no such file$/],
    ["no JSON", "<html>", /is not JSON; give the file that --report json=FILE wrote$/],
    ["other JSON", '{"name":"x"}', /is JSON, but no report of kubelet-conformance; give the file/],
    ["a list", "[]", /is JSON, but no report/],
    [
      "another schema",
      '{"schemaVersion":2,"suite":{"name":"kubelet-conformance"}}',
      /has schema version 2, and this version reads 1; use the version/,
    ],
    [
      "a damaged report",
      JSON.stringify({ ...whole, results: [{ ...template, verdict: "green" }] }),
      /is damaged: \/results\/0\/verdict must be equal to one of/,
    ],
  ])("%s is told in one line", async (_what, content, pattern) => {
    const file = content === undefined ? join(files.directory, "nowhere.json") : await files.file("bad.json", content);
    for (const args of [
      [file, base],
      [base, file],
    ]) {
      const { code, out, err } = await cli(["diff", ...args]);
      expect([code, out]).toEqual([2, ""]);
      expect(err.trimEnd()).toMatch(pattern);
      expect(err.trimEnd()).not.toContain("\n");
    }
  });
});
