import { expect, test } from "vitest";
import { indiaTime, timeZoneFile } from "./time-zone.ts";

test("the zone's members agree, and the file has one type of local time and no transition", () => {
  const offset = new Intl.DateTimeFormat("en", { timeZone: indiaTime.name, timeZoneName: "longOffset" }).format(0);
  expect(offset).toContain(`GMT${indiaTime.offset}`);
  const file = timeZoneFile(indiaTime);
  expect(file.subarray(0, 5).toString("latin1")).toBe("TZif\0");
  // isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt
  expect([20, 24, 28, 32, 36, 40].map((at) => file.readUInt32BE(at))).toEqual([0, 0, 0, 0, 1, 4]);
  expect(file.readInt32BE(44)).toBe(indiaTime.minutes * 60);
  expect(file).toHaveLength(44 + 6 + 4);
});
