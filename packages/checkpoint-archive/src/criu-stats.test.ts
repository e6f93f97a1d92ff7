import { expect, test } from "vitest";

import { criuStats } from "./criu-images.ts";
import { readCriuStats } from "./criu-stats.ts";

// As CRIU 4.2.1 wrote it for a shell that sleeps.
const recorded = Buffer.from("4059105506330957230000000a2108f91d10b8910518f70720a8012831300038234000480050085808600068007000", "hex");

test("reads what CRIU wrote", () => {
  expect(readCriuStats(recorded)).toEqual({
    freezingMicroseconds: 3833,
    frozenMicroseconds: 84_152,
    memoryDumpMicroseconds: 1015,
    memoryWriteMicroseconds: 168,
    pagesScanned: 49,
    pagesWritten: 35,
  });
});

test("reads what this package writes", () => {
  expect(readCriuStats(criuStats(8 * 4096))).toMatchObject({ frozenMicroseconds: 35_000, pagesWritten: 8 });
});

test("gives null for any cut and for wrong magic", () => {
  for (let length = 0; length < recorded.length - 12; length++) expect(readCriuStats(recorded.subarray(0, length))).toBeNull();
  const wrong = Buffer.from(recorded);
  wrong[0] = 0;
  expect(readCriuStats(wrong)).toBeNull();
});

test("never throws on damaged bytes", () => {
  for (let place = 8; place < recorded.length; place++) {
    for (const value of [0x00, 0x7f, 0x80, 0xff]) {
      const damaged = Buffer.from(recorded);
      damaged[place] = value;
      expect(() => readCriuStats(damaged)).not.toThrow();
    }
  }
});
