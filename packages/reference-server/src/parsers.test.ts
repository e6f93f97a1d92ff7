import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parserFor } from "./container-logs/log-line.ts";
import { parseRfc3339, wallClock, zoneText } from "./rfc3339.ts";

test("a time that is written as RFC 3339 is read back to the nanosecond", () => {
  fc.assert(
    fc.property(
      fc.date({ noInvalidDate: true, min: new Date("1970-01-01"), max: new Date("2200-01-01") }),
      fc.integer({ min: 0, max: 999_999 }),
      fc.integer({ min: -839, max: 839 }),
      (date, rest, offsetMinutes) => {
        const nanoseconds = BigInt(date.getTime()) * 1_000_000n + BigInt(rest);
        const clock = wallClock({ nanoseconds, offsetMinutes });
        const text = `${clock.date}T${clock.time}.${String(clock.nanoseconds).padStart(9, "0")}${zoneText(offsetMinutes, "Z", ":")}`;
        expect(parseRfc3339(text)).toEqual({ nanoseconds, offsetMinutes });
      },
    ),
  );
});

test("no text is more than a time or none", () => {
  const close = fc.stringMatching(/^[0-9TZ:.,+-]{0,40}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), close), (text) => {
      expect(["undefined", "bigint"]).toContain(typeof parseRfc3339(text)?.nanoseconds);
    }),
  );
});

test("a line that a runtime writes is read as what was printed", () => {
  const text = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10)));
  fc.assert(
    fc.property(text, fc.constantFrom("stdout", "stderr"), fc.boolean(), (printed, stream, isPartial) => {
      const line = Buffer.concat([
        Buffer.from(`2026-01-02T03:04:05.123456789Z ${stream} ${isPartial ? "P" : "F"} `),
        printed,
        Buffer.from("\n"),
      ]);
      const read = parserFor(line)?.(line);
      expect(read?.stream).toBe(stream);
      expect(read?.text).toEqual(isPartial ? printed : Buffer.concat([printed, Buffer.from("\n")]));
    }),
  );
});

test("no line of a log breaks its reader", () => {
  const pieces = fc.constantFrom("2026-01-02T03:04:05Z", " ", "stdout", "F", "P:x", "{", '"log":', '"a"', "}", "null", "\n", "\0");
  const line = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.array(pieces).map((parts) => Buffer.from(parts.join(""))),
  );
  fc.assert(
    fc.property(line, (bytes) => {
      const read = parserFor(bytes)?.(bytes);
      expect(read === undefined || Buffer.isBuffer(read.text)).toBe(true);
    }),
  );
});
