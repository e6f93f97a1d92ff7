import { expect, test } from "vitest";
import { requirement } from "./requirement.support.ts";
import { scorer } from "./scoring.ts";
import { exitCode, type Result, resultHead, summarize, type Verdict } from "./verdicts.ts";

const result = (id: string, verdict: Verdict): Result => ({ ...resultHead(requirement({ id })), verdict, exchanges: [], durationMs: 0 });

test("a draft does not count, whatever it found, unless everything does", () => {
  const draft = result("checkpoint.pod-level.gate", "failed");
  expect(scorer("1.37", "frozen")(draft)).toMatchObject({
    verdict: "failed",
    scored: false,
    notScoredReason: expect.stringMatching(/^draft of KEP-5823: /),
  });
  expect(scorer("1.37", "all")(draft)).toEqual(draft);
  expect(scorer("1.99", "frozen")(draft)).toEqual(draft);
});

test("what is in the set counts, and so does what no catalogue knows", () => {
  for (const known of [result("health.main.ok", "passed"), result("test.one", "failed")])
    expect(scorer("1.30", "frozen")(known)).toEqual(known);
});

test.each<[Verdict[], Verdict[], string, number]>([
  [["passed"], ["failed"], "conformant", 0],
  [["passed"], ["suite-error"], "conformant", 0],
  [["passed"], ["blocked"], "conformant", 0],
  [["failed"], ["passed"], "not-conformant", 1],
  [["blocked"], ["passed"], "incomplete", 2],
  [[], ["passed"], "incomplete", 2],
])("%j scored and %j not is %s, exit %d", (scored, apart, verdict, code) => {
  const results = [...scored.map((one) => ({ verdict: one })), ...apart.map((one) => ({ verdict: one, scored: false as const }))];
  const summary = summarize(results, results.length, { strict: true, requireComplete: true });
  expect([summary.verdict, exitCode({ summary }, { strict: true })]).toEqual([verdict, code]);
  expect([summary.planned, summary.emitted, summary.notScored]).toEqual([results.length, results.length, apart.length]);
});
