import { expect, onTestFinished, test } from "vitest";
import { createClock } from "./clock.ts";

test("a machine's clock that is set moves the times that are written, and no interval", () => {
  const real = Date.now;
  onTestFinished(() => void (Date.now = real));
  const clock = createClock();
  const [written, passed] = [clock.now(), clock.elapsed()];
  // Setting the machine's clock takes root.
  Date.now = () => real() - 7_200_000;
  expect(clock.now()).toBeLessThan(written - 7_000_000);
  expect(clock.elapsed()).toBeGreaterThanOrEqual(passed);
});
