import { expect, test } from "vitest";
import { resultsOf, sampleTarget } from "./report.support.ts";
import { createProgress } from "./progress.ts";

test("a progress line has counts, failures, an estimate once there is ground for it, and the place", () => {
  let time = 0;
  const progress = createProgress(() => time);
  progress.note({ type: "planned", target: sampleTarget, planned: 100, total: 120, scenario: "default" });
  expect(progress.text()).toBe("0/120, default");
  const [passed, failed, blocked] = resultsOf(["passed", "failed", "blocked"]);
  const emit = (result = passed): void => {
    time += 500;
    if (result) progress.note({ type: "result", result, done: 0, planned: 100, scenario: "default" });
  };
  for (let count = 0; count < 9; count++) emit();
  expect(progress.text()).toBe("9/120, default");
  emit(failed);
  expect(progress.text()).toBe("10/120, 1 failed, about 55 s left, default");
  for (let count = 0; count < 50; count++) emit(blocked);
  // Nothing was executed in that time, so it says nothing about the rest but that it passes.
  expect(progress.text()).toMatch(/^60\/120, 1 failed, about \d+ (s|min) left, default$/);
  for (let count = 0; count < 60; count++) emit();
  expect(progress.text()).toBe("120/120, 1 failed, default");
});

test("a later, slower part raises the estimate", () => {
  let time = 0;
  const progress = createProgress(() => time);
  progress.note({ type: "planned", target: sampleTarget, planned: 1000 });
  const [passed] = resultsOf(["passed"]);
  const estimate = (step: number): string => {
    for (let count = 0; count < 70; count++) {
      time += step;
      if (passed) progress.note({ type: "result", result: passed, done: 0, planned: 1000 });
    }
    return progress.text();
  };
  expect(estimate(10)).toBe("70/1000, about 9 s left");
  expect(estimate(1000)).toBe("140/1000, about 14 min left");
});
