import { expect, test } from "vitest";
import { readVersion } from "./runtime-version.ts";

test.each([
  ["v2.1.4", "2.1.4"],
  ["2.1.9+unknown", "2.1.9+unknown"],
  ["1.7.0-rc.1", "1.7.0-rc.1"],
  ["20.10", "20.10"],
  // No semantic version: the rest is lost, and zeros in front.
  ["1.36.0~dev", "1.36.0"],
  ["24.05.1", "24.5.1"],
  ["2", undefined],
  ["unknown", undefined],
])("%s is read as %s", (text, version) => {
  expect(readVersion(text)).toBe(version);
});
