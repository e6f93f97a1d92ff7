import { describe, expect, test } from "vitest";
import { acceptor, type KnownFailure, refuseStale, staleAmong, unjudged, updatedEntries } from "./known-failures.ts";
import { requirement } from "./requirement.support.ts";
import { type Result, resultHead, type Verdict } from "./verdicts.ts";

const result = (id: string, verdict: Verdict, more: Partial<Result> = {}): Result => ({
  ...resultHead(requirement({ id })),
  verdict,
  exchanges: [],
  durationMs: 0,
  ...more,
});
const entry = (id: string, more: Partial<KnownFailure> = {}): KnownFailure => ({ id, reason: "slow vendor", ...more });
const unscored = { scored: false } as const;

describe("acceptance", () => {
  test.each<[string, Result, KnownFailure, Verdict, string | undefined]>([
    ["a failure", result("a", "failed"), entry("a"), "known-failure", "slow vendor"],
    ["a broken SHOULD", result("a", "warned"), entry("a", { link: "https://x" }), "known-failure", "slow vendor; https://x"],
    ["on the last day", result("a", "failed"), entry("a", { expires: "2027-01-31" }), "known-failure", "slow vendor"],
    [
      "a day late",
      result("a", "warned"),
      entry("a", { expires: "2027-01-30" }),
      "failed",
      "its known failure expired on 2027-01-30 (slow vendor)",
    ],
    ["another requirement", result("a", "failed"), entry("b"), "failed", undefined],
    ["our own fault", result("a", "suite-error"), entry("a"), "suite-error", undefined],
    ["what was not tested", result("a", "blocked"), entry("a"), "blocked", undefined],
    ["what does not count", result("a", "failed", unscored), entry("a"), "failed", undefined],
  ])("of %s", (_what, found, known, verdict, reason) => {
    const accepted = acceptor([known], "2027-01-31")(found);
    expect([accepted.verdict, accepted.reason]).toEqual([verdict, reason]);
  });
});

test("an entry that passes is stale, where its requirement counts", () => {
  const known = ["a", "b", "c"].map((id) => entry(id));
  const judged = refuseStale(
    [result("a", "passed"), result("b", "passed", unscored), result("c", "known-failure"), result("d", "passed")],
    known,
  );
  expect(judged.map(({ verdict }) => verdict)).toEqual(["failed", "passed", "known-failure", "passed"]);
  expect(judged[0]?.reason).toMatch(/^stale known failure: remove its entry/);
});

test("of several kubelets, one that fails keeps an entry", () => {
  const known = ["a", "b", "c"].map((id) => entry(id));
  const [first, second] = [
    [result("a", "passed"), result("b", "passed"), result("c", "blocked")],
    [result("a", "known-failure"), result("b", "passed"), result("c", "not-applicable")],
  ];
  expect(staleAmong([...first, ...second], known)).toEqual(["b"]);
});

test("entries that were not put to the test say why", () => {
  const known = ["a", "b", "c", "d", "e"].map((id) => entry(id));
  const results = [
    result("a", "blocked"),
    result("b", "not-applicable"),
    result("b", "known-failure"),
    result("c", "failed", unscored),
    result("d", "passed"),
  ];
  expect(unjudged(results, known)).toEqual(["a (blocked)", "c (not scored)", "e (not run)"]);
});

test("an update keeps what still fails and what was not seen, and adds what fails", () => {
  const known = [entry("fails", { link: "https://x" }), entry("passes"), entry("blocked"), entry("absent"), entry("warns")];
  const results = [
    result("fails", "failed"),
    result("passes", "passed"),
    result("blocked", "blocked"),
    result("new", "failed"),
    result("warns", "warned"),
    result("newly-warns", "warned"),
    result("draft", "failed", unscored),
  ];
  const kept = [known[0], known[2], known[3], known[4]];
  const added = (id: string) => ({ id, reason: "fails as of this run; say why it is accepted" });
  expect(updatedEntries(results, known, false)).toEqual([...kept, added("new")]);
  expect(updatedEntries(results, known, true)).toEqual([...kept, added("new"), added("newly-warns")]);
});
