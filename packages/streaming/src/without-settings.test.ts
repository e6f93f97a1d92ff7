import { expect, test } from "vitest";
import { withoutSettings } from "./without-settings.ts";

test("SETTINGS are left out, wherever the pieces end", () => {
  const settings = Buffer.from("800300040000000c00000001000000077fffffff", "hex");
  const ping = Buffer.from("800300060000000400000001", "hex");
  const data = Buffer.from("000000010000000568656c6c6f", "hex");
  const frames = Buffer.concat([settings, ping, data, settings, data]);
  for (const size of [1, 3, 8, 64]) {
    const filter = withoutSettings();
    const kept: Buffer[] = [];
    for (let at = 0; at < frames.length; at += size) kept.push(filter(frames.subarray(at, at + size)));
    expect(Buffer.concat(kept).toString("hex")).toBe(Buffer.concat([ping, data, data]).toString("hex"));
  }
});
