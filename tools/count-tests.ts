import { globSync, readFileSync } from "node:fs";

/** Adds up the result files that each package's tests wrote and prints the one line that says how many ran. */
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const file of globSync("{spec,packages/*,conformance,tools/*}/test-results.json")) {
  // Written by vitest's json reporter, whose shape is Jest's.
  const results = JSON.parse(readFileSync(file, "utf8")) as Record<"numPassedTests" | "numFailedTests" | "numPendingTests", number>;
  counts.passed += results.numPassedTests;
  counts.failed += results.numFailedTests;
  counts.skipped += results.numPendingTests;
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
