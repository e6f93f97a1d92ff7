import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import * as der from "./der.ts";
import { createAuthority } from "./index.ts";

test("lengths take as many bytes as they need", () => {
  const heads = [0, 127, 128, 255, 256, 65_535].map((size) => der.octets(Buffer.alloc(size)).toString("hex", 0, 4));
  expect(heads).toEqual(["0400", "047f0000", "04818000", "0481ff00", "04820100", "0482ffff"]);
});

test("identifiers and times are as the standards write them", () => {
  // X.690 8.19.5, RFC 5280 4.1.2.5.
  expect(der.identifier("2.999.3").toString("hex")).toBe("0603883703");
  expect(der.identifier("1.2.840.10045.4.3.2").toString("hex")).toBe("06082a8648ce3d040302");
  expect(der.time(new Date("2049-12-31T23:59:59.9Z")).toString("latin1")).toBe("\u0017\r491231235959Z");
  expect(der.time(new Date("2050-01-01T00:00:00Z")).toString("latin1")).toBe("\u0018\u000f20500101000000Z");
});

test("a name longer than a byte's length is read back", async () => {
  const commonName = "ü".repeat(150);
  const authority = await createAuthority({ commonName });
  expect(new X509Certificate(authority.cert).subject).toBe(`CN=${commonName}`);
});
