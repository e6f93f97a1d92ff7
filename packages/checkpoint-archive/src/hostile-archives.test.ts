import { gzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { printable } from "./archive-error.ts";
import { body, end, failureOf, fileOf, header, pax, sealed } from "./archives.test.support.ts";
import { listArchive } from "./read.ts";

const cases: [what: string, code: string, parts: Buffer[]][] = [
  ["text", "not-tar", [Buffer.alloc(600, "text ")]],
  ["zeros", "not-tar", [Buffer.alloc(10_240)]],
  ["a short text", "truncated", [Buffer.from("hello")]],
  ["nothing", "empty", []],
  ["gzip", "compressed", [gzipSync(header({ name: "a" }))]],
  ["a name that climbs out", "unsafe-name", [header({ name: "../../etc/passwd" }), end]],
  ["a name that climbs out in the middle", "unsafe-name", [header({ name: "checkpoint/../../x" }), end]],
  ["a PAX name that climbs out", "unsafe-name", [pax({ path: "../x" }), header({ name: "a" }), end]],
  ["an absolute name", "unsafe-name", [header({ name: "/etc/passwd" }), end]],
  ["an empty name", "unsafe-name", [header({ name: "" }), end]],
  ["a NUL in a PAX name", "unsafe-name", [pax({ path: "config.dump\0.txt" }), header({ name: "a" }), end]],
  ["a symbolic link to outside", "unsafe-link", [header({ name: "checkpoint/a", type: "2", linkname: "../../x" }), end]],
  ["an absolute link", "unsafe-link", [header({ name: "a", type: "2", linkname: "/etc/shadow" }), end]],
  ["a hard link to outside", "unsafe-link", [header({ name: "checkpoint/a", type: "1", linkname: "../x" }), end]],
  ["a PAX link to outside", "unsafe-link", [pax({ linkpath: "/x" }), header({ name: "a", type: "2", linkname: "b" }), end]],
  ["a link to nothing", "unsafe-link", [header({ name: "a", type: "2" }), end]],
  ["a name twice", "duplicate-entry", [header({ name: "config.dump" }), header({ name: "config.dump" }), end]],
  ["a name twice, disguised", "duplicate-entry", [header({ name: "a/b" }), header({ name: "./a//b/", type: "5" }), end]],
  ["a GNU sparse entry", "sparse-entry", [header({ name: "a", type: "S" }), end]],
  ["a PAX sparse entry", "sparse-entry", [pax({ "GNU.sparse.major": "1" }), header({ name: "a" }), end]],
  ["an unknown type", "unsupported-type", [header({ name: "a", type: "M" }), end]],
  ["half a header", "truncated", [header({ name: "a" }), header({ name: "b" }).subarray(0, 100)]],
  ["half a body", "truncated", [header({ name: "a", size: 5000 }), Buffer.alloc(1000)]],
  ["no padding", "truncated", [header({ name: "a", size: 5 }), Buffer.from("hello")]],
  ["no end marker", "truncated", [header({ name: "a", size: 5 }), body("hello")]],
  ["half an end marker", "truncated", [header({ name: "a" }), Buffer.alloc(512)]],
  ["a zero block between entries", "corrupt-header", [header({ name: "a" }), Buffer.alloc(512), header({ name: "b" }), end]],
  ["a wrong checksum", "corrupt-header", [header({ name: "a" }), Buffer.alloc(512, 7), end]],
  ["a size that is not a number", "corrupt-header", [header({ name: "a", size: "0000000009x" }), end]],
  ["a negative octal size", "corrupt-header", [header({ name: "a", size: "-0000000001" }), end]],
  ["a negative binary size", "corrupt-header", [binarySize(Buffer.alloc(12, 0xff)), end]],
  ["a huge binary size", "corrupt-header", [binarySize(Buffer.from("800000007fffffffffffffff", "hex")), end]],
  ["a huge octal size", "truncated", [header({ name: "a", size: "77777777777" }), end]],
  ["a huge PAX size", "truncated", [pax({ size: "9007199254740991" }), header({ name: "a" }), end]],
  ["a PAX size beyond all numbers", "corrupt-header", [pax({ size: "9".repeat(400) }), header({ name: "a" }), end]],
  ["a negative PAX size", "corrupt-header", [pax({ size: "-1" }), header({ name: "a" }), end]],
  ["a directory name with content", "corrupt-header", [header({ name: "a/", size: 512 }), body("x"), end]],
  ["a huge PAX header", "header-too-large", [pax({ comment: "x".repeat(100_000) }), header({ name: "a" }), end]],
  ["a huge GNU long name", "header-too-large", [header({ name: "L", type: "L", size: 2 ** 32 }), end]],
  ["endless small extended headers", "header-too-large", Array.from({ length: 70 }, () => pax({ comment: "x" }))],
  ["endless small global headers", "header-too-large", Array.from({ length: 70 }, () => pax({ comment: "x" }, "g"))],
  ["a malformed PAX record", "corrupt-header", [header({ name: "x", type: "x", size: 9 }), body("99 path=a"), header({ name: "a" }), end]],
  ["a PAX record of length 0", "corrupt-header", [header({ name: "x", type: "x", size: 6 }), body("0 a=b\n"), header({ name: "a" }), end]],
  ["an extended header of binary size", "corrupt-header", [binarySize(Buffer.from("800000000000000000000010", "hex"), "x"), end]],
  ["an extended header without an entry", "corrupt-header", [pax({ path: "a" }), end]],
  ["a cut extended header", "truncated", [header({ name: "x", type: "x", size: 2000 }), Buffer.alloc(512)]],
];

function binarySize(size: Buffer, type = "0"): Buffer {
  const block = header({ name: "a", type });
  size.copy(block, 124);
  return sealed(block);
}

test.each(cases)("refuses %s (%s)", async (_, code, parts) => {
  const path = await fileOf(...parts);
  const failure = await failureOf(listArchive(path));
  expect(failure.code).toBe(code);
  expect(failure.message.startsWith(`${path}: `)).toBe(true);
  expect(failure.message).toBe(printable(failure.message));
});
